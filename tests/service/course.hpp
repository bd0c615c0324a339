// A weekly course, and what is done to its days.
#pragma once

#include "db/store.hpp"
#include "service/events.hpp"
#include "service/occurrence_changes.hpp"
#include "tests/service/fixture.hpp"

namespace convoke::service::testing {

inline Date day(std::string_view text) {
  return parse_iso_date(text).value();
}

struct Course : Fixture {
  Event event;

  Course()
      : Course("щочетверга з 3 вересня до 26 листопада 2026", std::chrono::hours{17},
               std::chrono::minutes{18 * 60 + 30}) {}
  Course(const char* period, std::optional<TimeOfDay> time, std::optional<TimeOfDay> end_time) {
    NewEvent wanted;
    wanted.title = "Курс «Цифрова бібліотека»";
    wanted.kind = EventKind::training;
    wanted.details.period = period;
    wanted.details.time = time;
    wanted.details.end_time = end_time;
    auto created = create_event(context, editor, wanted).wait();
    if (!created) FAIL(created.error().message);
    event = *created;
  }

  Result<Event> change(std::string_view which, OccurrenceChange wanted) {
    return change_occurrence(context, editor, event.id, day(which), std::move(wanted)).wait();
  }
  Result<Event> cancel(std::string_view which) {
    OccurrenceChange wanted;
    wanted.cancelled = true;
    return change(which, wanted);
  }
  Result<Event> move(std::string_view which, std::string_view to) {
    OccurrenceChange wanted;
    wanted.date.emplace(day(to));
    return change(which, wanted);
  }
  Result<Event> correct(EventChange wanted) {
    return change_event(context, editor, event.id, std::move(wanted)).wait();
  }
  Event stored() {
    const auto id = event.id;
    return context.store.read([id](db::Unit& unit) { return unit.events().find(id); }).wait().value().value();
  }
};

}  // namespace convoke::service::testing
