#include "service/row_changes.hpp"

#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "documents/kinds.hpp"
#include "documents/levels.hpp"
#include "documents/responsible.hpp"
#include "service/checked_text.hpp"
#include "service/events.hpp"
#include "service/occurrence_changes.hpp"
#include "service/periods.hpp"

#include <algorithm>
#include <array>

namespace convoke::service {
namespace {

struct FieldRule {
  const char* name;
  std::string RowFields::*field;
  std::size_t limit;
  bool one_line;
};
constexpr std::array rules = {
    FieldRule{"section", &RowFields::section, longest_title, true},
    FieldRule{"number", &RowFields::number, longest_number, true},
    FieldRule{"title", &RowFields::title, longest_title, true},
    FieldRule{"period", &RowFields::period, longest_period_cell, true},
    FieldRule{"responsible", &RowFields::responsible, longest_responsible, false},
    FieldRule{"place", &RowFields::place, longest_title, true},
    FieldRule{"note", &RowFields::note, longest_text, false},
};

RowFields cleaned(RowFields fields) {
  for (const auto& rule : rules) {
    auto& text = fields.*rule.field;
    text = to_nfc(trim(strip_controls(text)));
    if (rule.one_line) text = collapse_spaces(text);
  }
  return fields;
}

void set_period(Event& event, const Event& before, const std::string& text, const Plan& plan) {
  auto reading = understand_period(text, plan.language, plan.year);
  event.period = std::move(reading.period);
  event.period.source_text = text;
  if (event.place.empty()) event.place = reading.place;
  event.status = status_after(before, event.period);
  keep_exceptions(before, event);
}

Date by_months(Date day, int months) {
  const auto moved = std::chrono::year_month_day{day.year() / day.month() / 1} + std::chrono::months{months};
  const Date last = last_of_month(moved);
  // The end of a month stays the end of one.
  if (day == last_of_month(day)) return last;
  return moved.year() / moved.month() / std::min(day.day(), last.day());
}

bool can_shift(const Period& period) {
  switch (period.precision) {
    case Precision::exact_time:
    case Precision::exact_date:
    case Precision::date_range:
    case Precision::month:
    case Precision::month_range:
      return period.has_dates();
    default:
      return false;
  }
}

std::optional<Event> shifted(const Event& before, int months, const Plan& plan) {
  if (!is_open(before.status) || !can_shift(before.period)) return std::nullopt;
  Event event = before;
  Period& period = event.period;
  const bool day = period.is_dated();
  period.first = by_months(*period.first, months);
  period.last = day ? *period.first : by_months(*period.last, months);
  period.source_text.clear();
  const auto text = day && !period.deadline
                        ? period_as_typed(period, plan.language)
                        : calendar::format_period(period, language_of(plan.language).value_or(Language::ru));
  period.source_text = text;
  event.status = status_after(before, period);
  return event;
}

std::optional<Event> done(const Event& before, bool is_done) {
  const bool series = before.period.precision == Precision::recurring;
  if (series || before.status == EventStatus::cancelled) return std::nullopt;
  if (is_done == (before.status == EventStatus::held)) return std::nullopt;
  Event event = before;
  const bool has_day = before.period.is_dated() || before.period.precision == Precision::date_range;
  event.status = is_done ? EventStatus::held : has_day ? EventStatus::dated : EventStatus::planned;
  return event;
}

}  // namespace

std::vector<RowProblem> row_problems(const RowFields& fields) {
  std::vector<RowProblem> problems;
  for (const auto& rule : rules) {
    const auto checked = checked_text(fields.*rule.field, rule.limit, rule.name);
    if (checked) continue;
    const bool too_long = checked.error().code == Errc::limit_exceeded;
    problems.push_back({rule.name, too_long ? RowFault::too_long : RowFault::not_text});
  }
  if (collapse_spaces(fields.title).empty()) problems.push_back({"title", RowFault::missing});
  return problems;
}

std::optional<RowProblem> check_row(const RowFields& fields) {
  auto problems = row_problems(fields);
  if (problems.empty()) return std::nullopt;
  return std::move(problems.front());
}

void set_responsible(Event& event, const std::string& text) {
  const auto known = event.responsible;
  event.responsible_text = text;
  event.responsible = documents::read_responsible(text).people;
  for (auto& who : event.responsible)
    for (const auto& one : known)
      if (!who.name.empty() && who.name == one.name) who.person = one.person;
}

Result<Event> row_with(const Event& before, const RowFields& typed, const Plan& plan) {
  if (const auto problem = check_row(typed))
    return Error{Errc::invalid_input, "the field \"" + problem->field + "\" of the row cannot be used"};
  const RowFields fields = cleaned(typed);
  const RowFields was = row_fields(before, plan.language);
  Event event = before;
  event.section = fields.section;
  event.number = fields.number;
  event.title = fields.title;
  event.place = fields.place;
  event.note = fields.note;
  if (fields.period != was.period) set_period(event, before, fields.period, plan);
  if (fields.responsible != was.responsible) set_responsible(event, fields.responsible);
  if (fields.kind) {
    event.kind = *fields.kind;
  } else {
    event.kind = documents::kind_of(event.title, event.section, event.period);
  }
  if (event.title != before.title) {
    event.involvement = documents::involvement_of_title(event.title);
    event.level = documents::level_of_title(event.title);
  }
  return event;
}

std::string zone_of_new_row(const Plan& plan, const Event* first, const std::string& fallback) {
  if (!plan.zone.empty()) return plan.zone;
  return first != nullptr && !first->zone.empty() ? first->zone : fallback;
}

std::optional<Event> row_after(const Event& before, const RowsChange& change, const Plan& plan) {
  Event event = before;
  switch (change.what) {
    case RowsChange::What::responsible:
      set_responsible(event, collapse_spaces(change.responsible));
      return event;
    case RowsChange::What::kind:
      event.kind = change.kind;
      return event;
    case RowsChange::What::done:
      return done(before, true);
    case RowsChange::What::not_done:
      return done(before, false);
    case RowsChange::What::shift:
      return shifted(before, change.months, plan);
    case RowsChange::What::remove:
      break;
  }
  return std::nullopt;
}

}  // namespace convoke::service
