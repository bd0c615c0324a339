#include "notify/planner.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::notify {
namespace {

constexpr std::size_t message_id_digits = 32;

// What a rule is applied to: the event itself, or one occurrence of a recurring one.
struct Span {
  std::string occurrence;
  Date first, last;
  std::optional<TimeOfDay> time;
};

// A series may have begun long ago; what was due so far back is settled and not planned again.
constexpr int days_looked_back = 366;

Date first_to_plan(const Event& event, Instant now) {
  const Date first = *event.period.first;
  if (now < Instant{to_days(first)}) return first;
  return std::max(first, add_days(civil_date(now, zone_of(event)), -days_looked_back));
}

// A day that is cancelled or taken out of the series asks for nothing; a moved one speaks of its new day.
std::vector<Span> spans_of_series(const Event& event, Instant now) {
  std::vector<Span> spans;
  Date from = first_to_plan(event, now), to = *event.period.last;
  for (const auto& change : event.overrides) {
    if (!change.date) continue;
    if (change.day >= from) from = std::min(from, *change.date);
    to = std::max(to, *change.date);
  }
  for (const auto& one : calendar::event_occurrences(event, from, to))
    if (!one.cancelled)
      spans.push_back({one.key + "/" + format_iso(one.last), one.first, one.last, one.time});
  return spans;
}

std::vector<Span> spans_of(const Event& event, Instant now) {
  const Period& period = event.period;
  if (period.precision == Precision::recurring) return spans_of_series(event, now);
  std::string name = format_iso(*period.first);
  if (*period.last != *period.first) name += "/" + format_iso(*period.last);
  return {{std::move(name), *period.first, *period.last, period.time}};
}

Instant end_of(Date day, const std::string& zone) {
  return to_instant(add_days(day, 1), TimeOfDay{0}, zone);
}

Instant expiry(const Rule& rule, const Span& span, const std::string& zone) {
  if (rule.asks_for_date || rule.anchor == Anchor::end) return end_of(span.last, zone);
  if (span.time) return to_instant(span.first, *span.time, zone);
  return end_of(span.first, zone);
}

}  // namespace

std::string zone_of(const Event& event) {
  return check_zone(event.zone) ? event.zone : std::string("UTC");
}

std::string stable_message_id(std::string_view event_uid, const ReminderKey& key, std::string_view domain) {
  std::string text(event_uid);
  for (const auto& part : {key.occurrence, key.rule, key.recipient}) text += "\n" + part;
  return "<" + sha256_hex(text).substr(0, message_id_digits) + "@" + std::string(domain) + ">";
}

std::optional<Date> last_day_of(const ReminderKey& key) {
  const auto slash = key.occurrence.rfind('/');
  const auto day =
      parse_iso_date(slash == std::string::npos ? key.occurrence : key.occurrence.substr(slash + 1));
  return day ? std::optional<Date>(*day) : std::nullopt;
}

std::vector<Reminder> plan_reminders(const Event& event, const std::vector<std::string>& recipients,
                                     const RuleSet& set, Instant now) {
  std::vector<Reminder> planned;
  if (event.source) return planned;  // a neighbour's: nobody here answers for it
  const auto rules = rules_for(event, set);
  if (rules.empty() || recipients.empty()) return planned;
  const std::string zone = zone_of(event);
  for (const auto& span : spans_of(event, now)) {
    for (const auto& rule : rules) {
      const Date anchor = rule.anchor == Anchor::start ? span.first : span.last;
      const Instant due = to_instant(add_days(anchor, -static_cast<int>(rule.before.count())), rule.at, zone);
      for (const auto& recipient : recipients) {
        Reminder reminder;
        reminder.key = {event.id, span.occurrence, rule.id, recipient};
        reminder.reason = reason_of(rule, event);
        reminder.due = due;
        reminder.expires = expiry(rule, span, zone);
        reminder.event_sequence = event.sequence;
        reminder.message_id = stable_message_id(event.uid, reminder.key, set.message_domain);
        if (due < now) {
          reminder.state = ReminderState::missed;
          reminder.settled = now;
        }
        planned.push_back(std::move(reminder));
      }
    }
  }
  std::stable_sort(planned.begin(), planned.end(),
                   [](const Reminder& a, const Reminder& b) { return a.due < b.due; });
  return planned;
}

}  // namespace convoke::notify
