#include "notify/planner.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/holidays.hpp"
#include "notify/recipients.hpp"
#include "notify/send_time.hpp"

#include <algorithm>
#include <map>

namespace convoke::notify {
namespace {

constexpr std::size_t message_id_digits = 32;

// What a rule is applied to: the event itself, or one occurrence of a recurring one.
struct Span {
  std::string name;        // of the reminder's key
  std::string occurrence;  // of answers: "" for an event that does not repeat
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

// "2024-Q4/2024-12-31". A day of a series that was moved reads "2024-11-14//2024-11-20", lest it look like a
// period.
std::string name_of_series_day(const calendar::EventOccurrence& one) {
  const std::string last = format_iso(one.last);
  const bool reads_as_period = one.key != last && parse_iso_date(one.key);
  return one.key + (reads_as_period ? "//" : "/") + last;
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
    if (!one.cancelled) spans.push_back({name_of_series_day(one), one.key, one.first, one.last, one.time});
  return spans;
}

std::vector<Span> spans_of(const Event& event, Instant now) {
  const Period& period = event.period;
  if (period.precision == Precision::recurring) return spans_of_series(event, now);
  std::string name = format_iso(*period.first);
  if (*period.last != *period.first) name += "/" + format_iso(*period.last);
  return {{std::move(name), "", *period.first, *period.last, period.time}};
}

Date anchor_of(const ReminderRule& rule, const Span& span) {
  if (rule.anchor == Anchor::start) return span.first;
  if (rule.anchor == Anchor::end) return span.last;
  return add_days(span.first, static_cast<int>((to_days(span.last) - to_days(span.first)).count() / 2));
}

Instant end_of(Date day, const std::string& zone) {
  return to_instant(add_days(day, 1), TimeOfDay{0}, zone);
}

Instant expiry(const ReminderRule& rule, ReminderReason reason, const Span& span, Instant due,
               const std::string& zone) {
  if (reason == ReminderReason::overdue) return due + overdue_is_fresh;
  const bool whole_period = reason == ReminderReason::fix_date || reason == ReminderReason::check_in;
  if (whole_period || reason == ReminderReason::deadline || rule.anchor == Anchor::end) {
    const bool takes_place = reason == ReminderReason::upcoming && span.first == span.last && span.time;
    return takes_place ? to_instant(span.first, *span.time, zone) : end_of(span.last, zone);
  }
  if (span.time) return to_instant(span.first, *span.time, zone);
  return end_of(span.first, zone);
}

// A meeting "every third Thursday" is not due, it takes place.
ReminderReason reason_of(const ReminderRule& rule, const Event& event, const Span& span) {
  const bool takes_place = event.period.precision == Precision::recurring && !event.period.deadline &&
                           !is_work(event.kind) && span.first == span.last;
  return rule.reason == ReminderReason::deadline && takes_place ? ReminderReason::upcoming : rule.reason;
}

std::vector<std::string> told_by(const ReminderRule& rule, const std::vector<std::string>& responsible) {
  if (rule.tells == Tells::section_head) return {std::string(section_head_key)};
  if (rule.tells == Tells::chair) return {std::string(chair_key)};
  return responsible;
}

// A rule with the time it leaves at, for one span.
struct Sending {
  const ReminderRule* rule;
  SendTime when;
};

// Of those that days off put on one day for the same reader, the one whose own day is the latest. Two that an
// organiser put on one day on purpose both stay.
void drop_collapsed(std::vector<Sending>& sendings) {
  std::map<std::pair<Tells, Date>, Date> latest;
  for (const auto& one : sendings) {
    auto& day = latest.try_emplace({one.rule->tells, one.when.day}, one.when.wanted).first->second;
    day = std::max(day, one.when.wanted);
  }
  std::erase_if(sendings, [&](const Sending& one) {
    return one.when.wanted < latest.at({one.rule->tells, one.when.day});
  });
}

class Plan {
 public:
  Plan(const Event& event, const std::vector<std::string>& recipients, const ReminderRules& set, Instant now,
       const Planning& planning)
      : event_(event),
        recipients_(recipients),
        set_(set),
        now_(now),
        planning_(planning),
        zone_(zone_of(event)),
        week_{planning.days_off ? *planning.days_off : calendar::built_in_days_off(),
              country_of(set, event)} {}

  void add(const Span& span, Applies applies) {
    std::vector<Sending> sendings;
    for (const auto& rule : set_.rules)
      if (rule.applies_to == applies)
        sendings.push_back({&rule, send_time(rule, anchor_of(rule, span), set_, week_)});
    drop_collapsed(sendings);
    for (const auto& one : sendings) add(span, one);
  }

  std::vector<Reminder> take() {
    std::stable_sort(planned_.begin(), planned_.end(),
                     [](const Reminder& a, const Reminder& b) { return a.due < b.due; });
    return std::move(planned_);
  }

 private:
  void add(const Span& span, const Sending& sending) {
    const Instant due = to_instant(sending.when.day, sending.when.at, zone_);
    const auto reason = reason_of(*sending.rule, event_, span);
    const Instant expires = expiry(*sending.rule, reason, span, due, zone_);
    if (expires <= due) return;
    for (const auto& recipient : told_by(*sending.rule, recipients_)) {
      Reminder reminder;
      reminder.key = {event_.id, span.name, sending.rule->id, recipient};
      reminder.reason = reason;
      reminder.due = due;
      reminder.expires = expires;
      reminder.event_sequence = event_.sequence;
      reminder.message_id = stable_message_id(event_.uid, reminder.key, planning_.message_domain);
      if (due < now_) {
        reminder.state = ReminderState::missed;
        reminder.settled = now_;
      }
      planned_.push_back(std::move(reminder));
    }
  }

  const Event& event_;
  const std::vector<std::string>& recipients_;
  const ReminderRules& set_;
  const Instant now_;
  const Planning& planning_;
  const std::string zone_;
  const calendar::WorkingWeek week_;
  std::vector<Reminder> planned_;
};

}  // namespace

std::string zone_of(const Event& event) {
  return check_zone(event.zone) ? event.zone : std::string("UTC");
}

std::string_view country_of(const ReminderRules& rules, const Event& event) {
  return rules.country.empty() ? calendar::country_of_zone(event.zone) : std::string_view(rules.country);
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

std::string occurrence_of(const ReminderKey& key) {
  const auto slash = key.occurrence.rfind('/');
  if (slash == std::string::npos) return {};
  std::string series = key.occurrence.substr(0, slash);
  if (series.ends_with('/')) {
    series.pop_back();
    return series;
  }
  const bool is_period = parse_iso_date(series) && series != key.occurrence.substr(slash + 1);
  return is_period ? std::string() : series;
}

std::vector<Reminder> plan_reminders(const Event& event, const std::vector<std::string>& recipients,
                                     const ReminderRules& set, Instant now, const Planning& planning,
                                     const std::vector<std::string>& closed) {
  const auto applies = applies_to(event);
  if (!applies) return {};
  Plan plan(event, recipients, set, now, planning);
  for (const auto& span : spans_of(event, now))
    if (std::find(closed.begin(), closed.end(), span.occurrence) == closed.end()) plan.add(span, *applies);
  return plan.take();
}

}  // namespace convoke::notify
