#include "service/next_year.hpp"

#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "calendar/period_grammar.hpp"
#include "service/intake_check.hpp"
#include "service/presentation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::service {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string dotted(Date day) {
  return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                     static_cast<int>(day.year()));
}

// The day a year later that is the same day of its month; 29 February becomes the 28th.
Date same_day_next_year(Date day) {
  const auto later = std::chrono::year_month_day{day.year() + std::chrono::years{1}, day.month(), day.day()};
  return later.ok() ? Date{later} : Date{later.year() / later.month() / std::chrono::last};
}

// What a plan of next year would say of the period; empty when only the old words can say it.
std::string next_words(const Event& event, const Plan& plan, bool fixed_day) {
  const Period& period = event.period;
  if (!fixed_day) {
    if (!period.source_text.empty()) return a_year_later(period.source_text);
    if (!period.has_dates()) return {};
    Period later = period;
    later.first = same_day_next_year(*period.first);
    later.last = same_day_next_year(*period.last);
    return calendar::format_period(later, language_of(plan.language).value_or(Language::uk));
  }
  const Date first = same_weekday_next_year(*period.first);
  std::string words = dotted(first);
  if (period.precision == Precision::date_range) {
    const auto days = (to_days(*period.last) - to_days(*period.first)).count();
    words += "-" + dotted(add_days(first, static_cast<int>(days)));
  }
  if (period.time) words += ", " + format_iso(*period.time);
  if (period.time && period.end_time) words += "–" + format_iso(*period.end_time);
  return words;
}

void move_period(const Event& before, const Plan& plan, const Plan& next, DraftRow& row) {
  const Period& old = before.period;
  const bool has_day = old.is_dated() || old.precision == Precision::date_range;
  // A day that people fixed since is this year's: next year's plan names the month again. A deadline is a
  // day of the calendar, not of the week.
  const bool fixed_day = has_day && !old.deadline && old.has_dates() &&
                         (old.source_text.empty() || !was_fixed_later(before, plan));
  const std::string words = next_words(before, plan, fixed_day);
  auto reading = words.empty() ? PeriodReading{} : calendar::read_period(words, next.language, next.year);
  auto& event = row.item.event;
  event.period = std::move(reading.period);
  event.period.source_text = words;
  const std::string said =
      old.source_text.empty() && old.has_dates() ? format_iso(*old.first) : old.source_text;
  if (fixed_day && event.period.has_dates())
    row.item.warnings.push_back("period: this year it is " + format_iso(*old.first) +
                                "; the same weekday of that week was taken");
  else if (event.period.precision == Precision::none && old.precision != Precision::none)
    row.item.warnings.push_back("period: last year it said \"" + said + "\"; no date could be made of it");
}

bool names_anniversary(std::string_view title) {
  const std::string folded = fold(title);
  constexpr std::array<std::string_view, 6> words = {"річч",  "летию", "летие",
                                                     "летия", "годдз", "anniversary"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

DraftRow next_row(const Event& event, const Plan& plan, const Plan& next, int key) {
  DraftRow row;
  row.key = key;
  auto& later = row.item.event;
  later.section = a_year_later(event.section);
  later.number = event.number;
  later.title = a_year_later(event.title);
  if (const auto edition = next_edition(later.title)) {
    row.item.warnings.push_back("edition: it was \"" + ellipsize(event.title, 80) + "\"");
    later.title = *edition;
  }
  if (names_anniversary(event.title))
    row.item.warnings.push_back("title: an anniversary is named; it may be over");
  later.kind = event.kind;
  later.involvement = event.involvement;
  later.zone = event.zone;
  later.place = event.place;
  later.note = event.note;
  later.responsible_text = event.responsible_text;
  later.responsible = event.responsible;
  later.agenda = event.agenda;
  later.level = event.level;
  later.audience = event.audience;
  move_period(event, plan, next, row);
  later.status = later.period.is_dated() ? EventStatus::dated : EventStatus::planned;
  row.left_out = event.status == EventStatus::cancelled;
  std::vector<std::string> cells = {event.number, event.title, event.period.source_text,
                                    event.responsible_text};
  std::erase(cells, "");
  row.item.raw = join(cells, " | ");
  return row;
}

}  // namespace

std::string a_year_later(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == at) {
      out += text[at++];
      continue;
    }
    const auto digits = text.substr(at, end - at);
    const int value = digits.size() <= 4 ? std::stoi(std::string(digits)) : 0;
    if (digits.size() == 4 && value >= 1990 && value < 2100)
      out += std::to_string(value + 1);
    else if (digits.size() == 2 && out.size() >= 5 && out.back() == '/' &&
             std::all_of(out.end() - 5, out.end() - 1, is_digit) &&
             (out.end()[-5] == '1' || out.end()[-5] == '2') &&
             std::stoi(out.substr(out.size() - 3, 2)) == value % 100)
      out += fmt::format("{:02}", (value + 1) % 100);  // the second year of "2024/25"
    else
      out += digits;
    at = end;
  }
  return out;
}

PlanContext a_year_later(const PlanContext& year) {
  PlanContext later = year;
  const bool whole_month = year.kind == YearKind::month;
  later.first = same_day_next_year(year.first);
  later.last = same_day_next_year(year.last);
  if (whole_month) later.last = later.last.year() / later.last.month() / std::chrono::last;
  return later;
}

Date same_weekday_next_year(Date day) {
  const auto nth = (static_cast<unsigned>(day.day()) - 1) / 7 + 1;
  const auto year = day.year() + std::chrono::years{1};
  const auto weekday = weekday_of(day);
  const auto wanted = std::chrono::year_month_weekday{year, day.month(), weekday[nth]};
  if (wanted.ok()) return Date{std::chrono::sys_days{wanted}};
  return Date{std::chrono::sys_days{year / day.month() / weekday[std::chrono::last]}};
}

IntakeDraft next_year_draft(const Plan& plan, const std::vector<Event>& events) {
  IntakeDraft draft;
  draft.made_from = plan.id;
  Plan& next = draft.plan;
  next.organisation = plan.organisation;
  next.organisation_name = plan.organisation_name;
  next.language = plan.language;
  next.title = a_year_later(plan.title);
  next.year = a_year_later(plan.year);
  for (auto approval : plan.approvals) {
    approval.date.reset();
    approval.act.clear();
    next.approvals.push_back(std::move(approval));
  }
  for (const auto& item : plan.preamble) next.preamble.push_back({item.caption, a_year_later(item.text)});
  for (const auto& event : events) {
    if (event.kind == EventKind::goal) continue;
    draft.rows.push_back(next_row(event, plan, next, ++draft.last_key));
  }
  return draft;
}

}  // namespace convoke::service
