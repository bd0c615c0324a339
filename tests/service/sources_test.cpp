// Calendars coming in: what a neighbour's calendar becomes here, and what becomes of it when it changes,
// breaks or goes.
#include "service/sources.hpp"

#include "service/conflicts.hpp"
#include "service/events.hpp"
#include "service/people.hpp"
#include "service/snapshot.hpp"
#include "service/source_refresher.hpp"
#include "tests/service/stored.hpp"

#include <set>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Entry {
  std::string uid, title, day = "20261014", more = "";
};

std::string calendar_with(const std::vector<Entry>& entries) {
  std::string text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//neighbour//x//EN\r\nX-WR-CALNAME:Сусіди\r\n";
  for (const auto& entry : entries)
    text += "BEGIN:VEVENT\r\nUID:" + entry.uid +
            "\r\nDTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:" + entry.day + "\r\nSUMMARY:" + entry.title +
            "\r\n" + entry.more + "END:VEVENT\r\n";
  return text + "END:VCALENDAR\r\n";
}

// A server that answers what it is told to.
class CannedFetcher final : public Fetcher {
 public:
  FetchAnswer next;
  std::vector<FetchRequest> asked;
  std::function<void()> meanwhile = [] {};

  void serve(std::string body, std::string etag = "") {
    next = {};
    next.body = std::move(body);
    next.etag = std::move(etag);
  }
  FetchAnswer fetch(const FetchRequest& request) override {
    asked.push_back(request);
    meanwhile();
    return next;
  }
};

struct World : Fixture {
  CannedFetcher server;
  std::vector<std::string> told;
  bool can_tell = true;
  TellOrganisers tell = [this](const CalendarSource& source) {
    told.emplace_back(name_of(source.trouble));
    return can_tell;
  };

  SourceId add(const std::string& url = "https://library.example/events.ics", bool shared = true) {
    NewSource source;
    source.name = "Сусідній район";
    source.url = url;
    source.shared = shared;
    const auto added = add_source(context, editor, std::move(source)).wait();
    if (!added) FAIL(added.error().message);
    return added->id;
  }
  SourceReading read(SourceId id) {
    const auto reading = read_source(context, server, tell, id);
    if (!reading) FAIL(reading.error().message);
    return *reading;
  }
  SourceReading read(SourceId id, const std::vector<Entry>& entries) {
    server.serve(calendar_with(entries));
    return read(id);
  }
  CalendarSource state(SourceId id) {
    return context.store.read([=](db::Unit& unit) { return *unit.sources().find(id); }).wait().value();
  }
  void wait_for(std::chrono::seconds time) { clock.set(clock.now() + time); }
};

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

}  // namespace

TEST_CASE("a neighbour's calendar becomes events that follow it by UID") {
  World world;
  const auto id = world.add();
  auto reading = world.read(id, {{"a@n", "Ярмарок"}, {"b@n", "Лекція"}, {"c@n", "Виставка"}});
  CHECK(reading.added == 3);
  CHECK(reading.source.events == 3);
  const auto fair = event_called(world, "Ярмарок"), lecture = event_called(world, "Лекція");
  CHECK(fair.source == id);
  CHECK(fair.status == EventStatus::dated);
  CHECK(fair.uid == "a@n");
  CHECK_FALSE(fair.plan);

  world.wait_for(hours{6});
  reading = world.read(id, {{"a@n", "Ярмарок"}, {"b@n", "Вебінар"}, {"d@n", "Читання"}});
  CHECK(reading.added == 1);
  CHECK(reading.updated == 1);
  CHECK(reading.unchanged == 1);
  CHECK(reading.removed == 1);
  const auto webinar = event_called(world, "Вебінар");
  CHECK(webinar.id == lecture.id);
  CHECK(webinar.uid == lecture.uid);
  CHECK(webinar.sequence == lecture.sequence + 1);
  CHECK(webinar.modified > lecture.modified);
  const auto untouched = event_called(world, "Ярмарок");
  CHECK(untouched.sequence == fair.sequence);
  CHECK(untouched.modified == fair.modified);
  CHECK(all_events(world).size() == 3);
}

TEST_CASE("a calendar that says the same again changes nothing that readers could notice") {
  World world;
  const auto id = world.add();
  world.read(id, {{"a@n", "Ярмарок"}});
  const auto before = world.context.store.last_change();
  world.wait_for(hours{6});
  CHECK(world.read(id, {{"a@n", "Ярмарок"}}).unchanged == 1);
  // Other bytes of the same meaning.
  CHECK(world.read(id, {{"a@n", "Ярмарок", "20261014", "SEQUENCE:9\r\nX-OTHER:1\r\n"}}).unchanged == 1);
  world.server.next = {};
  world.server.next.not_modified = true;
  const auto reading = world.read(id);
  CHECK(reading.unchanged == 1);
  CHECK(reading.source.events == 1);
  CHECK(world.context.store.last_change() == before);
}

TEST_CASE("a neighbour is asked only for what is new") {
  World world;
  const auto id = world.add();
  world.server.serve(calendar_with({{"a@n", "Ярмарок"}}), "\"v1\"");
  world.server.next.last_modified = "Tue, 01 Sep 2026 00:00:00 GMT";
  world.read(id);
  CHECK(world.server.asked.at(0).etag.empty());
  // What could not be read is not what is known: the next question is for the last good state still.
  world.server.serve("BEGIN:VCALENDAR\r\nnonsense", "\"v2\"");
  world.read(id);
  world.server.serve(calendar_with({{"a@n", "Ярмарок"}}), "\"v3\"");
  world.read(id);
  CHECK(world.server.asked.at(1).etag == "\"v1\"");
  CHECK(world.server.asked.at(2).etag == "\"v1\"");
  CHECK(world.server.asked.at(2).last_modified == "Tue, 01 Sep 2026 00:00:00 GMT");
  CHECK(world.state(id).etag == "\"v3\"");
}

TEST_CASE("a broken calendar keeps its last good state") {
  struct Row {
    FetchAnswer answer;
    SourceTrouble trouble;
  };
  const auto body = [](std::string text) {
    FetchAnswer answer;
    answer.body = std::move(text);
    return answer;
  };
  const std::vector<Row> rows = {
      {FetchAnswer::failed(SourceTrouble::unreachable, "no such server"), SourceTrouble::unreachable},
      {FetchAnswer::failed(SourceTrouble::status, "it answers with the status 404"), SourceTrouble::status},
      {FetchAnswer::failed(SourceTrouble::web_page, "a page"), SourceTrouble::web_page},
      {body(""), SourceTrouble::not_calendar},
      {body("BEGIN:VCALENDAR\r\n"), SourceTrouble::not_calendar},
      {body(calendar_with({{"a@n", "x", "20261399"}})), SourceTrouble::not_calendar},
      {body(calendar_with({{"a@n", "x", "20261014", "RRULE:FREQ=SECONDLY\r\n"}})),
       SourceTrouble::not_calendar},
      {body(std::string(3'000'000, 'x')), SourceTrouble::not_calendar},
  };
  World world;
  const auto id = world.add();
  world.read(id, {{"a@n", "Ярмарок"}});
  const auto good_at = world.clock.now();
  const auto before = world.context.store.last_change();
  int failures = 0;
  for (const auto& row : rows) {
    CAPTURE(name_of(row.trouble), failures, row.answer.body.substr(0, 60));
    world.wait_for(minutes{1});
    world.server.next = row.answer;
    const auto reading = world.read(id);
    CHECK(reading.source.trouble == row.trouble);
    CHECK_FALSE(reading.source.last_error.empty());
    CHECK(reading.source.last_error.find('\n') == std::string::npos);
    CHECK(reading.source.failures == ++failures);
    CHECK((reading.source.last_good == good_at));
    CHECK((reading.source.broken_since == good_at + minutes{1}));
    CHECK(reading.source.events == 1);
    CHECK(all_events(world).size() == 1);
  }
  CHECK(world.context.store.last_change() == before);
  const auto mended = world.read(id, {{"a@n", "Ярмарок знову"}});
  CHECK(mended.source.trouble == SourceTrouble::none);
  CHECK(mended.source.failures == 0);
  CHECK_FALSE(mended.source.broken_since);
  CHECK(all_events(world).at(0).title == "Ярмарок знову");
}

TEST_CASE("a calendar that is sound and empty empties what is here") {
  World world;
  const auto id = world.add();
  world.read(id, {{"a@n", "Ярмарок"}, {"b@n", "Лекція"}});
  const auto reading = world.read(id, {});
  CHECK(reading.removed == 2);
  CHECK(reading.source.trouble == SourceTrouble::none);
  CHECK(all_events(world).empty());
}

TEST_CASE("organisers are told once when a calendar breaks and again after a week") {
  World world;
  const auto id = world.add();
  world.read(id, {{"a@n", "Ярмарок"}});
  world.server.next = FetchAnswer::failed(SourceTrouble::status, "500");
  world.read(id);
  CHECK(world.told == std::vector<std::string>{"status"});
  world.wait_for(days{7} - minutes{1});
  world.read(id);
  CHECK(world.told.size() == 1);
  world.wait_for(minutes{1});
  world.read(id);
  CHECK(world.told.size() == 2);
  world.read(id, {{"a@n", "Ярмарок"}});
  world.can_tell = false;  // the mail server is away, too
  world.server.next = FetchAnswer::failed(SourceTrouble::slow, "slow");
  world.read(id);
  world.read(id);
  CHECK(world.told.size() == 4);
  world.can_tell = true;
  world.read(id);
  world.read(id);
  CHECK(world.told.size() == 5);
}

TEST_CASE("what keeps failing is asked less and less often and at least once a day") {
  CalendarSource source;
  source.id = SourceId{3};
  const Instant now{};
  const auto pause = [&](int failures, minutes every) {
    source.failures = failures;
    source.every = every;
    return next_source_try(now, source) - now;
  };
  const auto within = [](std::chrono::seconds spent, std::chrono::seconds least) {
    return spent >= least && spent <= least + least / 10;
  };
  CHECK(within(pause(0, minutes{15}), minutes{15}));
  CHECK(within(pause(1, minutes{15}), minutes{30}));
  CHECK(within(pause(6, minutes{15}), minutes{16 * 60}));
  CHECK(within(pause(7, minutes{15}), hours{24}));
  CHECK(within(pause(1'000'000, minutes{15}), hours{24}));
  CHECK(within(pause(0, minutes{7 * 24 * 60}), days{7}));
  CHECK(within(pause(5, minutes{7 * 24 * 60}), days{7}));
  // Those that broke together are not asked together.
  std::set<std::chrono::seconds> pauses;
  for (int id = 1; id <= 20; ++id) {
    source.id = SourceId{id};
    pauses.insert(pause(1, minutes{360}));
  }
  CHECK(pauses.size() == 20);
}

TEST_CASE("a neighbour that repeats one of our UIDs changes nothing of ours") {
  World world;
  world.import(small_plan);
  const auto ours = event_called(world, "Установче засідання");
  const auto id = world.add();
  auto reading = world.read(id, {{ours.uid, "Захоплено", "20270101", "STATUS:CANCELLED\r\nSEQUENCE:99\r\n"}});
  CHECK(reading.added == 1);
  const auto after = event_called(world, "Установче засідання");
  CHECK(after.sequence == ours.sequence);
  CHECK((after.period == ours.period));
  const auto theirs = event_called(world, "Захоплено");
  CHECK(theirs.uid != ours.uid);
  CHECK(theirs.uid.size() == 36);
  // It is still followed, and goes without ours.
  world.read(id, {{ours.uid, "Перейменовано", "20270101"}});
  CHECK(event_called(world, "Перейменовано").id == theirs.id);
  CHECK(event_called(world, "Перейменовано").uid == theirs.uid);
  world.read(id, {});
  CHECK(event_called(world, "Установче засідання").uid == ours.uid);
}

TEST_CASE("two neighbours with one UID are two events") {
  World world;
  const auto first = world.add("https://a.example/x"), second = world.add("https://b.example/x");
  world.read(first, {{"same@uid", "Перша"}});
  world.read(second, {{"same@uid", "Друга"}});
  const auto a = event_called(world, "Перша"), b = event_called(world, "Друга");
  CHECK(a.uid == "same@uid");
  CHECK(b.uid != a.uid);
  CHECK(world.read(second, {{"same@uid", "Друга"}, {"new@uid", "Третя"}}).unchanged == 1);
  world.read(second, {});
  CHECK(event_called(world, "Перша").id == a.id);
  CHECK(all_events(world).size() == 1);
}

TEST_CASE("a neighbour that guesses the UID we would make stops no other calendar") {
  World world;
  const auto first = world.add("https://a.example/x"), second = world.add("https://b.example/x");
  world.read(first, {{"same@uid", "Перша"}});
  world.read(second, {{"same@uid", "Друга"}});
  const auto made = event_called(world, "Друга").uid;
  world.read(second, {});
  world.read(first, {{"same@uid", "Перша"}, {made, "Зайнято"}});
  CHECK(world.read(second, {{"same@uid", "Друга"}}).added == 1);
  CHECK(event_called(world, "Друга").uid != made);
}

TEST_CASE("two installations that read each other do not multiply their events") {
  World world;
  world.import(small_plan);
  const auto ours = event_called(world, "Установче засідання");
  const auto id = world.add();
  // The neighbour shows our event as its own feed has it.
  auto reading = world.read(id, {{ours.uid, ours.title, "20260924"}, {"b@n", "Ярмарок"}});
  CHECK(reading.added == 1);
  CHECK(reading.source.left_out == 1);
  const auto count = all_events(world).size();
  // An event of ours in other words gets a UID of its own; that the neighbour shows this one, too, is no
  // news.
  world.read(id, {{ours.uid, "Інша назва", "20260924"}, {"b@n", "Ярмарок"}});
  const auto made = event_called(world, "Інша назва").uid;
  for (int round = 0; round < 3; ++round) {
    reading = world.read(id, {{ours.uid, "Інша назва", "20260924"},
                              {"b@n", "Ярмарок"},
                              {made, "Інша назва", "20260924", "X-ROUND:" + std::to_string(round) + "\r\n"}});
    CHECK(reading.added == 0);
  }
  CHECK(all_events(world).size() == count + 1);
}

TEST_CASE("events of a neighbour are read only and remind nobody") {
  World world;
  world.import(small_plan);
  const auto id = world.add();
  const auto wakes = world.wakes;
  world.read(id, {{"a@n", "Ярмарок", "20261214", "ORGANIZER;CN=Калина О.П.:mailto:x@n.example\r\n"}});
  const auto fair = event_called(world, "Ярмарок");
  REQUIRE(fair.responsible.size() == 1);
  CHECK_FALSE(fair.responsible[0].person);
  CHECK(world.wakes == wakes);
  EventChange change;
  change.title = "Наш ярмарок";
  const auto refused = change_event(world.context, editor, fair.id, change).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::forbidden);
  CHECK(refused.error().message.find("neighbour") != std::string::npos);
  // A person of that name who comes to be known here is not the neighbour's.
  PersonChange person;
  person.name = "Калина О.П.";
  person.email = "kalyna@example.org";
  REQUIRE(save_person(world.context, editor, person).wait());
  CHECK_FALSE(event_called(world, "Ярмарок").responsible[0].person);
  const auto reminders = world.context.store
                             .read([=](db::Unit& unit) {
                               db::ReminderSelection selection;
                               selection.event = fair.id;
                               return unit.reminders().list(selection).size();
                             })
                             .wait();
  CHECK(reminders.value() == 0);
  // Nor does a file that somebody brings in change it.
  const auto summary = world.import(calendar_with({{fair.uid, "Чужий файл"}}), "x.ics");
  CHECK(summary.events + summary.updated == 0);
  CHECK(has_warning(summary.warnings, "neighbour's calendar"));
  CHECK(event_called(world, "Ярмарок").uid == fair.uid);
}

TEST_CASE("a removed calendar takes its events with it and no others") {
  World world;
  world.import(small_plan);
  const auto ours = all_events(world).size();
  const auto id = world.add(), other = world.add("https://b.example/x");
  world.read(id, {{"a@n", "Ярмарок"}});
  world.read(other, {{"b@n", "Лекція"}});
  REQUIRE(remove_source(world.context, editor, id).wait());
  CHECK(all_events(world).size() == ours + 1);
  const auto again = remove_source(world.context, editor, id).wait();
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Errc::not_found);
  CHECK_FALSE(read_source(world.context, world.server, world.tell, id));
  CHECK(list_sources(world.context, editor).wait()->size() == 1);
}

TEST_CASE("a calendar that is removed while it is read stays removed") {
  World world;
  const auto id = world.add();
  world.server.serve(calendar_with({{"a@n", "Ярмарок"}}));
  world.server.meanwhile = [&] { REQUIRE(remove_source(world.context, editor, id).wait()); };
  const auto reading = read_source(world.context, world.server, world.tell, id);
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == Errc::not_found);
  CHECK(all_events(world).empty());
}

TEST_CASE("an uploaded calendar is updated by UID when it is uploaded again") {
  World world;
  NewSource wanted;
  auto added = add_source_file(world.context, editor, wanted, calendar_with({{"a@n", "Ярмарок"}})).wait();
  REQUIRE(added);
  CHECK(added->added == 1);
  CHECK(added->source.name == "Сусіди");
  CHECK_FALSE(added->source.next_try);
  const auto id = added->source.id;
  const auto fair = event_called(world, "Ярмарок");
  const auto replaced =
      replace_source_file(world.context, editor, id, calendar_with({{"a@n", "Базар"}, {"b@n", "Лекція"}}))
          .wait();
  REQUIRE(replaced);
  CHECK(replaced->updated == 1);
  CHECK(replaced->added == 1);
  CHECK(event_called(world, "Базар").id == fair.id);
  // What cannot be read changes nothing, and stores no empty source.
  CHECK_FALSE(replace_source_file(world.context, editor, id, "<html>").wait());
  CHECK_FALSE(add_source_file(world.context, editor, wanted, "<html>").wait());
  CHECK(all_events(world).size() == 2);
  CHECK(list_sources(world.context, editor).wait()->size() == 1);
  CHECK_FALSE(read_source(world.context, world.server, world.tell, id));
  const auto by_address = world.add();
  CHECK_FALSE(replace_source_file(world.context, editor, by_address, calendar_with({})).wait());
}

TEST_CASE("hostile calendar files are refused before they reach anything") {
  std::string nested;
  for (int depth = 0; depth < 6; ++depth) nested += "BEGIN:VEVENT\r\n";
  std::string excluded, deep_line = "DESCRIPTION:" + std::string(9'000, 'x') + "\r\n";
  for (int i = 0; i < 501; ++i) excluded += "EXDATE;VALUE=DATE:20261014\r\n";
  const std::vector<std::string> hostile = {
      std::string(2 * 1024 * 1024 + 1, ' '),
      calendar_with({{"a", "x", "20261014", deep_line}}),
      "BEGIN:VCALENDAR\r\n" + nested,
      calendar_with({{"a", "x", "20261014", excluded}}),
      calendar_with(std::vector<Entry>(5'001, Entry{"a", "x"})),
      calendar_with({{"a", std::string("x\0y", 3)}}),
      std::string("\xff\xfe") + std::string("B\0E\0G\0I\0N\0", 10),
      calendar_with({{"a", "x", "20261014", "DTEND;TZID=../../etc/passwd:20261014T100000\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=SECONDLY\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=MINUTELY;COUNT=5\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=DAILY;INTERVAL=0\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=DAILY;INTERVAL=-1\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=DAILY;INTERVAL=2147483648\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=DAILY;COUNT=1000000000\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4\r\n"}}),
      calendar_with({{"a", "x", "20261014", "RRULE:FREQ=DAILY;RSCALE=CHINESE\r\n"}}),
  };
  World world;
  const auto id = world.add();
  world.read(id, {{"good@n", "Ярмарок"}});
  for (const auto& bytes : hostile) {
    CAPTURE(bytes.size(), bytes.substr(0, 80));
    NewSource wanted;
    wanted.name = "Чужі";
    const auto uploaded = add_source_file(world.context, editor, wanted, bytes).wait();
    CHECK_FALSE(uploaded);
    world.server.serve(bytes);
    CHECK(world.read(id).source.trouble == SourceTrouble::not_calendar);
    CHECK(all_events(world).size() == 1);
  }
}

TEST_CASE("what a new calendar needs is said in words") {
  World world;
  const auto refused = [&](NewSource source, Errc code) {
    const auto added = add_source(world.context, editor, std::move(source)).wait();
    return !added && added.error().code == code;
  };
  NewSource sound;
  sound.url = "webcal://library.example/events.ics";
  CHECK_FALSE(add_source(world.context, Actor{}, sound).wait());
  CHECK_FALSE(add_source(world.context, Actor("token:1", Role::reader), sound).wait());
  for (const auto* url :
       {"", "file:///etc/passwd", "https://user:word@library.example/", "http://127.1/", "x"}) {
    NewSource source = sound;
    source.url = url;
    CHECK(refused(source, Errc::invalid_input));
  }
  NewSource own = sound;
  own.url = "http://127.0.0.1:8080/feeds/all.ics";
  CHECK(refused(own, Errc::invalid_input));
  for (const auto every : {minutes{14}, minutes{7 * 24 * 60 + 1}, minutes{0}, minutes{-5}}) {
    NewSource source = sound;
    source.every = every;
    CHECK(refused(source, Errc::invalid_input));
  }
  NewSource named = sound;
  named.name = std::string(longest_source_name + 1, 'x');
  CHECK(refused(named, Errc::limit_exceeded));
  named.name = "a\nb\x01";
  CHECK(refused(named, Errc::invalid_input));
  NewSource elsewhere = sound;
  elsewhere.organisation = OrganisationId{7};
  CHECK(refused(elsewhere, Errc::not_found));
  const auto added = add_source(world.context, editor, sound).wait();
  REQUIRE(added);
  CHECK(added->name == "library.example");
  CHECK(added->url == "https://library.example/events.ics");
  CHECK(refused(sound, Errc::conflict));
  for (const auto every : {shortest_source_interval, longest_source_interval}) {
    NewSource source = sound;
    source.url += std::to_string(every.count());
    source.every = every;
    CHECK(add_source(world.context, editor, source).wait());
  }
}

TEST_CASE("no more calendars are taken than the limit says") {
  World world;
  for (std::size_t i = 0; i < most_sources; ++i) world.add("https://library.example/" + std::to_string(i));
  NewSource one_more;
  one_more.url = "https://library.example/more";
  const auto refused = add_source(world.context, editor, one_more).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
}

TEST_CASE("whoever may not write sees neither addresses nor calendars that are not shared") {
  World world;
  const auto shown = world.add("https://library.example/private-6f1c/basic.ics");
  world.add("https://b.example/x", false);
  world.server.next = FetchAnswer::failed(SourceTrouble::unreachable, "private-6f1c cannot be reached");
  world.read(shown);
  CHECK(list_sources(world.context, editor).wait()->size() == 2);
  for (const auto& actor : {Actor{}, Actor("token:1", Role::reader)}) {
    const auto sources = list_sources(world.context, actor).wait();
    REQUIRE(sources);
    REQUIRE(sources->size() == 1);
    CHECK(sources->front().id == shown);
    CHECK(sources->front().url.empty());
    CHECK(sources->front().last_error.empty());
    CHECK(sources->front().trouble == SourceTrouble::unreachable);
  }
}

TEST_CASE("calendars are read when they are due and not before") {
  World world;
  SourceRefresher refresher(world.context, world.server, world.tell);
  CHECK(refresher.run_once() == 0);
  const auto id = world.add();
  world.add("https://b.example/x");
  world.server.serve(calendar_with({{"a@n", "Ярмарок"}}));
  CHECK(refresher.run_once() == 2);
  CHECK(refresher.run_once() == 0);
  world.clock.set(*world.state(id).next_try - std::chrono::seconds{1});
  refresher.run_once();
  const auto asked = world.server.asked.size();
  world.clock.set(*world.state(id).next_try);
  refresher.run_once();
  CHECK(world.server.asked.size() > asked);
}

TEST_CASE("an organiser's wish is granted at once by the thread that reads calendars") {
  World world;
  const auto id = world.add();
  world.server.serve(calendar_with({{"a@n", "Ярмарок"}}));
  SourceRefresher refresher(world.context, world.server, world.tell);
  refresher.start();
  const auto reading = refresher.read_now(editor, id).wait();
  REQUIRE(reading);
  CHECK(reading->source.events == 1);
  CHECK_FALSE(refresher.read_now(Actor{}, id).wait());
  CHECK_FALSE(refresher.read_now(editor, SourceId{99}).wait());
  refresher.stop();
  const auto late = refresher.read_now(editor, id).wait();
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Errc::storage_unavailable);
}

TEST_CASE("a program that stops does not call the calendar in hand broken") {
  World world;
  const auto id = world.add();
  world.server.next = FetchAnswer::failed(SourceTrouble::unreachable, "broken off");
  world.server.next.interrupted = true;
  CHECK_FALSE(read_source(world.context, world.server, world.tell, id));
  CHECK(world.state(id).failures == 0);
  CHECK(world.told.empty());
}

TEST_CASE("a calendar that is not shared shows in nothing that is published") {
  World world;
  Snapshots snapshots(world.context);
  const auto titles = [&] {
    std::vector<std::string> found;
    const auto snapshot = snapshots.current().wait();
    REQUIRE(snapshot);
    for (const auto& event : (*snapshot)->events) found.push_back(event->title);
    return found;
  };
  CHECK(titles().empty());
  const auto open = world.add("https://a.example/x"), closed = world.add("https://b.example/x", false);
  world.read(open, {{"a@n", "Ярмарок"}});
  world.read(closed, {{"b@n", "Таємна нарада"}});
  CHECK(titles() == std::vector<std::string>{"Ярмарок"});
  world.read(closed, {{"b@n", "Таємна нарада інша"}, {"c@n", "Ще одна"}});
  world.read(open, {{"a@n", "Базар"}});
  CHECK(titles() == std::vector<std::string>{"Базар"});
  Snapshots afresh(world.context);
  const auto snapshot = afresh.current().wait();
  REQUIRE(snapshot);
  CHECK(std::distance((*snapshot)->events.begin(), (*snapshot)->events.end()) == 1);
  const auto* name = (*snapshot)->sources.name_of(open);
  REQUIRE(name);
  CHECK(*name == "Сусідній район");
  CHECK_FALSE((*snapshot)->sources.name_of(closed));
  REQUIRE(remove_source(world.context, editor, open).wait());
  CHECK(titles().empty());
}

TEST_CASE("organisers see what a calendar that is not shared holds on the day and others do not") {
  World world;
  world.import(small_plan);
  const auto ours = event_called(world, "Установче засідання");
  const auto open = world.add("https://a.example/x"), closed = world.add("https://b.example/x", false);
  world.read(open, {{"a@n", "Ярмарок", "20260924"}, {"b@n", "Інший день", "20260925"}});
  world.read(closed, {{"c@n", "Таємна нарада", "20260924"}});
  Snapshots snapshots(world.context);
  const auto seen_by = [&](const Actor& actor) {
    const auto snapshot = snapshots.current().wait();
    REQUIRE(snapshot);
    const auto conflicts = conflicts_of(world.context, *snapshot, actor, ours.id).wait();
    REQUIRE(conflicts);
    std::vector<std::string> titles;
    for (const auto& conflict : *conflicts) {
      CHECK(conflict.neighbour);
      CHECK(conflict.hidden == (conflict.other->source == closed));
      titles.push_back(conflict.other->title);
    }
    return titles;
  };
  CHECK(seen_by(Actor{}) == std::vector<std::string>{"Ярмарок"});
  CHECK(seen_by(Actor("token:1", Role::reader)) == std::vector<std::string>{"Ярмарок"});
  CHECK(seen_by(editor) == std::vector<std::string>{"Ярмарок", "Таємна нарада"});
  const auto snapshot = snapshots.current().wait();
  CHECK_FALSE(conflicts_of(world.context, *snapshot, editor, EventId{9999}).wait());
}
