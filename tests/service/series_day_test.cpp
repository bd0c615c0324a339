// One day of a series, written in a form or dragged in a calendar.
#include "service/series_day.hpp"

#include "tests/service/course.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

struct Desk : Course {
  using Course::Course;
  Editor keeper{editor, "Калина О.П.", {}};

  calendar::EventOccurrence on(std::string_view which) {
    return calendar::occurrence_on(stored(), day(which)).value();
  }
  DayWords words(std::string_view which) { return words_of(stored(), on(which)); }
  Result<DaySaved> write(std::string_view which, DayStep step, DayWords typed, std::string stamp = "now") {
    if (stamp == "now") stamp = series_stamp(stored());
    return write_day(context, keeper, event.id, day(which), step, std::move(typed), stamp).wait();
  }
  DaySaved done(std::string_view which, DayStep step, DayWords typed = {}) {
    auto saved = write(which, step, std::move(typed));
    if (!saved) FAIL(saved.error().message);
    return *saved;
  }
};

}  // namespace

TEST_CASE("a form that is saved as it was opened changes nothing") {
  Desk desk;
  const auto words = desk.words("2026-09-10");
  CHECK(words.date == "2026-09-10");
  CHECK(words.time == "17:00");
  CHECK(words.end_time == "18:30");
  CHECK(words.title == desk.event.title);
  CHECK(desk.done("2026-09-10", DayStep::save, words).field.empty());
  CHECK(desk.done("2026-09-10", DayStep::save, {}).field.empty());
  CHECK(desk.stored().overrides.empty());
  CHECK(desk.stored().sequence == desk.event.sequence);
}

TEST_CASE("one day is moved and corrected and the others stay") {
  Desk desk;
  auto words = desk.words("2026-09-10");
  words.date = " 2026-09-11 ";
  words.time = "10:00";
  words.end_time = "";
  words.place = "Читальна зала";
  words.note = "Перша стрічка\r\nдруга";
  const auto saved = desk.done("2026-09-10", DayStep::save, words);
  CHECK(saved.field.empty());
  CHECK_FALSE(saved.overtaken);
  const auto now = desk.on("2026-09-10");
  CHECK(now.first == day("2026-09-11"));
  CHECK(now.time == hours{10});
  CHECK(now.end_time == hours{11} + minutes{30});  // as long as in the series
  CHECK(now.place == "Читальна зала");
  CHECK(now.note == "Перша стрічка\nдруга");
  CHECK_FALSE(now.title);
  CHECK(desk.stored().overrides.size() == 1);
  CHECK(desk.stored().sequence == desk.event.sequence + 1);
  CHECK(desk.words("2026-09-10").date == "2026-09-11");
  CHECK(desk.words("2026-09-17").date == "2026-09-17");
}

TEST_CASE("a day is cancelled with its reason and takes place after all and is as in the series again") {
  Desk desk;
  auto words = desk.words("2026-09-10");
  words.date = "2026-09-12";  // not what was pressed
  words.note = "Лекторка хворіє";
  desk.done("2026-09-10", DayStep::cancel, words);
  CHECK(desk.on("2026-09-10").cancelled);
  CHECK(desk.on("2026-09-10").first == day("2026-09-10"));
  CHECK(desk.on("2026-09-10").note == "Лекторка хворіє");
  CHECK_FALSE(desk.on("2026-09-17").cancelled);
  desk.done("2026-09-10", DayStep::save, desk.words("2026-09-10"));
  CHECK_FALSE(desk.on("2026-09-10").cancelled);
  CHECK(desk.on("2026-09-10").note == "Лекторка хворіє");
  desk.done("2026-09-10", DayStep::restore);
  CHECK(desk.stored().overrides.empty());
}

TEST_CASE("a day that is dragged keeps its length and everything else") {
  Desk desk;
  auto words = desk.words("2026-09-10");
  words.place = "Читальна зала";
  words.end_time = "19:00";
  desk.done("2026-09-10", DayStep::save, words);
  DayWords to;
  to.date = "2026-09-08";
  desk.done("2026-09-10", DayStep::move, to);
  CHECK(desk.on("2026-09-10").first == day("2026-09-08"));
  CHECK(desk.on("2026-09-10").time == hours{17});
  CHECK(desk.on("2026-09-10").end_time == hours{19});
  CHECK(desk.on("2026-09-10").place == "Читальна зала");
  to.time = "09:00";
  desk.done("2026-09-10", DayStep::move, to);
  CHECK(desk.on("2026-09-10").time == hours{9});
  CHECK(desk.on("2026-09-10").end_time == hours{11});
  // One that was cancelled stays so.
  desk.done("2026-09-17", DayStep::cancel);
  to.date = "2026-09-18";
  desk.done("2026-09-17", DayStep::move, to);
  CHECK(desk.on("2026-09-17").cancelled);
  CHECK(desk.done("2026-09-24", DayStep::move).field == "date");
}

TEST_CASE("what cannot be used of a day is named and nothing of it is stored") {
  Desk desk;
  const auto refused = [&](std::string DayWords::*member, const std::string& text) {
    auto words = desk.words("2026-09-10");
    words.place = "Читальна зала";
    words.*member = text;
    const auto saved = desk.done("2026-09-10", DayStep::save, words);
    CHECK(saved.event.overrides.empty());
    CHECK(desk.stored().overrides.empty());
    return saved.field;
  };
  CHECK(refused(&DayWords::date, "12.09.2026") == "date");
  CHECK(refused(&DayWords::time, "25:00") == "time");
  CHECK(refused(&DayWords::end_time, "17:00") == "time");  // no time after its beginning
  CHECK(refused(&DayWords::title, std::string(5'000, 'x')) == "title");
  CHECK(refused(&DayWords::note, std::string(100'000, 'x')) == "note");
}

TEST_CASE("no more than so many days of a series differ and those that do can still be changed") {
  Desk desk("щодня з 1 січня 2026 до 31 грудня 2027", std::nullopt, std::nullopt);
  DayWords words;
  words.note = "інше";
  auto full = desk.stored();
  for (std::size_t i = 0; i < calendar::max_overrides; ++i) {
    Override one;
    one.day = add_days(day("2026-01-01"), static_cast<int>(i));
    one.note = "так";
    full.overrides.push_back(one);
  }
  desk.context.store
      .write(db::Author("test", desk.clock.now()),
             [&](db::Unit& unit) { return unit.events().update(full), true; })
      .wait()
      .value();
  const auto last = format_iso(full.overrides.back().day),
             next = format_iso(add_days(full.overrides.back().day, 1));
  CHECK(desk.write(next, DayStep::save, words).error().code == Errc::limit_exceeded);
  CHECK(desk.done(last, DayStep::save, words).field.empty());
  desk.done(last, DayStep::restore);
  CHECK(desk.done(next, DayStep::save, words).field.empty());
}

TEST_CASE("who is slower with a day is told and stores nothing") {
  Desk desk;
  const auto stamp = series_stamp(desk.stored());
  desk.done("2026-09-17", DayStep::cancel);
  const auto saved = desk.write("2026-09-10", DayStep::cancel, {}, stamp);
  REQUIRE(saved);
  CHECK(saved->overtaken);
  CHECK(saved->event.overrides.size() == 1);
  CHECK_FALSE(desk.on("2026-09-10").cancelled);
}

TEST_CASE("a day that no series names or that is somebody else's is not found") {
  Desk desk;
  CHECK(desk.write("2026-09-09", DayStep::cancel, {}).error().code == Errc::not_found);
  CHECK_FALSE(series_of_day(desk.context, desk.keeper, desk.event.id, day("2026-09-09")).wait());
  CHECK(series_of_day(desk.context, desk.keeper, desk.event.id, day("2026-09-10")).wait());
  CHECK(write_day(desk.context, desk.keeper, EventId{999}, day("2026-09-10"), DayStep::cancel, {}, "0")
            .wait()
            .error()
            .code == Errc::not_found);
  const Editor reader(Actor("x", Role::anonymous), "x", {});
  CHECK(series_of_day(desk.context, reader, desk.event.id, day("2026-09-10")).wait().error().code ==
        Errc::forbidden);
  CHECK(write_day(desk.context, reader, desk.event.id, day("2026-09-10"), DayStep::cancel, {}, "0")
            .wait()
            .error()
            .code == Errc::forbidden);
}

TEST_CASE("a quarter is given its day and its last day is one") {
  Desk desk("щоквартально у 2026 році", std::nullopt, std::nullopt);
  const auto quarters = calendar::event_occurrences(desk.stored(), day("2026-07-01"), day("2026-12-31"));
  REQUIRE(quarters.size() == 2);
  CHECK(awaits_day(quarters[0]));
  CHECK(words_of(desk.stored(), quarters[0]).date.empty());
  const auto name = format_iso(quarters[0].day);
  DayWords words;
  words.date = name;
  words.time = "10:00";
  desk.done(name, DayStep::save, words);
  const auto now = desk.on(name);
  CHECK(now.first == quarters[0].day);
  CHECK(now.last == quarters[0].day);
  CHECK(now.time == hours{10});
  CHECK_FALSE(awaits_day(now));
  CHECK(words_of(desk.stored(), now).date == name);
  desk.done(name, DayStep::restore);
  CHECK(awaits_day(desk.on(name)));
}
