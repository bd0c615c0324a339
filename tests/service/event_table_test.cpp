#include "service/event_table.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <random>

using namespace convoke;
using namespace convoke::service;

namespace {

SharedEvent event_of(std::int64_t id, int variant) {
  Event event;
  event.id = EventId{id};
  event.uid = "uid-" + std::to_string(id);
  event.title = std::to_string(variant);
  event.plan = PlanId{variant % 3};
  event.position = variant % 7;
  event.organisation = OrganisationId{variant % 4};
  for (int i = 0; i < variant % 3; ++i)
    event.responsible.push_back({PersonId{variant % 5}, "Калина О.П.", "", ""});
  return std::make_shared<const Event>(event);
}

std::vector<EventId> ids(const std::vector<SharedEvent>& events) {
  std::vector<EventId> found;
  for (const auto& event : events) found.push_back(event->id);
  return found;
}

template<class Choose>
std::vector<EventId> chosen(const std::map<std::int64_t, SharedEvent>& events, Choose choose) {
  std::vector<EventId> found;
  for (const auto& [id, event] : events)
    if (choose(*event)) found.push_back(event->id);
  return found;
}

void check_same(const EventTable& table, const std::map<std::int64_t, SharedEvent>& expected) {
  REQUIRE(table.size() == expected.size());
  auto next = expected.begin();
  for (const auto& event : table) CHECK(event == (next++)->second);
  for (std::int64_t key = 1; key < 6; ++key) {
    CAPTURE(key);
    CHECK(ids(table.of_organisation(OrganisationId{key})) ==
          chosen(expected, [&](const Event& one) { return one.organisation.value == key; }));
    CHECK(ids(table.of_person(PersonId{key})) == chosen(expected, [&](const Event& one) {
            return !one.responsible.empty() && one.responsible.front().person.value == key;
          }));
    CHECK(table.count_of_person(PersonId{key}) == table.of_person(PersonId{key}).size());
    CHECK(table.count_of_organisation(OrganisationId{key}) ==
          table.of_organisation(OrganisationId{key}).size());
    auto of_plan = chosen(expected, [&](const Event& one) { return one.plan.value == key; });
    std::stable_sort(of_plan.begin(), of_plan.end(), [&](EventId a, EventId b) {
      return expected.at(a.value)->position < expected.at(b.value)->position;
    });
    CHECK(ids(table.of_plan(PlanId{key})) == of_plan);
  }
}

}  // namespace

TEST_CASE("a table of events answers like a map after any changes and its older copies stay as they were") {
  std::mt19937 random(7);
  std::map<std::int64_t, SharedEvent> expected;
  EventTable table;
  for (int round = 0; round < 8; ++round) {
    const EventTable copy = table;
    const auto copied = expected;
    for (int i = 0; i < 200; ++i) {
      const auto id = static_cast<std::int64_t>(1 + random() % 900);
      if (random() % 4 == 0) {
        CHECK(table.remove(EventId{id}) == (expected.erase(id) == 1));
      } else {
        expected[id] = event_of(id, static_cast<int>(random() % 1000));
        table.put(expected[id]);
      }
    }
    check_same(table, expected);
    check_same(copy, copied);
  }
  std::vector<SharedEvent> all;
  for (const auto& [id, event] : expected) all.push_back(event);
  check_same(EventTable(all), expected);
  for (const auto& [id, event] : expected) CHECK(table.find(event->uid) == event);
  CHECK(table.find("uid-0") == nullptr);
  CHECK(table.find(EventId{0}) == nullptr);
}

TEST_CASE("a changed set shares all pages but the one that was touched") {
  std::vector<int> numbers(10'000);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(2 * i);
  const PagedSet<int> before(numbers);
  auto after = before;
  after.put(4001);
  CHECK(after.size() == before.size() + 1);
  CHECK(shared_pages(after, before) == before.page_count() - 1);
  CHECK(after.erase(4001));
  CHECK_FALSE(after.erase(4001));
  CHECK(std::equal(after.begin(), after.end(), numbers.begin(), numbers.end()));
}

TEST_CASE("a page of a set is split only when it outgrows its limit") {
  PagedSet<int> numbers;
  for (int i = 0; i < static_cast<int>(PagedSet<int>::largest_page); ++i) numbers.put(i);
  CHECK(numbers.page_count() == 1);
  numbers.put(-1);
  CHECK(numbers.page_count() == 2);
  for (int i = -1; i < static_cast<int>(PagedSet<int>::largest_page); ++i) CHECK(numbers.erase(i));
  CHECK(numbers.empty());
  CHECK(numbers.page_count() == 0);
  CHECK(numbers.begin() == numbers.end());
}
