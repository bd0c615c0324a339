#include "notify/planner.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "calendar/occurrences.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::notify {
namespace {

constexpr std::size_t message_id_digits = 32;

// What a rule is applied to: the event itself, or one occurrence of a recurring one.
struct Span {
  std::string occurrence;
  Date first, last;
};

std::vector<Span> spans_of(const Event& event) {
  const Period& period = event.period;
  if (period.precision == Precision::recurring) {
    std::vector<Span> spans;
    for (const auto& one : calendar::occurrences(period, *period.first, *period.last))
      spans.push_back({one.key + "/" + format_iso(one.last), one.first, one.last});
    return spans;
  }
  std::string name = format_iso(*period.first);
  if (*period.last != *period.first) name += "/" + format_iso(*period.last);
  return {{std::move(name), *period.first, *period.last}};
}

Instant end_of(Date day, const std::string& zone) {
  return to_instant(add_days(day, 1), TimeOfDay{0}, zone);
}

Instant expiry(const Event& event, const Rule& rule, const Span& span, const std::string& zone) {
  if (rule.asks_for_date || rule.anchor == Anchor::end) return end_of(span.last, zone);
  if (event.period.time) return to_instant(span.first, *event.period.time, zone);
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
  const auto rules = rules_for(event, set);
  if (rules.empty() || recipients.empty()) return planned;
  const std::string zone = zone_of(event);
  for (const auto& span : spans_of(event)) {
    for (const auto& rule : rules) {
      const Date anchor = rule.anchor == Anchor::start ? span.first : span.last;
      const Instant due = to_instant(add_days(anchor, -static_cast<int>(rule.before.count())), rule.at, zone);
      for (const auto& recipient : recipients) {
        Reminder reminder;
        reminder.key = {event.id, span.occurrence, rule.id, recipient};
        reminder.reason = reason_of(rule, event);
        reminder.due = due;
        reminder.expires = expiry(event, rule, span, zone);
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
