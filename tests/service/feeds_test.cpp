#include "service/feeds.hpp"

#include "db/store.hpp"
#include "service/events.hpp"
#include "service/query_string.hpp"
#include "service/tokens.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/served_feeds.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Serving : Fixture {
  Snapshots snapshots{context};
  Feeds feeds{context, snapshots};
  std::vector<Event> events;

  Serving() {
    import(small_plan);
    events = snapshot()->events.size() == 4 ? copy(*snapshot()) : std::vector<Event>{};
  }
  std::shared_ptr<const Snapshot> snapshot() { return snapshots.current().wait().value(); }
  static std::vector<Event> copy(const Snapshot& snapshot) {
    std::vector<Event> copied;
    for (const auto& event : snapshot.events) copied.push_back(*event);
    return copied;
  }
  std::shared_ptr<const FeedBody> feed(std::string_view query = "") {
    const auto wanted = parse_query_string(query).value();
    auto made = feeds.body(wanted).wait().value();
    convoke::testing::witness_served(context, wanted, made->identity.text());
    return made;
  }
  void change(std::size_t index, const EventChange& wanted) {
    REQUIRE(change_event(context, editor, events.at(index).id, wanted).wait());
  }
};

int count(const std::string& text, std::string_view what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("an unchanged feed is the same object and asks no database") {
  Serving serving;
  const auto first = serving.feed();
  CHECK(serving.feeds.if_current(parse_query_string("").value()) == first);
  CHECK(serving.feed() == first);
}

TEST_CASE("feed rule 3: another server over the same data gives the same bytes and ETag") {
  Serving serving;
  Snapshots snapshots(serving.context);
  Feeds others(serving.context, snapshots);
  const auto other = others.body(parse_query_string("").value()).wait().value();
  CHECK(other->identity.text() == serving.feed()->identity.text());
  CHECK(other->etag == serving.feed()->etag);
  CHECK(other->last_modified == serving.feed()->last_modified);
}

TEST_CASE("a change shows in the next request and an event's unchanged fragment is shared") {
  Serving serving;
  const auto before = serving.feed();
  EventChange fix;
  fix.date = make_date(2026, 11, 12);
  serving.clock.set(serving.clock.now() + std::chrono::minutes{5});
  serving.change(1, fix);
  CHECK(serving.feeds.if_current(parse_query_string("").value()) == nullptr);
  const auto after = serving.feed();
  CHECK(after->etag != before->etag);
  CHECK(after->last_modified > before->last_modified);
  CHECK(after->identity.text().find("20261112") != std::string::npos);
}

TEST_CASE("a change of another feed's event leaves this feed's ETag and date alone") {
  Serving serving;
  const auto before = serving.feed("kind=report");
  EventChange change;
  change.note = "з презентацією";
  serving.clock.set(serving.clock.now() + std::chrono::minutes{5});
  serving.change(0, change);
  const auto after = serving.feed("kind=report");
  CHECK(after->etag == before->etag);
  CHECK(after->last_modified == before->last_modified);
}

TEST_CASE("feed rules 9 and 27: two bodies of one second have different dates and none lies in the future") {
  Serving serving;
  const auto first = serving.feed();
  EventChange change;
  change.note = "друга редакція";
  serving.change(0, change);  // the clock stands still
  const auto second = serving.feed();
  CHECK(second->etag != first->etag);
  CHECK(second->last_modified <= serving.clock.now());
  CHECK_FALSE(second->date_is_exact);  // its own second has not come yet
  serving.clock.set(serving.clock.now() + std::chrono::seconds{1});
  const auto later = serving.feed();
  CHECK(later->etag == second->etag);
  CHECK(later->date_is_exact);
  CHECK(later->last_modified > first->last_modified);
}

TEST_CASE(
    "feed rule 5: another server gives the same date although a change that no feed shows came between") {
  Serving serving;
  const auto before = serving.feed();
  REQUIRE(add_token(serving.context, "сайт", "read").wait());
  Snapshots snapshots(serving.context);
  Feeds restarted(serving.context, snapshots);
  const auto after = restarted.body(parse_query_string("").value()).wait().value();
  CHECK(after->last_modified == before->last_modified);
  CHECK(after->date_is_exact);
}

TEST_CASE("a feed of several associations bears no one's name") {
  Serving serving;
  serving.import(
      "План работы методического объединения библиотекарей Ольховского района на 2027 год\n\n"
      "№\tМероприятие\tСроки\tОтветственный\n1\tСеминар\tмай 2027\tРябина С.Т.\n");
  const auto organisations = serving.snapshot()->organisations;
  REQUIRE(organisations.size() == 2);
  CHECK(serving.feed()->identity.text().find("NAME:Convoke") != std::string::npos);
  const auto one = serving.feed("organisation=" + std::to_string(organisations[1].id.value));
  CHECK(one->identity.text().find("NAME:Convoke") == std::string::npos);
}

TEST_CASE("a cancelled event is shown as cancelled for ninety days and then leaves") {
  Serving serving;
  EventChange cancel;
  cancel.status = EventStatus::cancelled;
  serving.change(0, cancel);
  const auto shown = serving.feed();
  CHECK(count(shown->identity.text(), "STATUS:CANCELLED") == 1);
  const Instant cancelled = serving.snapshot()->find_event(serving.events[0].id)->modified;
  serving.clock.set(cancelled + cancelled_shown_for - std::chrono::seconds{1});
  CHECK(count(serving.feed()->identity.text(), "STATUS:CANCELLED") == 1);
  serving.clock.set(cancelled + cancelled_shown_for);
  CHECK(count(serving.feed()->identity.text(), "STATUS:CANCELLED") == 0);
}

TEST_CASE("addresses and telephones of a plan's cells are not published") {
  Serving serving;
  EventChange change;
  change.note = "писати на koval@example.org або тел. +380501234567, кабінет 12";
  serving.change(0, change);
  const auto& event = *serving.snapshot()->find_event(serving.events[0].id);
  CHECK(event.note.find("koval") == std::string::npos);
  CHECK(event.note.find("1234567") == std::string::npos);
  CHECK(event.note.find("кабінет 12") != std::string::npos);
  CHECK(serving.feed()->identity.text().find("koval") == std::string::npos);
}

TEST_CASE("filters narrow the feed and unknown ones are refused by name") {
  Serving serving;
  CHECK(count(serving.feed("kind=round_table")->identity.text(), "BEGIN:VEVENT") == 1);
  CHECK(count(serving.feed("responsible=Калина О.П.&periods=span")->identity.text(), "BEGIN:VEVENT") == 2);
  const auto wrong = parse_query_string("kin=meeting");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("kin") != std::string::npos);
}

namespace {

// A store whose disk may be taken away.
class FailingStore final : public db::Store {
 public:
  explicit FailingStore(db::Store& inner) : inner_(inner) {}
  void submit_read(Work work, Done done) override {
    if (broken)
      return done(std::make_exception_ptr(db::StorageError(db::StorageError::Kind::broken, "no disk")));
    inner_.submit_read(std::move(work), std::move(done));
  }
  void submit_write(db::Author author, Work work, Done done) override {
    inner_.submit_write(std::move(author), std::move(work), std::move(done));
  }
  std::int64_t last_change() const override { return inner_.last_change(); }
  Deferred<bool> backup(std::string file) override { return inner_.backup(std::move(file)); }
  Deferred<std::string> check() override { return inner_.check(); }

  bool broken = false;

 private:
  db::Store& inner_;
};

}  // namespace

TEST_CASE(
    "feed rule 10: the last good feed is served when the database fails and nothing is served without one") {
  Serving serving;
  FailingStore failing(serving.context.store);
  Context context{failing, serving.clock, Settings{}};
  Snapshots snapshots(context);
  Feeds feeds(context, snapshots);
  const auto query = parse_query_string("").value();
  failing.broken = true;
  const auto refused = feeds.body(query).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::storage_unavailable);

  failing.broken = false;
  const auto good = feeds.body(query).wait();
  REQUIRE(good);
  EventChange change;
  change.note = "зміна, якої ніхто не прочитає";
  serving.change(0, change);
  failing.broken = true;
  const auto served = feeds.body(query).wait();
  REQUIRE(served);
  CHECK((*served)->etag == (*good)->etag);
  failing.broken = false;
  CHECK(feeds.body(query).wait().value()->etag != (*good)->etag);
}

TEST_CASE("gzip gives the same bytes back and the same bytes twice") {
  const std::string text(100'000, 'x');
  CHECK(gzip(text) == gzip(text));
  CHECK(gzip(text).size() < 1'000);
}
