#include "calendar/vtimezone.hpp"

#include "calendar/ical_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <vector>

namespace convoke::calendar {
namespace {

// The compiled tz database lists each change up to here; of later years it holds a rule, which date-tz does
// not read.
constexpr std::chrono::sys_seconds last_known = std::chrono::sys_days{make_date(2037, 12, 31)};
// Enough years before that to tell "the last Sunday" from "the fourth".
constexpr std::chrono::sys_seconds last_sample_start = std::chrono::sys_days{make_date(2028, 1, 1)};
constexpr int rule_epoch = 1970;

struct Change {
  CivilTime at;  // local, by the offset before
  std::chrono::seconds before, after;
  std::string abbreviation;
};

// Every year on the `nth` (-1: last) `weekday` of `month`.
struct YearlyRule {
  std::chrono::month month;
  std::chrono::weekday weekday;
  int nth;
  std::chrono::seconds time, before, after;
  std::string abbreviation;

  bool operator==(const YearlyRule&) const = default;

  CivilTime in(std::chrono::year year) const {
    const Date day = nth < 0 ? Date{year / month / weekday[std::chrono::last]}
                             : Date{year / month / weekday[static_cast<unsigned>(nth)]};
    return {day, time};
  }
};

std::vector<Change> changes_between(std::string_view zone, Instant from, Instant to) {
  const auto offsets = zone_offsets(zone, from, to);
  std::vector<Change> changes;
  for (std::size_t i = 1; i < offsets.size(); ++i) {
    const auto& before = offsets[i - 1];
    const auto& after = offsets[i];
    if (before.offset == after.offset) continue;  // only the name changed
    const auto local = std::chrono::sys_seconds{after.begins.time_since_epoch() + before.offset};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    changes.push_back({{Date{day}, local - day}, before.offset, after.offset, after.abbreviation});
  }
  return changes;
}

bool is_in_last_week(Date date) {
  return date.month() != add_days(date, 7).month();
}

YearlyRule rule_of(const Change& change, bool last_week) {
  const auto day = static_cast<unsigned>(change.at.date.day());
  return {change.at.date.month(),
          weekday_of(change.at.date),
          last_week ? -1 : static_cast<int>((day - 1) / 7 + 1),
          change.at.time,
          change.before,
          change.after,
          change.abbreviation};
}

// The two rules by which the clocks change, or nothing when `changes` follow no such pair.
std::optional<std::array<YearlyRule, 2>> yearly_rules(const std::vector<Change>& changes) {
  if (changes.size() < 4) return std::nullopt;
  std::array<std::optional<YearlyRule>, 2> rules;
  for (std::size_t side = 0; side < 2; ++side) {
    bool last_week = true;
    for (std::size_t i = side; i < changes.size(); i += 2)
      last_week = last_week && is_in_last_week(changes[i].at.date);
    for (std::size_t i = side; i < changes.size(); i += 2) {
      const auto rule = rule_of(changes[i], last_week);
      if (rule.nth == 5 || (rules[side] && *rules[side] != rule)) return std::nullopt;
      rules[side] = rule;
      const auto first_year_of_side = changes[side].at.date.year();
      if (changes[i].at.date.year() != first_year_of_side + std::chrono::years{static_cast<int>(i / 2)})
        return std::nullopt;
    }
  }
  return std::array<YearlyRule, 2>{*rules[0], *rules[1]};
}

std::string ical_offset(std::chrono::seconds offset) {
  const auto value = std::abs(offset.count());
  const auto text =
      fmt::format("{}{:02}{:02}", offset.count() < 0 ? '-' : '+', value / 3600, value / 60 % 60);
  return value % 60 == 0 ? text : fmt::format("{}{:02}", text, value % 60);
}

std::string ical_local(CivilTime at) {
  const std::chrono::hh_mm_ss time{at.time};
  return fmt::format("{}T{:02}{:02}{:02}", ical_date(at.date), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::string rrule_of(const YearlyRule& rule) {
  static constexpr std::array<std::string_view, 7> days = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  return fmt::format("FREQ=YEARLY;BYMONTH={};BYDAY={}{}", static_cast<unsigned>(rule.month), rule.nth,
                     days.at(rule.weekday.c_encoding()));
}

struct Observance {
  bool daylight = false;
  CivilTime start;
  std::string rrule;
  std::chrono::seconds before, after;
  std::string abbreviation;
};

void write(IcalLines& lines, const Observance& observance) {
  const std::string_view name = observance.daylight ? "DAYLIGHT" : "STANDARD";
  lines.add("BEGIN", name);
  lines.add("DTSTART", ical_local(observance.start));
  if (!observance.rrule.empty()) lines.add("RRULE", observance.rrule);
  lines.add("TZOFFSETFROM", ical_offset(observance.before));
  lines.add("TZOFFSETTO", ical_offset(observance.after));
  lines.add_line("TZNAME", observance.abbreviation);
  lines.add("END", name);
}

constexpr CivilTime epoch() {
  return {make_date(rule_epoch, 1, 1), std::chrono::seconds{0}};
}

// Every change is one of the larger offset (summer) or of the smaller; Dublin's "negative" daylight time too.
std::vector<Observance> by_rules(const std::array<YearlyRule, 2>& rules) {
  std::vector<Observance> out;
  for (const auto& rule : rules)
    out.push_back({rule.after > rule.before, rule.in(std::chrono::year{rule_epoch}), rrule_of(rule),
                   rule.before, rule.after, rule.abbreviation});
  if (out[0].daylight && !out[1].daylight) std::swap(out[0], out[1]);
  return out;
}

std::vector<Observance> by_history(std::string_view zone, Instant from, const std::vector<Change>& changes) {
  const auto first = zone_offsets(zone, from, from).front();
  const CivilTime day_before{add_days(civil_date(from, zone), -1), std::chrono::seconds{0}};
  std::vector<Observance> out;
  out.push_back({false, std::min(epoch(), day_before), "", first.offset, first.offset, first.abbreviation});
  for (const auto& change : changes)
    out.push_back(
        {change.after > change.before, change.at, "", change.before, change.after, change.abbreviation});
  return out;
}

}  // namespace

bool is_utc(std::string_view zone) {
  return zone == "UTC" || zone == "Etc/UTC";
}

std::string render_vtimezone(std::string_view zone, Instant from, Instant to) {
  to = std::max(from, to);
  // Whether the rules of the years after `to` hold over the whole time decides the form.
  const auto changes = changes_between(zone, std::min(from, last_sample_start), std::max(to, last_known));
  const auto rules = yearly_rules(changes);
  IcalLines lines;
  lines.add("BEGIN", "VTIMEZONE");
  lines.add_line("TZID", zone);
  std::vector<Observance> observances;
  if (rules)
    observances = by_rules(*rules);
  else
    observances = by_history(zone, from, changes.empty() ? changes : changes_between(zone, from, to));
  for (const auto& observance : observances) write(lines, observance);
  lines.add("END", "VTIMEZONE");
  return std::move(lines).text();
}

}  // namespace convoke::calendar
