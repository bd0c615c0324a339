// A file of holidays that is new, edited or taken away moves the reminders by itself.
#include "app/replanning.hpp"

#include "app/holidays.hpp"
#include "db/store.hpp"
#include "tests/service/fixture.hpp"

#include <filesystem>
#include <fstream>
#include <set>

using namespace convoke;
using namespace convoke::app;

namespace {

struct Installation : service::testing::Fixture {
  tests::TemporaryFolder folder;
  const std::string noted = folder.file("convoke.db.holidays");

  Installation() { import(service::testing::small_plan); }

  // As the server is started again with what is in the folder.
  std::optional<int> start() {
    const auto days_off = load_days_off(folder.path().string());
    REQUIRE(days_off);
    context.settings.days_off = *days_off;
    const auto events = replan_for_days_off(context, noted);
    REQUIRE(events);
    return *events;
  }
  void write_holidays(const std::string& lines) {
    std::ofstream(folder.file("2026.tsv"), std::ios::trunc) << lines;
  }
  // Local days on which something will be sent about the event.
  std::set<std::string> days_of(const std::string& title) {
    std::set<std::string> days;
    const auto rows = temporary
                          ->read([&title](db::Unit& unit) {
                            EventId id;
                            unit.events().each([&](const Event& event) {
                              if (event.title == title) id = event.id;
                            });
                            db::ReminderSelection selection;
                            selection.event = id;
                            selection.state = ReminderState::planned;
                            return unit.reminders().list(selection);
                          })
                          .wait();
    REQUIRE(rows);
    for (const auto& row : *rows) days.insert(format_iso(row.due).substr(0, 10));
    return days;
  }
};

const std::string meeting = "Установче засідання";  // 24 September 2026, a Thursday

}  // namespace

TEST_CASE("a new file of holidays moves the reminders that fell on them at the next start") {
  Installation site;
  CHECK_FALSE(site.start());
  CHECK(site.days_of(meeting).contains("2026-09-23"));
  site.write_holidays("UA\t2026-09-23\toff\tДень громади\n");
  const auto events = site.start();
  REQUIRE(events);
  CHECK(*events == 4);
  CHECK_FALSE(site.days_of(meeting).contains("2026-09-23"));
  CHECK(site.days_of(meeting).contains("2026-09-22"));
  CHECK_FALSE(site.start());
}

TEST_CASE("an edited file of holidays and one that was taken away plan the reminders anew once each") {
  Installation site;
  const auto before = site.days_of(meeting);
  site.write_holidays("UA\t2026-09-23\toff\tДень громади\n");
  CHECK(site.start());
  site.write_holidays("UA\t2026-09-23\toff\tДень громади\nUA\t2026-09-22\toff\tІ ще один\n");
  CHECK(site.start());
  CHECK_FALSE(site.days_of(meeting).contains("2026-09-22"));
  CHECK_FALSE(site.start());
  std::filesystem::remove(site.folder.file("2026.tsv"));
  CHECK(site.start());
  CHECK(site.days_of(meeting) == before);
  CHECK_FALSE(site.start());
}

TEST_CASE("a note of the days off that cannot be written keeps no reminder from being planned") {
  Installation site;
  site.write_holidays("UA\t2026-09-23\toff\tДень громади\n");
  const auto days_off = load_days_off(site.folder.path().string());
  REQUIRE(days_off);
  site.context.settings.days_off = *days_off;
  const auto events = replan_for_days_off(site.context, site.folder.file("none/convoke.db.holidays"));
  REQUIRE(events);
  CHECK(events->has_value());
  CHECK_FALSE(site.days_of(meeting).contains("2026-09-23"));
}
