// A feed that follows its changes by the difference is the feed that a fresh start gives, byte for byte, and
// what it takes of memory stays within its bounds.
#include "service/feeds.hpp"

#include "db/store.hpp"
#include "service/gzip.hpp"
#include "service/query_string.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/served_feeds.hpp"

#include <libdeflate.h>

#include <random>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

std::string unpacked(const std::string& packed, std::size_t size) {
  std::string text(size, '\0');
  auto* decompressor = libdeflate_alloc_decompressor();
  std::size_t made = 0;
  const auto result =
      libdeflate_gzip_decompress(decompressor, packed.data(), packed.size(), text.data(), text.size(), &made);
  libdeflate_free_decompressor(decompressor);
  REQUIRE(result == LIBDEFLATE_SUCCESS);
  REQUIRE(made == size);
  return text;
}

int count(const std::string& text, std::string_view what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

// Many events of several people in two associations, changed at random.
struct Busy : Fixture {
  Snapshots snapshots{context};
  std::mt19937 random{5};
  std::int64_t uids = 0;

  explicit Busy(int events) {
    write([&](db::Unit& unit) {
      for (const char* name : {"Перша громада", "Друга громада"}) {
        Organisation organisation;
        organisation.name = name;
        unit.organisations().insert(organisation);
      }
      for (const char* name : {"Калина О.П.", "Явір С.М.", "Рябина С.Т."}) {
        Person person;
        person.name = name;
        unit.people().insert(person);
      }
      for (int i = 0; i < events; ++i) unit.events().insert(some_event());
    });
  }

  template<class Fn>
  void write(Fn fn) {
    clock.set(clock.now() + std::chrono::seconds{60});
    REQUIRE(context.store
                .write(db::Author("test", clock.now()),
                       [fn](db::Unit& unit) {
                         fn(unit);
                         return true;
                       })
                .wait());
  }

  std::size_t below(std::size_t limit) { return random() % limit; }

  Event some_event() {
    Event event;
    event.uid = "uid-" + std::to_string(++uids) + "@example.org";
    change(event);
    event.created = event.modified;
    return event;
  }

  void change(Event& event) {
    static constexpr EventStatus statuses[] = {EventStatus::planned, EventStatus::dated,
                                               EventStatus::cancelled};
    static constexpr const char* zones[] = {"Europe/Kyiv", "Europe/Minsk", "Asia/Almaty", "UTC"};
    event.title = "Подія " + std::to_string(random() % 1000);
    event.kind = static_cast<EventKind>(below(event_kind_count));
    event.status = statuses[below(3)];
    event.zone = zones[below(4)];
    event.organisation = OrganisationId{static_cast<std::int64_t>(1 + below(2))};
    event.responsible = {{PersonId{static_cast<std::int64_t>(1 + below(3))}, "Калина О.П.", "", ""}};
    const Date day = add_days(make_date(2026, 9, 1), static_cast<int>(below(200)));
    event.period = make_dated(
        day, below(2) ? std::optional(TimeOfDay{std::chrono::hours{10 + below(5)}}) : std::nullopt);
    if (below(4) == 0) {
      event.period = Period();
      event.period.precision = Precision::month;
      event.period.first = day;
      event.period.last = add_days(day, 20);
    }
    event.sequence += 1;
    event.modified = clock.now();
  }

  // What organisers do, one of it.
  void something_happens() {
    std::vector<EventId> ids;
    for (const auto& event : snapshots.current().wait().value()->events) ids.push_back(event->id);
    const auto what = below(10);
    if (what == 0 || ids.empty()) {
      write([event = some_event()](db::Unit& unit) { unit.events().insert(event); });
    } else if (what == 1) {
      write([id = ids[below(ids.size())]](db::Unit& unit) { unit.events().remove(id); });
    } else if (what == 2) {  // many at once
      write([&](db::Unit& unit) {
        for (int i = 0; i < 40; ++i) {
          auto event = *unit.events().find(ids[below(ids.size())]);
          change(event);
          unit.events().update(event);
        }
      });
    } else if (what == 3) {
      write([&](db::Unit& unit) {
        auto organisation = unit.organisations().list().at(below(2));
        organisation.name += "!";
        organisation.language = static_cast<Language>(below(4));
        unit.organisations().update(organisation);
      });
    } else if (what == 4) {  // cancelled events leave
      clock.set(clock.now() + std::chrono::hours{24 * static_cast<int>(below(60))});
    } else {
      write([&](db::Unit& unit) {
        auto event = *unit.events().find(ids[below(ids.size())]);
        change(event);
        unit.events().update(event);
      });
    }
  }

  FeedRequest request(std::string_view query) const { return parse_query_string(query).value(); }
};

std::vector<FeedRequest> some_requests(const Busy& busy) {
  std::vector<FeedRequest> requests;
  for (const char* query :
       {"", "kind=meeting", "responsible=2", "organisation=1&periods=span", "periods=todo",
        "responsible=1,3&periods=hide&lang=en&alarms=1", "q=7", "status=cancelled"})
    requests.push_back(busy.request(query));
  FeedRequest chosen;
  chosen.name = "Мої події";
  chosen.source = "https://plans.example.org/feeds/p/token.ics";
  chosen.only = {EventId{3}, EventId{5}, EventId{8}, EventId{13}, EventId{500}};
  requests.push_back(chosen);
  return requests;
}

}  // namespace

TEST_CASE("feed rules 3 and 15: a feed that followed its changes is the one a fresh start gives") {
  Busy busy(400);
  Feeds following(busy.context, busy.snapshots);
  // Hardly anything is kept: runs are cut again from their own texts.
  Feeds forgetful(busy.context, busy.snapshots, {std::size_t{1} << 20U, 1000, 4});
  const auto requests = some_requests(busy);
  for (int round = 0; round < 30; ++round) {
    busy.something_happens();
    Snapshots snapshots(busy.context);
    Feeds fresh(busy.context, snapshots);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      CAPTURE(round, i);
      if (busy.below(3) == 0) continue;  // some readers come more seldom
      const auto followed = following.body(requests[i], FeedForm::gzip).wait().value();
      const auto expected = fresh.body(requests[i], FeedForm::gzip).wait().value();
      const auto text = followed->identity.text();
      convoke::testing::witness_served(busy.context, requests[i], text);
      REQUIRE(text == expected->identity.text());
      REQUIRE(followed->etag == expected->etag);
      REQUIRE(followed->gzip->text() == expected->gzip->text());
      REQUIRE(followed->gzip_etag == expected->gzip_etag);
      REQUIRE(unpacked(followed->gzip->text(), followed->size) == text);
      REQUIRE(followed->size == text.size());
      REQUIRE(followed->gzip_size == followed->gzip->size());
      REQUIRE(followed->members_until == expected->members_until);
      REQUIRE(followed->last_modified <= busy.clock.now());
      REQUIRE(forgetful.body(requests[i]).wait().value()->identity.text() == text);
      REQUIRE(forgetful.record(requests[i]).wait().value()->etag == expected->etag);
    }
  }
}

TEST_CASE("feed rules 3 and 15: the comparison tells a feed in which one change was lost") {
  Busy busy(100);
  Feeds feeds(busy.context, busy.snapshots);
  const auto before = feeds.body(FeedRequest()).wait().value();
  busy.write([&](db::Unit& unit) {
    auto event = *unit.events().find(EventId{1});
    event.kind = EventKind::meeting;
    event.status = EventStatus::dated;
    event.period = make_dated(make_date(2026, 12, 1));
    event.title = "Інша назва";
    unit.events().update(event);
  });
  const auto after = feeds.body(FeedRequest()).wait().value();
  CHECK(before->identity.text() != after->identity.text());
  CHECK(before->etag != after->etag);
}

TEST_CASE("feed rule 9: the validators change when an event is removed") {
  Busy busy(100);
  Feeds feeds(busy.context, busy.snapshots);
  const auto before = feeds.body(FeedRequest()).wait().value();
  const auto text = before->identity.text();
  // One that the feed shows.
  EventId shown;
  for (const auto& event : busy.snapshots.current().wait().value()->events)
    if (text.find(event->uid) != std::string::npos) shown = event->id;
  REQUIRE(shown);
  busy.write([shown](db::Unit& unit) { unit.events().remove(shown); });
  const auto after = feeds.body(FeedRequest()).wait().value();
  CHECK(after->etag != before->etag);
  CHECK(after->gzip_etag != before->gzip_etag);
  CHECK(after->last_modified > before->last_modified);
  CHECK(after->last_modified <= busy.clock.now());
  CHECK(after->size < before->size);
  // For those who come after a restart too.
  Snapshots snapshots(busy.context);
  Feeds restarted(busy.context, snapshots);
  CHECK(restarted.body(FeedRequest()).wait().value()->last_modified > before->last_modified);
}

TEST_CASE("feed rule 9: the validators change when a cancelled event leaves") {
  Busy busy(0);
  busy.write([&](db::Unit& unit) {
    auto event = busy.some_event();
    event.kind = EventKind::meeting;
    event.period = make_dated(make_date(2026, 12, 1));
    event.status = EventStatus::cancelled;
    unit.events().insert(event);
    event.uid = "another";
    event.status = EventStatus::dated;
    unit.events().insert(event);
  });
  Feeds feeds(busy.context, busy.snapshots);
  const auto before = feeds.body(FeedRequest()).wait().value();
  REQUIRE(count(before->identity.text(), "BEGIN:VEVENT") == 2);
  CHECK(before->valid_until == before->members_until);
  busy.clock.set(before->members_until);
  CHECK_FALSE(feeds.if_current(FeedRequest()));
  const auto after = feeds.body(FeedRequest()).wait().value();
  CHECK(count(after->identity.text(), "BEGIN:VEVENT") == 1);
  CHECK(after->etag != before->etag);
  CHECK(after->members_until == Instant::max());
  // The date, too: a reader who revalidates by it must not keep the event.
  CHECK(after->last_modified == before->members_until);
  CHECK(after->last_modified > before->last_modified);
  Snapshots snapshots(busy.context);
  Feeds restarted(busy.context, snapshots);
  CHECK(restarted.body(FeedRequest()).wait().value()->last_modified == after->last_modified);
}

TEST_CASE("feed rule 41: a calendar has either tasks or events") {
  Busy busy(300);
  Feeds feeds(busy.context, busy.snapshots);
  for (const char* periods : {"deadline", "span", "hide"}) {
    const auto text =
        feeds.body(busy.request(std::string("periods=") + periods)).wait().value()->identity.text();
    CHECK(count(text, "BEGIN:VEVENT") > 0);
    CHECK(count(text, "BEGIN:VTODO") == 0);
  }
  const auto tasks = feeds.body(busy.request("periods=todo")).wait().value()->identity.text();
  CHECK(count(tasks, "BEGIN:VTODO") > 0);
  CHECK(count(tasks, "BEGIN:VEVENT") == 0);
}

TEST_CASE("after an edit among many events one event is rendered and one run is made again") {
  Busy busy(2000);
  Feeds feeds(busy.context, busy.snapshots);
  const auto before = feeds.body(FeedRequest(), FeedForm::gzip).wait().value();
  const auto rendered = feeds.fragments().renderings();
  busy.write([&](db::Unit& unit) {
    auto event = *unit.events().find(EventId{1000});
    event.title += " (зміна)";
    unit.events().update(event);
  });
  const auto after = feeds.body(FeedRequest(), FeedForm::gzip).wait().value();
  CHECK(feeds.fragments().renderings() <= rendered + 2);
  const auto pieces_kept = [](const Rope& a, const Rope& b) {
    return std::count_if(a.pieces().begin(), a.pieces().end(), [&](const auto& piece) {
      return std::find(b.pieces().begin(), b.pieces().end(), piece) != b.pieces().end();
    });
  };
  REQUIRE(before->identity.pieces().size() > 10);
  // All but the head, the run, and of the gzip its header, its end and what stands before the end too.
  CHECK(pieces_kept(after->identity, before->identity) >= std::ssize(after->identity.pieces()) - 2);
  CHECK(pieces_kept(after->gzip.value(), before->gzip.value()) >= std::ssize(after->gzip->pieces()) - 5);
  CHECK(before->size > longest_compressed_whole);
  CHECK(unpacked(before->gzip->text(), before->size) == before->identity.text());
  CHECK(unpacked(after->gzip->text(), after->size) == after->identity.text());
}

TEST_CASE("a feed is compressed as a whole up to the limit and in runs beyond it") {
  const auto parts_of_size = [](std::size_t size) {
    calendar::FeedParts parts;
    parts.head = std::make_shared<const std::string>("BEGIN:VCALENDAR\r\n");
    const std::size_t rest = size - parts.head->size() - calendar::feed_end()->size();
    for (int i = 0; i < 2; ++i) {
      calendar::Fragment fragment;
      fragment.uid = std::to_string(i);
      fragment.text = std::string(i == 0 ? rest / 2 : rest - rest / 2, static_cast<char>('a' + i));
      const auto [member, text] = calendar::shared_fragment(std::move(fragment));
      parts.chunks.push_back(std::make_shared<const calendar::FeedChunk>(
          std::vector<calendar::MemberText>{calendar::MemberText{member, *text}}));
    }
    return parts;
  };
  const auto whole = parts_of_size(longest_compressed_whole),
             runs = parts_of_size(longest_compressed_whole + 1);
  CHECK(gzip(whole).pieces().size() == 1);
  CHECK(gzip(runs).pieces().size() > 1);
  CHECK(unpacked(gzip(whole).text(), longest_compressed_whole) == whole.rope().text());
  CHECK(unpacked(gzip(runs).text(), longest_compressed_whole + 1) == runs.rope().text());
}

TEST_CASE("personal calendars share what they show of an event") {
  Busy busy(200);
  Feeds feeds(busy.context, busy.snapshots);
  for (int i = 0; i < 20; ++i) {
    auto request = busy.request("responsible=1,2,3");
    request.name = "Календар " + std::to_string(i);
    CHECK(feeds.body(request).wait());
  }
  CHECK(feeds.fragments().renderings() <= 200);
}

TEST_CASE("bodies are dropped beyond their bound and what is known of them stays") {
  Busy busy(60);
  const auto size = [&] {
    Feeds feeds(busy.context, busy.snapshots);
    feeds.body(busy.request("q=подія")).wait().value();
    return feeds.kept().bytes();
  }();
  const auto named = [&](char letter) {
    FeedRequest request;
    request.query.text = "подія";
    request.name = std::string("Календар ") + letter;
    return request;
  };
  FeedLimits limits;
  limits.body_bytes = 2 * size + size / 2;
  Feeds feeds(busy.context, busy.snapshots, limits);
  const auto first = feeds.body(named('a')).wait().value();
  CHECK(feeds.body(named('b')).wait());
  CHECK(feeds.kept().bodies() == 2);
  CHECK(feeds.if_current(named('a')));  // used just now
  CHECK(feeds.body(named('c')).wait());
  CHECK(feeds.kept().bodies() == 2);
  CHECK(feeds.kept().bytes() <= limits.body_bytes);
  CHECK(feeds.if_current(named('a')) == first);
  CHECK_FALSE(feeds.if_current(named('b')));
  const auto known = feeds.record_if_current(named('b'));
  REQUIRE(known);
  CHECK(known->etag.size() == first->etag.size());
  CHECK(feeds.record(named('b')).wait().value() == known);
  CHECK_FALSE(feeds.if_current(named('b')));  // no bytes were made
  CHECK(feeds.kept().records() == 3);
}

TEST_CASE("what is known of a feed without bytes stays right while nothing of it changes") {
  Busy busy(60);
  busy.write([](db::Unit& unit) {
    for (int i = 1; i <= 2; ++i) {
      auto event = *unit.events().find(EventId{i});
      event.kind = i == 1 ? EventKind::meeting : EventKind::seminar;
      event.status = EventStatus::dated;
      event.period = make_dated(make_date(2026, 12, 1));
      unit.events().update(event);
    }
  });
  FeedLimits limits;
  limits.body_bytes = 1;  // the last one alone, being larger than the bound
  Feeds feeds(busy.context, busy.snapshots, limits);
  const auto meetings = busy.request("kind=meeting");
  const auto before = *feeds.body(meetings).wait().value();
  CHECK(feeds.kept().bodies() == 1);
  CHECK(feeds.if_current(meetings));
  CHECK(feeds.body(FeedRequest()).wait());
  CHECK_FALSE(feeds.if_current(meetings));
  CHECK(feeds.kept().bodies() == 1);
  const auto rename = [&](std::int64_t id) {
    busy.write([id](db::Unit& unit) {
      auto event = *unit.events().find(EventId{id});
      event.title += "!";
      unit.events().update(event);
    });
  };
  rename(2);
  CHECK_FALSE(feeds.record_if_current(meetings));
  const auto still = feeds.record(meetings).wait().value();
  CHECK(still->etag == before.etag);
  CHECK(still->last_modified == before.last_modified);
  CHECK(still->size == before.size);
  CHECK_FALSE(feeds.if_current(meetings));
  rename(1);
  const auto changed = feeds.record(meetings).wait().value();
  CHECK(changed->etag != before.etag);
  CHECK(changed->last_modified > before.last_modified);
}

TEST_CASE("no more feeds are known than the limit says") {
  Busy busy(3);
  FeedLimits limits;
  limits.records = 5;
  Feeds feeds(busy.context, busy.snapshots, limits);
  const auto ask = [&](int i) { return busy.request("q=" + std::to_string(i)); };
  for (int i = 0; i < 5; ++i) CHECK(feeds.record(ask(i)).wait());
  CHECK(feeds.record_if_current(ask(0)));
  CHECK(feeds.kept().records() == 5);
  CHECK(feeds.record(ask(5)).wait());
  CHECK(feeds.kept().records() == 5);
  CHECK(feeds.record_if_current(ask(0)));
  CHECK_FALSE(feeds.record_if_current(ask(1)));
}

TEST_CASE("fragments are dropped beyond their bound") {
  Busy busy(300);
  const auto size = [&] {
    Feeds feeds(busy.context, busy.snapshots);
    feeds.body(FeedRequest()).wait().value();
    return feeds.fragments().bytes();
  }();
  for (const auto bound : {4 * size, size / 4}) {
    CAPTURE(bound, size);
    FeedLimits limits;
    limits.fragment_bytes = bound;
    Feeds feeds(busy.context, busy.snapshots, limits);
    feeds.body(FeedRequest()).wait().value();
    const auto once = feeds.fragments().renderings();
    auto again = FeedRequest();
    again.name = "Те саме";
    feeds.body(again).wait().value();
    CHECK(feeds.fragments().bytes() <= bound);
    CHECK((feeds.fragments().renderings() == once) == (bound > size));
  }
}

TEST_CASE("a long feed is made where long work is done and is refused when too much waits there") {
  Busy busy(static_cast<int>(Feeds::most_events_at_once) + 1);
  int long_works = 0;
  bool takes = true;
  busy.context.run_long_work = [&](const std::function<void()>& work) {
    ++long_works;
    if (takes) work();
    return takes;
  };
  Feeds feeds(busy.context, busy.snapshots);
  CHECK(feeds.body(busy.request("responsible=1")).wait());
  CHECK(long_works == 0);
  CHECK(feeds.body(FeedRequest()).wait());
  CHECK(long_works == 1);
  CHECK(feeds.body(FeedRequest(), FeedForm::gzip).wait());
  CHECK(long_works == 2);  // several hundred kilobytes to compress
  takes = false;
  const auto refused = feeds.body(busy.request("periods=span")).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::storage_unavailable);
  busy.write([](db::Unit& unit) { unit.events().remove(EventId{1}); });
  CHECK(feeds.body(FeedRequest(), FeedForm::gzip).wait());  // one run is no long work
  busy.write([](db::Unit& unit) { unit.events().remove(EventId{2}); });
}

TEST_CASE("a feed of just as many events as are looked at in place is made there") {
  Busy busy(static_cast<int>(Feeds::most_events_at_once));
  busy.context.run_long_work = [](const std::function<void()>&) { return false; };
  Feeds feeds(busy.context, busy.snapshots);
  CHECK(feeds.body(FeedRequest()).wait());
}
