// The rules of the contract about what a change does, asked of the whole server: what subscribers see after
// it, and what they never see (rules 24 to 27, 35, 36; threats G7 and G8).
#include "tests/calendar/ical_support.hpp"
#include "tests/contract/site.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>

using namespace convoke;
using namespace convoke::testing;
using calendar::testing::values;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct Installation {
  tests::TemporaryStore temporary;
  FixedClock clock{parse_iso_instant("2026-09-01T06:00:00Z").value()};
  OrganisationId organisation;
  std::unique_ptr<Site> site;

  Installation() {
    auto stored = temporary->write(db::Author("test", clock.now()), [](db::Unit& unit) {
      Organisation library;
      library.name = "Вишнева громада";
      library.zone = "Europe/Kyiv";
      return unit.organisations().insert(library);
    });
    auto id = std::move(stored).wait();
    REQUIRE(id);
    organisation = *id;
    site = std::make_unique<Site>(*temporary, clock);
  }
  void pass(seconds by) { clock.set(clock.now() + by); }
  Event put(Event event) {
    event.organisation = organisation;
    event.uid = random_uuid();
    event.created = event.modified = clock.now();
    return temporary
        ->write(db::Author("test", clock.now()),
                [event](db::Unit& unit) mutable {
                  event.id = unit.events().insert(event);
                  return event;
                })
        .wait()
        .value();
  }
};

// The entries of one event in a calendar: its own and those of days that differ.
std::vector<std::string> entries_of(const std::string& body, const std::string& uid) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = body.find("BEGIN:VEVENT\r\n", at)) != std::string::npos;) {
    const auto end = body.find("END:VEVENT\r\n", at);
    const auto entry = body.substr(at, end - at);
    if (entry.find("UID:" + uid + "\r\n") != std::string::npos) found.push_back(entry);
    at = end;
  }
  return found;
}

std::string entry_of(const std::string& body, const std::string& uid) {
  const auto found = entries_of(body, uid);
  REQUIRE(found.size() == 1);
  return found.front();
}

int sequence_of(const std::string& entry) {
  return std::stoi(calendar::testing::value(entry, "SEQUENCE"));
}

Event weekly_course() {
  Event course = calendar::testing::vague(Precision::recurring, "2026-10-01", "2026-12-24", "щочетверга");
  course.title = "Курс каталогізації";
  course.period.recurrence = Recurrence{Frequency::weekly, {{std::chrono::Thursday, 0}}, {}, {}, false, {}};
  course.period.time = hours{19};
  return course;
}

}  // namespace

TEST_CASE("feed rule 24: the UID of an event is the same for life in every calendar and file") {
  Installation here;
  const auto event = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  const std::string line = "UID:" + event.uid + "\r\n";
  const auto seen = [&](const std::string& target) {
    return here.site->get(target).body.find(line) != std::string::npos;
  };
  const auto file = "/events/" + std::to_string(event.id.value) + ".ics";
  const std::vector<std::function<void(service::EventChange&)>> changes = {
      [](auto& change) { change.title = "Інша назва"; },
      [](auto& change) { change.date = make_date(2027, 2, 1); },
      [](auto& change) { change.period = "березень 2027 року"; },
      [](auto& change) { change.status = EventStatus::cancelled; }};
  for (const auto& make : changes) {
    here.pass(minutes{5});
    service::EventChange change;
    make(change);
    here.site->change(event.id, change);
    CHECK(seen("/feeds/all.ics"));
    CHECK(seen("/feeds/all.ics?lang=en&periods=span"));
    CHECK(seen(file));
  }
  here.site->remove(event.id);
  const auto next = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  CHECK(next.uid != event.uid);
  CHECK_FALSE(seen("/feeds/all.ics"));
}

TEST_CASE("feed rule 26: every visible change raises SEQUENCE and the dates and saving the same does not") {
  Installation here;
  const auto event = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  auto before = entry_of(here.site->feed().body, event.uid);
  struct Row {
    const char* what;
    std::function<void(service::EventChange&)> make;
    const char* shows;  // what an entry says then
  };
  const std::vector<Row> rows = {
      {"title", [](auto& change) { change.title = "Нарада"; }, "SUMMARY:Нарада"},
      {"place", [](auto& change) { change.place = "Мала зала"; }, "LOCATION:Мала зала"},
      {"note", [](auto& change) { change.note = "Візьміть зошити"; }, "Візьміть зошити"},
      {"description", [](auto& change) { change.description = "Про читання"; }, "Про читання"},
      {"day", [](auto& change) { change.date = make_date(2026, 11, 13); }, "20261113"},
      {"hour", [](auto& change) { change.date = make_date(2026, 11, 13), change.time = hours{12}; },
       "T120000"},
      {"kind", [](auto& change) { change.kind = EventKind::seminar; }, "семінар"},
      {"link", [](auto& change) { change.online_url = "https://meet.example.org/1"; },
       "https://meet.example.org/1"},
      {"image", [](auto& change) { change.image_url = "https://files.example.org/1.png"; }, "IMAGE;"},
      {"contact", [](auto& change) { change.contact = "Відділ каталогу"; }, "CONTACT:Відділ каталогу"},
      {"level", [](auto& change) { change.level = std::optional(Level::region); }, "обласний"},
      {"audience", [](auto& change) { change.audience = std::vector<std::string>{"початківці"}; },
       "початківці"},
      {"file",
       [](auto& change) {
         change.attachments =
             std::vector<Attachment>{{"https://files.example.org/a.pdf", "Програма", "application/pdf"}};
       },
       "https://files.example.org/a.pdf"},
      {"cancelled", [](auto& change) { change.status = EventStatus::cancelled; }, "STATUS:CANCELLED"},
      {"taken up again", [](auto& change) { change.status = EventStatus::dated; }, "STATUS:CONFIRMED"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    here.pass(minutes{5});
    service::EventChange change;
    row.make(change);
    here.site->change(event.id, change);
    const auto first = here.site->feed();
    const auto after = entry_of(first.body, event.uid);
    std::string text;
    for (const auto& line : calendar::testing::unfolded(after)) text += line + "\n";
    CHECK(text.find(row.shows) != std::string::npos);
    CHECK(sequence_of(after) == sequence_of(before) + 1);
    for (const auto* name : {"DTSTAMP", "LAST-MODIFIED"})
      CHECK(values(after, name).front() > values(before, name).front());
    CHECK(values(after, "DTSTAMP") == values(after, "LAST-MODIFIED"));
    // Saving what is there already tells nobody anything.
    here.pass(minutes{5});
    here.site->change(event.id, change);
    CHECK(here.site->feed().header("etag") == first.header("etag"));
    before = after;
  }
}

TEST_CASE("feed rule 27: the same field changed twice in one second is two versions") {
  Installation here;
  const auto event = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  std::set<std::string> tags, dates;
  std::set<int> sequences;
  for (const auto* title : {"Перша", "Друга", "Перша", "Друга"}) {
    service::EventChange change;
    change.title = title;
    here.site->change(event.id, change);
    const auto reply = here.site->feed();
    tags.insert(reply.header("etag"));
    sequences.insert(sequence_of(entry_of(reply.body, event.uid)));
    dates.insert(values(entry_of(reply.body, event.uid), "LAST-MODIFIED").front());
  }
  CHECK(tags.size() == 4);
  CHECK(sequences.size() == 4);
  CHECK(dates.size() == 4);
}

TEST_CASE(
    "feed rule 32: the days of a series that differ follow it whole under its UID even out of its window") {
  Installation here;
  auto course = weekly_course();
  course.place = "Мала зала";
  Override moved, corrected;
  moved.day = make_date(2026, 10, 8);
  moved.date = make_date(2027, 3, 1);  // behind the end of the series
  corrected.day = make_date(2026, 12, 24);
  corrected.title = "Курс каталогізації: іспит";
  course.overrides = {moved, corrected};
  const auto event = here.put(course);
  for (const auto* target : {"/feeds/all.ics", "/feeds/all.ics?from=2026-10-20&to=2026-11-20"}) {
    CAPTURE(target);
    const auto body = here.site->feed(target, Witness::some).body;
    const auto entries = entries_of(body, event.uid);
    REQUIRE(entries.size() == 3);
    CHECK(values(entries[0], "RRULE").size() == 1);
    CHECK(values(entries[0], "RECURRENCE-ID").empty());
    CHECK(calendar::testing::has_line(entries[1], "RECURRENCE-ID;TZID=Europe/Kyiv:20261008T190000"));
    CHECK(calendar::testing::has_line(entries[1], "DTSTART;TZID=Europe/Kyiv:20270301T190000"));
    CHECK(calendar::testing::has_line(entries[2], "RECURRENCE-ID;TZID=Europe/Kyiv:20261224T190000"));
    CHECK(values(entries[2], "SUMMARY") == std::vector<std::string>{"Курс каталогізації: іспит"});
    for (const auto& entry : {entries[1], entries[2]}) {
      CHECK(values(entry, "RRULE").empty());
      for (const auto* name : {"LOCATION", "DTSTAMP", "SEQUENCE", "CLASS", "CATEGORIES", "URL"})
        CHECK(values(entry, name) == values(entries[0], name));
    }
  }
}

TEST_CASE("feed rule 35: a cancelled event is shown as cancelled for at least thirty days and then leaves") {
  Installation here;
  const auto event = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  here.pass(hours{1});
  service::EventChange change;
  change.status = EventStatus::cancelled;
  here.site->change(event.id, change);
  const auto cancelled = entry_of(here.site->feed().body, event.uid);
  CHECK(values(cancelled, "STATUS") == std::vector<std::string>{"CANCELLED"});
  CHECK(sequence_of(cancelled) == 1);
  CHECK(service::cancelled_shown_for >= std::chrono::days{30});
  here.pass(service::cancelled_shown_for - seconds{1});
  CHECK(entries_of(here.site->feed().body, event.uid).size() == 1);
  here.pass(seconds{1});
  CHECK(entries_of(here.site->feed("/feeds/all.ics", Witness::some).body, event.uid).empty());
}

TEST_CASE("feed rule 35: one cancelled day of a series is an entry of its own that says so") {
  Installation here;
  auto course = weekly_course();
  Override cancelled;
  cancelled.day = make_date(2026, 10, 29);
  cancelled.cancelled = true;
  course.overrides = {cancelled};
  const auto event = here.put(course);
  const auto shown = entries_of(here.site->feed().body, event.uid);
  REQUIRE(shown.size() == 2);
  CHECK(calendar::testing::has_line(shown[1], "RECURRENCE-ID;TZID=Europe/Kyiv:20261029T190000"));
  CHECK(values(shown[1], "STATUS") == std::vector<std::string>{"CANCELLED"});
  CHECK(values(shown[0], "STATUS") == std::vector<std::string>{"CONFIRMED"});
  CHECK(values(shown[0], "EXDATE").empty());
}

TEST_CASE("feed rule 35: a calendar of all states but cancelled shows nothing that was cancelled") {
  Installation here;
  auto course = weekly_course();
  Override cancelled;
  cancelled.day = make_date(2026, 10, 29);
  cancelled.cancelled = true;
  course.overrides = {cancelled};
  const auto series = here.put(course);
  const auto event = here.site->add("Засідання", make_date(2026, 11, 12), hours{10});
  const std::string hiding = "/feeds/all.ics?status=planned,dated,held,moved";
  CHECK(entries_of(here.site->feed(hiding, Witness::some).body, event.uid).size() == 1);
  service::EventChange change;
  change.status = EventStatus::cancelled;
  here.site->change(event.id, change);
  const auto body = here.site->feed(hiding, Witness::some).body;
  CHECK(entries_of(body, event.uid).empty());
  const auto shown = entries_of(body, series.uid);
  REQUIRE(shown.size() == 1);
  CHECK(calendar::testing::has_line(shown[0], "EXDATE;TZID=Europe/Kyiv:20261029T190000"));
  CHECK(body.find("CANCELLED") == std::string::npos);
  CHECK(entries_of(here.site->feed("/feeds/all.ics", Witness::some).body, series.uid).size() == 2);
}

TEST_CASE("feed rule 36: what was taken back or is no event leaves no trace in any calendar") {
  Installation here;
  auto goal = calendar::testing::meeting();
  goal.kind = EventKind::goal;
  goal.title = "Таємна мета";
  here.put(goal);
  auto taken_back = here.site->add("Таємна нарада", make_date(2026, 11, 12), hours{10});
  service::EventChange details;
  details.place = "Таємна зала";
  details.audience = std::vector<std::string>{"Таємне коло"};
  details.online_url = "https://secret.example.org/room";
  taken_back = here.site->change(taken_back.id, details);
  here.site->add("Відкрита лекція", make_date(2026, 12, 3));
  CHECK(here.site->get("/feeds/all.ics").body.find("Таємна нарада") != std::string::npos);
  here.site->remove(taken_back.id);
  const std::string id = std::to_string(taken_back.id.value);
  for (const std::string& target :
       {std::string("/feeds/all.ics"), std::string("/feeds/meeting.ics"),
        std::string("/feeds/event.ics?periods=todo"), std::string("/feeds/all.ics?q=Таємна"),
        std::string("/feeds/all.ics?periods=span&lang=en"), "/events/" + id + ".ics",
        std::string("/feeds/goal.ics")}) {
    CAPTURE(target);
    std::string escaped;
    for (const unsigned char c : target)
      escaped += c < 0x80 ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    const auto reply = here.site->get(escaped);
    for (const auto& trace :
         {std::string("Таємн"), std::string("secret.example"), taken_back.uid, "/events/" + id + "\r\n"})
      CHECK(reply.body.find(trace) == std::string::npos);
  }
  CHECK(here.site->get("/events/" + id + ".ics").status == 404);
}

TEST_CASE("feed rule 36: a hidden change moves no tag and no date") {
  Installation here;
  here.site->add("Відкрита лекція", make_date(2026, 12, 3));
  auto goal = calendar::testing::meeting();
  goal.kind = EventKind::goal;
  goal = here.put(goal);
  here.pass(minutes{5});
  const auto before = here.site->feed();
  service::EventChange change;
  change.title = "Інша мета";
  here.site->change(goal.id, change);
  here.pass(minutes{5});
  const auto after = here.site->feed();
  CHECK(after.header("etag") == before.header("etag"));
  CHECK(after.header("last-modified") == before.header("last-modified"));
}

TEST_CASE("feed rule 41: to-dos stand in the calendar that asks for them and nothing else stands in it") {
  Installation here;
  here.put(calendar::testing::vague(Precision::month, "2026-11-01", "2026-11-30", "листопад"));
  here.site->add("Відкрита лекція", make_date(2026, 12, 3));
  for (const auto* target : {"/feeds/all.ics", "/feeds/all.ics?periods=span", "/feeds/all.ics?periods=hide"})
    CHECK(here.site->get(target).body.find("BEGIN:VTODO") == std::string::npos);
  const auto todos = here.site->get("/feeds/all.ics?periods=todo").body;
  CHECK(todos.find("BEGIN:VTODO") != std::string::npos);
  CHECK(todos.find("BEGIN:VEVENT") == std::string::npos);
}

TEST_CASE(
    "threat rule G7: thousands of readers of an unchanged calendar ask neither the database nor its writer") {
  Installation here;
  constexpr int events = 200, readers = 2000;
  for (int i = 0; i < events; ++i)
    here.site->add("Подія " + std::to_string(i), add_days(make_date(2026, 9, 2), i));
  here.pass(seconds{2 * events});
  const auto first = here.site->feed();
  REQUIRE(first.status == 200);
  const auto asked = here.site->counted.reads.load();
  here.site->counted.broken = true;  // whoever asked it would get nothing
  std::string request =
      "GET /feeds/all.ics HTTP/1.1\r\nHost: plans.example.org\r\nIf-None-Match: " + first.header("etag") +
      "\r\n\r\n";
  web::RawClient client(here.site->port());
  for (int i = 0; i < readers; ++i) {
    client.send(request);
    const auto reply = client.read_reply();
    REQUIRE(reply);
    REQUIRE(reply->status == 304);
    REQUIRE(reply->header("etag") == first.header("etag"));
  }
  CHECK(here.site->counted.reads.load() == asked);
  CHECK(first.header("etag").starts_with('"'));
  CHECK(first.header("cache-control").find("max-age=") != std::string::npos);
}

TEST_CASE("threat rule G8: a day taken out of a series and a day cancelled tell no more than that") {
  Installation here;
  auto course = weekly_course();
  course.period.recurrence->without = {make_date(2026, 10, 15)};
  Override cancelled;
  cancelled.day = make_date(2026, 10, 22);
  cancelled.cancelled = true;
  course.overrides = {cancelled};
  course.responsible = {{PersonId{}, "Калина О.П.", "методист", ""}};
  const auto event = here.put(course);
  const auto before = entries_of(here.site->feed().body, event.uid);
  REQUIRE(before.size() == 2);
  CHECK(calendar::testing::has_line(before[0], "EXDATE;TZID=Europe/Kyiv:20261015T190000"));
  CHECK(before[1].find("20261015") == std::string::npos);
  for (const auto& entry : before)
    for (const auto* name : {"ATTENDEE", "ORGANIZER", "COMMENT"}) CHECK(values(entry, name).empty());
  // Whole, then: every entry of it says so, once more than before, for ninety days.
  here.pass(hours{1});
  service::EventChange change;
  change.status = EventStatus::cancelled;
  here.site->change(event.id, change);
  for (const auto& entry : entries_of(here.site->feed().body, event.uid)) {
    CHECK(values(entry, "STATUS") == std::vector<std::string>{"CANCELLED"});
    CHECK(sequence_of(entry) == sequence_of(before[0]) + 1);
  }
  here.pass(std::chrono::days{90});
  CHECK(entries_of(here.site->feed("/feeds/all.ics", Witness::some).body, event.uid).empty());
}
