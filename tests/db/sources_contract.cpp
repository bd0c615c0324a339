// Neighbours' calendars as every backend keeps them.
#include "tests/db/store_contract.hpp"

using namespace convoke;
using namespace convoke::tests;
using db::Unit;

namespace {

CalendarSource full_source() {
  CalendarSource source;
  source.name = "Бібліотеки сусіднього району";
  source.url = "https://library.example/events.ics?lang=uk";
  source.every = std::chrono::minutes{45};
  source.shared = false;
  source.created = at(1);
  source.last_try = at(50);
  source.last_good = at(40);
  source.next_try = at(60);
  source.trouble = SourceTrouble::web_page;
  source.last_error = "answered with a web page";
  source.failures = 3;
  source.broken_since = at(45);
  source.told = at(46);
  source.etag = "\"a\"";
  source.last_modified = "Sun, 22 Nov 2026 06:00:00 GMT";
  source.digest = "00ff";
  source.events = 14;
  source.left_out = 2;
  return source;
}

void check_same(const CalendarSource& a, const CalendarSource& b) {
  CHECK(a.id == b.id);
  CHECK(a.organisation == b.organisation);
  CHECK(a.name == b.name);
  CHECK(a.url == b.url);
  CHECK((a.every == b.every));
  CHECK(a.shared == b.shared);
  CHECK(a.created == b.created);
  CHECK((a.last_try == b.last_try));
  CHECK((a.last_good == b.last_good));
  CHECK((a.next_try == b.next_try));
  CHECK(a.trouble == b.trouble);
  CHECK(a.last_error == b.last_error);
  CHECK(a.failures == b.failures);
  CHECK((a.broken_since == b.broken_since));
  CHECK((a.told == b.told));
  CHECK(a.etag == b.etag);
  CHECK(a.last_modified == b.last_modified);
  CHECK(a.digest == b.digest);
  CHECK(a.events == b.events);
  CHECK(a.left_out == b.left_out);
  CHECK((a.removed == b.removed));
}

CalendarSource plain_source(const std::string& name, std::optional<Instant> next_try = {}) {
  CalendarSource source;
  source.name = name;
  source.url = "https://library.example/" + name;
  source.next_try = next_try;
  return source;
}

SourceId insert(Fixture& fixture, const CalendarSource& source) {
  return write(fixture.store(), [=](Unit& unit) { return unit.sources().insert(source); });
}

std::vector<std::string> names(const std::vector<CalendarSource>& sources) {
  std::vector<std::string> found;
  for (const auto& source : sources) found.push_back(source.name);
  return found;
}

}  // namespace

TEST_CASE("a neighbour's calendar comes back as it was stored") {
  Fixture fixture;
  auto source = full_source();
  source.id = insert(fixture, source);
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.sources().find(source.id); });
  REQUIRE(found);
  check_same(*found, source);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.sources().find(SourceId{99}); }));
}

TEST_CASE("how reading a neighbour's calendar went is noted without a change that readers could see") {
  Fixture fixture;
  auto source = plain_source("a");
  source.id = insert(fixture, source);
  const auto before = fixture.store().last_change();
  auto settled = full_source();
  settled.id = source.id;
  write(fixture.store(), [=](Unit& unit) { return unit.sources().settle(settled), 0; });
  CHECK(fixture.store().last_change() == before);
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.sources().find(source.id); });
  REQUIRE(found);
  settled.name = source.name;
  settled.url = source.url;
  settled.every = source.every;
  settled.shared = source.shared;
  settled.created = source.created;
  check_same(*found, settled);
  settled.id = SourceId{99};
  CHECK_FALSE(
      fixture.store().write(author(), [=](Unit& unit) { return unit.sources().settle(settled), 0; }).wait());
}

TEST_CASE("the calendar that is due for the longest time is read first and files never are") {
  Fixture fixture;
  insert(fixture, plain_source("later", at(30)));
  insert(fixture, plain_source("now", at(20)));
  insert(fixture, plain_source("file"));
  insert(fixture, plain_source("first", at(10)));
  const auto due = [&](int seconds, int limit) {
    return names(read(fixture.store(), [=](Unit& unit) { return unit.sources().due(at(seconds), limit); }));
  };
  CHECK(due(9, 10).empty());
  CHECK(due(10, 10) == std::vector<std::string>{"first"});
  CHECK(due(20, 10) == std::vector<std::string>{"first", "now"});
  CHECK(due(99, 2) == std::vector<std::string>{"first", "now"});
}

TEST_CASE("a neighbour's calendar that was removed is neither listed nor due and stays in the log") {
  Fixture fixture;
  const auto id = insert(fixture, plain_source("a", at(1)));
  insert(fixture, plain_source("b"));
  const auto remove = [&](SourceId which) {
    return write(fixture.store(), [=](Unit& unit) { return unit.sources().remove(which, at(7)); });
  };
  CHECK(remove(id));
  CHECK_FALSE(remove(id));
  CHECK_FALSE(remove(SourceId{99}));
  CHECK(names(read(fixture.store(), [](Unit& unit) { return unit.sources().list(); })) ==
        std::vector<std::string>{"b"});
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.sources().due(at(99), 10); }).empty());
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.sources().find(id); });
  REQUIRE(found);
  CHECK((found->removed == at(7)));
  const auto log =
      read(fixture.store(), [=](Unit& unit) { return unit.changes().of_entity("source", id.value); });
  REQUIRE(log.size() == 2);
  CHECK(log[0].action == "insert");
  CHECK(log[1].action == "remove");
}

TEST_CASE("an event is found by what its neighbour calls it until it is removed") {
  Fixture fixture;
  const auto source = insert(fixture, plain_source("a"));
  const auto other = insert(fixture, plain_source("b"));
  auto event = plain_event();
  event.source = source;
  event.id = write(fixture.store(), [=](Unit& unit) {
    const auto id = unit.events().insert(event);
    unit.sources().link(source, {"x@neighbour", id});
    return id;
  });
  const auto entries = [&](SourceId id) {
    return read(fixture.store(), [=](Unit& unit) { return unit.sources().entries(id); });
  };
  CHECK(entries(source) == std::vector<db::SourceEntry>{{"x@neighbour", event.id}});
  CHECK(entries(other).empty());
  const auto entry = read(fixture.store(), [=](Unit& unit) { return unit.sources().entry_of(event.id); });
  REQUIRE(entry);
  CHECK(entry->foreign_uid == "x@neighbour");
  const auto of_source = read(fixture.store(), [=](Unit& unit) { return unit.events().of_source(source); });
  REQUIRE(of_source.size() == 1);
  check_same(of_source[0], event);
  CHECK(read(fixture.store(), [=](Unit& unit) { return unit.events().of_source(other); }).empty());
  // The same foreign uid twice in one calendar, and one event for two entries, are faults of the caller.
  CHECK_FALSE(fixture.store()
                  .write(author(),
                         [=](Unit& u) {
                           return u.sources().link(source, {"x@neighbour", event.id}), 0;
                         })
                  .wait());
  write(fixture.store(), [=](Unit& unit) { return unit.events().remove(event.id), 0; });
  CHECK(entries(source).empty());
  CHECK_FALSE(read(fixture.store(), [=](Unit& unit) { return unit.sources().entry_of(event.id); }));
}

TEST_CASE("two neighbours may call different events by one name") {
  Fixture fixture;
  const auto first = insert(fixture, plain_source("a"));
  const auto second = insert(fixture, plain_source("b"));
  const auto store = [&](SourceId source) {
    return write(fixture.store(), [=](Unit& unit) {
      auto event = plain_event();
      event.source = source;
      const auto id = unit.events().insert(event);
      unit.sources().link(source, {"same@uid", id});
      return id;
    });
  };
  const auto a = store(first), b = store(second);
  CHECK(a != b);
  CHECK(read(fixture.store(), [=](Unit& u) { return u.sources().entries(first); }).at(0).event == a);
  CHECK(read(fixture.store(), [=](Unit& u) { return u.sources().entries(second); }).at(0).event == b);
}
