#include "notify/hooks.hpp"

#include "base/log.hpp"
#include "base/time_zone.hpp"
#include "calendar/itip.hpp"
#include "notify/digest_times.hpp"
#include "notify/enqueue.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view prefix = "hook:", own_rule = "hook.";
constexpr std::array<std::string_view, 8> names = {
    "reminder",        "event.dated",  "event.moved",    "event.changed",
    "event.cancelled", "answer.given", "answer.decided", "test"};

std::string rule_of(Happening happening) {
  return std::string(own_rule) + std::string(name_of(happening));
}

// When the last day of the event is over; nothing without dates.
std::optional<Instant> end_of(const Event& event) {
  if (!event.period.has_dates()) return std::nullopt;
  Date last = *event.period.last;
  for (const auto& one : event.overrides) last = std::max(last, one.date.value_or(last));
  return to_instant(add_days(last, 1), TimeOfDay{0}, zone_of(event));
}

bool same_times(const Event& a, const Event& b) {
  const auto when = [](const Event& event) {
    Period period = event.period;
    period.source_text.clear();
    return period;
  };
  return when(a) == when(b) && std::tie(a.zone, a.overrides) == std::tie(b.zone, b.overrides);
}

std::optional<Happening> happening_between(const Event* before, const Event& after) {
  const bool was_open = before == nullptr || is_open(before->status);
  if (!is_open(after.status)) {
    const bool ends = after.status == EventStatus::cancelled && before != nullptr && was_open;
    return ends ? std::optional(Happening::cancelled) : std::nullopt;
  }
  const bool known = after.period.is_dated() || calendar::can_be_attended(after);
  const bool was_known =
      before != nullptr && was_open && (before->period.is_dated() || calendar::can_be_attended(*before));
  if (known && !was_known) return Happening::dated;
  if (before == nullptr) return std::nullopt;
  if (!same_times(*before, after)) return Happening::moved;
  const auto words = [](const Event& event) { return std::tie(event.title, event.place, event.online_url); };
  return words(*before) == words(after) ? std::nullopt : std::optional(Happening::changed);
}

void queue_for(db::Unit& unit, const Event& event, Happening happening, const std::string& occurrence,
               const std::string& message_domain, Instant now) {
  for (const auto& hook : hooks_for(unit, event)) {
    Reminder row;
    row.key = {event.id, occurrence, rule_of(happening), hook_key(hook.id)};
    row.reason = ReminderReason::hook;
    row.due = now;
    row.expires = now + hook_patience;
    row.event_sequence = event.sequence;
    row.message_id = stable_message_id(event.uid, row.key, message_domain);
    enqueue(unit, std::move(row));
  }
}

}  // namespace

std::string hook_key(WebhookId hook) {
  return std::string(prefix) + std::to_string(hook.value);
}

std::optional<WebhookId> hook_of_key(std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto digits = key.substr(prefix.size());
  WebhookId id;
  const auto* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end || id.value <= 0) return std::nullopt;
  return id;
}

std::string_view name_of(Happening happening) {
  return names.at(static_cast<std::size_t>(happening));
}

Happening happening_of(const ReminderKey& key) {
  if (!key.rule.starts_with(own_rule)) return Happening::reminder;
  const auto found = std::ranges::find(names, std::string_view(key.rule).substr(own_rule.size()));
  return found == names.end() ? Happening::reminder : static_cast<Happening>(found - names.begin());
}

bool follows_ladder(const Reminder& row) {
  return row.reason == ReminderReason::hook && !row.key.rule.starts_with(own_rule);
}

std::vector<Webhook> hooks_for(db::Unit& unit, const Event& event) {
  if (event.source) return {};
  auto hooks = unit.webhooks().list();
  std::erase_if(
      hooks, [&](const Webhook& one) { return one.organisation && one.organisation != event.organisation; });
  return hooks;
}

std::vector<Reminder> hook_reminders(const std::vector<Webhook>& hooks,
                                     const std::vector<Reminder>& planned) {
  std::map<std::pair<std::string, std::string>, const Reminder*> steps;
  for (const auto& row : planned) {
    const Reminder*& first = steps[{row.key.occurrence, row.key.rule}];
    if (first == nullptr || row.due < first->due) first = &row;
  }
  std::vector<Reminder> rows;
  for (const auto& hook : hooks) {
    for (const auto& [step, first] : steps) {
      Reminder row = *first;
      row.reason = ReminderReason::hook;
      row.key.recipient = hook_key(hook.id);
      row.message_id = stable_message_id(first->message_id, row.key, domain_of(first->message_id));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

void tell_hooks_of_change(db::Unit& unit, const Event* before, const Event& after,
                          const std::string& message_domain, Instant now) {
  const auto happening = happening_between(before, after);
  if (!happening) return;
  const auto end = end_of(after);
  if (end && *end <= now) return;
  queue_for(unit, after, *happening, "sequence/" + std::to_string(after.sequence), message_domain, now);
}

void tell_hooks_of_answer(db::Unit& unit, const Event& event, const Answer& answer,
                          const std::string& message_domain, Instant now) {
  const auto happening = answer.decided ? Happening::decision : Happening::answer;
  queue_for(unit, event, happening, occurrence_of(answer.id), message_domain, now);
}

std::optional<ReminderId> queue_hook_test(db::Unit& unit, WebhookId hook, const std::string& message_domain,
                                          Instant now) {
  Reminder row;
  row.key = {EventId{}, format_iso(now), rule_of(Happening::test), hook_key(hook)};
  row.reason = ReminderReason::hook;
  row.due = now;
  row.expires = now + std::chrono::hours{1};
  row.message_id = stable_message_id("test", row.key, message_domain);
  if (!enqueue(unit, row)) return std::nullopt;  // asked for twice within a second
  db::ReminderSelection selection;
  selection.recipient = row.key.recipient;
  selection.due_from = now;
  for (const auto& one : unit.reminders().list(selection))
    if (one.key == row.key) return one.id;
  return std::nullopt;
}

void supersede_for(db::Unit& unit, WebhookId hook, Instant now) {
  db::ReminderSelection selection;
  selection.recipient = hook_key(hook);
  selection.limit = std::numeric_limits<int>::max();
  for (const auto state : {ReminderState::planned, ReminderState::retrying}) {
    selection.state = state;
    for (const auto& row : unit.reminders().list(selection)) unit.reminders().supersede(row.id, now);
  }
}

void end_if_gone(db::Unit& unit, const Reminder& failed, Instant now) {
  if (failed.reason != ReminderReason::hook || !failed.last_error.starts_with("410")) return;
  const auto hook = hook_of_key(failed.key.recipient);
  if (!hook || !unit.webhooks().remove(*hook, now)) return;
  supersede_for(unit, *hook, now);
  log::warning("webhook_gone", {{"id", hook->value}});
}

}  // namespace convoke::notify
