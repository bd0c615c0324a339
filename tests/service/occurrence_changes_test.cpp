#include "service/occurrence_changes.hpp"

#include "tests/service/course.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("a weekly course is made from words and hours and the hours can be changed") {
  Course course;
  CHECK(course.event.period.precision == Precision::recurring);
  CHECK(course.event.period.time == hours{17});
  CHECK(course.event.period.end_time == hours{18} + minutes{30});
  CHECK(course.event.period.last == day("2026-11-26"));
  EventChange later;
  later.time = hours{18};
  later.end_time = hours{19};
  const auto event = course.correct(later);
  REQUIRE(event);
  CHECK(event->period.recurrence == course.event.period.recurrence);
  CHECK(event->period.time == hours{18});
  EventChange backwards;
  backwards.end_time = hours{10};
  CHECK(course.correct(backwards).error().code == Errc::invalid_input);
  EventChange month;
  month.period = "листопад 2026";
  month.time = hours{10};
  CHECK(course.correct(month).error().message.find("needs a day") != std::string::npos);
}

TEST_CASE("cancelling one day raises SEQUENCE once and leaves the others") {
  Course course;
  const auto event = course.cancel("2026-09-10");
  REQUIRE(event);
  CHECK(event->sequence == course.event.sequence + 1);
  CHECK(event->modified > course.event.modified);
  CHECK(event->status == course.event.status);
  REQUIRE(event->overrides.size() == 1);
  CHECK(course.stored().overrides == event->overrides);
  const auto again = course.cancel("2026-09-10");
  REQUIRE(again);
  CHECK(again->sequence == event->sequence);
}

TEST_CASE("changes of one day add up and each can be taken back") {
  Course course;
  OccurrenceChange first, second, third;
  first.time.emplace(hours{18});
  second.place.emplace("Мала зала");
  second.title.emplace("  Гостя   курсу ");
  REQUIRE(course.change("2026-09-17", first));
  REQUIRE(course.change("2026-09-17", second));
  auto lesson = calendar::occurrence_on(course.stored(), day("2026-09-17"));
  REQUIRE(lesson);
  CHECK(lesson->time == hours{18});
  CHECK(lesson->end_time == hours{19} + minutes{30});
  CHECK(lesson->place == "Мала зала");
  third.time.emplace(std::nullopt);
  REQUIRE(course.change("2026-09-17", third));
  lesson = calendar::occurrence_on(course.stored(), day("2026-09-17"));
  CHECK(lesson->time == hours{17});
  CHECK(lesson->place == "Мала зала");
  REQUIRE(restore_occurrence(course.context, editor, course.event.id, day("2026-09-17")).wait());
  CHECK(course.stored().overrides.empty());
}

TEST_CASE("what repeats the series is no change of a day") {
  Course course;
  OccurrenceChange same;
  same.title.emplace(course.event.title);
  same.date.emplace(day("2026-09-17"));
  same.time.emplace(hours{17});
  const auto event = course.change("2026-09-17", same);
  REQUIRE(event);
  CHECK(event->overrides.empty());
  CHECK(event->sequence == course.event.sequence);
}

TEST_CASE("only a day of the series can be changed and only by who may") {
  Course course;
  CHECK(course.cancel("2026-09-11").error().code == Errc::not_found);
  CHECK(course.cancel("2027-09-09").error().code == Errc::not_found);
  OccurrenceChange wanted;
  wanted.cancelled = true;
  const auto as = [&](Role role) {
    return change_occurrence(course.context, Actor("somebody", role), course.event.id, day("2026-09-10"),
                             wanted)
        .wait()
        .error()
        .code;
  };
  CHECK(as(Role::anonymous) == Errc::forbidden);
  CHECK(as(Role::reader) == Errc::forbidden);
  CHECK(change_occurrence(course.context, editor, EventId{999}, day("2026-09-10"), wanted)
            .wait()
            .error()
            .code == Errc::not_found);
  wanted.expected_sequence = course.event.sequence + 1;
  CHECK(course.change("2026-09-10", wanted).error().code == Errc::conflict);
  OccurrenceChange backwards, nameless, long_title;
  backwards.end_time.emplace(hours{16});
  nameless.title.emplace("");
  long_title.title.emplace(std::string(1'001, 'x'));
  CHECK(course.change("2026-09-10", backwards).error().code == Errc::invalid_input);
  CHECK(course.change("2026-09-10", nameless).error().code == Errc::invalid_input);
  CHECK(course.change("2026-09-10", long_title).error().code == Errc::limit_exceeded);
  EventChange once;
  once.date = day("2026-09-10");
  REQUIRE(course.correct(once));
  CHECK(course.cancel("2026-09-10").error().message.find("no series") != std::string::npos);
}

TEST_CASE("as many days as the limit may differ and no more") {
  Course course("щодня о 10:00 з 1 січня до 31 грудня 2026", {}, {});
  Event event = course.stored();
  event.period.last = day("2030-12-31");
  for (int i = 0; i < static_cast<int>(calendar::max_overrides) - 1; ++i) {
    Override one;
    one.day = add_days(*event.period.first, i);
    one.cancelled = true;
    event.overrides.push_back(one);
  }
  REQUIRE(course.context.store
              .write(db::Author("test", course.clock.now()),
                     [event](db::Unit& unit) {
                       unit.events().update(event);
                       return true;
                     })
              .wait());
  CHECK(course.cancel("2028-01-01"));
  CHECK(course.cancel("2028-01-02").error().code == Errc::limit_exceeded);
  CHECK(course.move("2028-01-01", "2028-01-05"));
}

TEST_CASE("a new rhythm keeps the exceptions of the days that it still names") {
  Course course;
  REQUIRE(course.cancel("2026-09-10"));
  REQUIRE(course.move("2026-09-17", "2026-09-18"));
  REQUIRE(course.move("2026-11-26", "2026-11-27"));
  EventChange shorter;
  shorter.period = "щочетверга з 10 вересня до 29 жовтня 2026";
  shorter.time = hours{17};
  const auto event = course.correct(shorter);
  REQUIRE(event);
  REQUIRE(event->overrides.size() == 2);
  CHECK(event->overrides[0].cancelled);
  EventChange tuesdays;
  tuesdays.period = "щовівторка з 10 вересня до 29 жовтня 2026";
  CHECK(course.correct(tuesdays)->overrides.empty());
}

TEST_CASE("fault rule V4: nobody is reminded of a cancelled day and of a moved one on its new day") {
  Fixture fixture;
  fixture.import(
      "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n\n"
      "№\tЗахід\tТермін\tВідповідальний\n"
      "1.\tЗасідання ради\tтретій четвер кожного місяця\tКалина О.П.\n");
  const auto events =
      fixture.context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  REQUIRE(events.size() == 1);
  const auto id = events.front().id;
  const auto waiting = [&] {
    return fixture.context.store
        .read([id](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.event = id;
          selection.state = ReminderState::planned;
          std::vector<std::string> out;
          // Who is told of the change itself is another matter (tests/notify/announcements_test.cpp).
          for (const auto& row : unit.reminders().list(selection))
            if (row.reason != ReminderReason::invitation && row.reason != ReminderReason::cancellation)
              out.push_back(row.key.occurrence);
          return out;
        })
        .wait()
        .value();
  };
  const auto has = [&](std::string_view occurrence) {
    const auto all = waiting();
    return std::find(all.begin(), all.end(), occurrence) != all.end();
  };
  REQUIRE(has("2026-10-15/2026-10-15"));
  REQUIRE(has("2026-11-19/2026-11-19"));
  const auto all_before = waiting();
  const auto before = all_before.size();
  const auto of_the_day =
      static_cast<std::size_t>(std::count(all_before.begin(), all_before.end(), "2026-10-15/2026-10-15"));
  REQUIRE(of_the_day > 1);
  OccurrenceChange cancelled, moved;
  cancelled.cancelled = true;
  moved.date.emplace(day("2026-11-26"));
  REQUIRE(change_occurrence(fixture.context, editor, id, day("2026-10-15"), cancelled).wait());
  CHECK_FALSE(has("2026-10-15/2026-10-15"));
  CHECK(waiting().size() == before - of_the_day);
  REQUIRE(change_occurrence(fixture.context, editor, id, day("2026-11-19"), moved).wait());
  CHECK_FALSE(has("2026-11-19/2026-11-19"));
  CHECK(has("2026-11-19//2026-11-26"));
  REQUIRE(restore_occurrence(fixture.context, editor, id, day("2026-10-15")).wait());
  REQUIRE(restore_occurrence(fixture.context, editor, id, day("2026-11-19")).wait());
  CHECK(has("2026-10-15/2026-10-15"));
  CHECK(has("2026-11-19/2026-11-19"));
  CHECK(waiting().size() == before);
}
