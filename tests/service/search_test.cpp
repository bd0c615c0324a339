#include "service/search.hpp"

#include "db/store.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Searched : Fixture {
  std::vector<Event> events;
  Searched() {
    import(small_plan);
    events = context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  }
  std::vector<std::string> find(const std::string& text) {
    const auto found = search_events(context, text).wait();
    if (!found) FAIL(found.error().message);
    std::vector<std::string> titles;
    for (const auto& event : events)
      for (const auto id : *found)
        if (event.id == id) titles.push_back(event.title);
    return titles;
  }
};

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("an event is found by its title and its people in any case and spelling of the letters") {
  Searched all;
  const Titles table = {"Круглий стіл «Книга в дорозі»"};
  CHECK(all.find("круглий стіл") == table);
  CHECK(all.find("КРУГЛЫЙ СТІЛ") == table);
  CHECK(all.find("стіл дорозі явір") == table);
  CHECK(all.find("круг") == table);
  CHECK(all.find("калина").size() == 2);
  CHECK(all.find("стул").empty());
  CHECK(all.find("круглий калина").empty());  // every word counts
}

TEST_CASE("an event is found by other endings of its words after those that have the very words") {
  Searched all;
  CHECK(all.find("звіти про стани фонди") == Titles{"Звіт про стан фонду"});
  CHECK(all.find("інформуванням бібліотеками") == Titles{"Інформування бібліотек"});
}

TEST_CASE("what holds no word finds nothing and what is too long is refused") {
  Searched all;
  for (const auto* text : {"", "  ", "\"", "*", "()", "-", "' OR 1=1", "NEAR(", "title:"})
    CHECK(all.find(text).empty());
  std::string text;
  for (int i = 0; i < 200; ++i) text += "ж";
  CHECK(search_events(all.context, text).wait());
  const auto refused = search_events(all.context, text + "ж").wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid_input);
}
