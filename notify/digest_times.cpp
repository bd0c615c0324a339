#include "notify/digest_times.hpp"

#include "base/time_zone.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <charconv>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view subscriber_prefix = "subscriber:";
// After so long a gathered mail speaks of yesterday's state; the next one has it all.
constexpr std::chrono::hours daily_is_fresh{20}, weekly_is_fresh{5 * 24};

std::string known_zone(std::string_view zone) {
  return check_zone(zone) ? std::string(zone) : std::string("UTC");
}

Reminder row_of(ReminderKey key, ReminderReason reason, Instant due, std::chrono::hours fresh,
                std::string_view message_domain) {
  Reminder row;
  row.key = std::move(key);
  row.reason = reason;
  row.due = due;
  row.expires = due + fresh;
  row.message_id = stable_message_id(name_of(reason), row.key, message_domain);
  return row;
}

template<class Id>
std::optional<Id> number_in(std::string_view digits) {
  Id id;
  const auto end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

}  // namespace

Instant next_digest(MailRhythm rhythm, Instant after, std::string_view zone) {
  const std::string local = known_zone(zone);
  Date day = civil_date(after, local);
  for (;; day = add_days(day, 1)) {
    if (rhythm == MailRhythm::weekly && weekday_of(day) != std::chrono::Monday) continue;
    const Instant at = to_instant(day, digest_time, local);
    if (at > after) return at;
  }
}

Reminder digest_row(std::string_view recipient, MailRhythm rhythm, Instant now, std::string_view zone,
                    std::string_view message_domain) {
  const bool weekly = rhythm == MailRhythm::weekly;
  const Instant due = next_digest(rhythm, now, zone);
  return row_of({EventId{}, format_iso(civil_date(due, known_zone(zone))),
                 std::string(weekly ? weekly_rule : daily_rule), std::string(recipient)},
                ReminderReason::digest, due, weekly ? weekly_is_fresh : daily_is_fresh, message_domain);
}

Reminder together_row(std::string_view recipient, Instant due, std::string_view message_domain) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(due);
  return row_of({EventId{}, format_iso(Instant{minute}), std::string(together_rule), std::string(recipient)},
                ReminderReason::digest, minute, daily_is_fresh, message_domain);
}

Reminder overview_row(OrganisationId organisation, Instant now, std::string_view zone,
                      std::string_view message_domain) {
  const Instant due = next_digest(MailRhythm::weekly, now, zone);
  const auto day = format_iso(civil_date(due, known_zone(zone)));
  return row_of({EventId{}, day + "/" + std::to_string(organisation.value), std::string(overview_rule),
                 std::string(chair_key)},
                ReminderReason::overview, due, weekly_is_fresh, message_domain);
}

std::optional<OrganisationId> organisation_of_overview(const ReminderKey& key) {
  const auto slash = key.occurrence.find('/');
  if (key.rule != overview_rule || slash == std::string::npos) return std::nullopt;
  return number_in<OrganisationId>(std::string_view(key.occurrence).substr(slash + 1));
}

Reminder changes_row(const Subscriber& subscriber, Instant due, std::string_view message_domain) {
  const bool weekly = subscriber.rhythm == MailRhythm::weekly;
  return row_of({EventId{}, format_iso(due), std::string(changes_rule), subscriber_key(subscriber.id)},
                ReminderReason::changes, due, weekly ? weekly_is_fresh : daily_is_fresh, message_domain);
}

std::string subscriber_key(SubscriberId subscriber) {
  return std::string(subscriber_prefix) + std::to_string(subscriber.value);
}

std::optional<SubscriberId> subscriber_of_key(std::string_view key) {
  if (!key.starts_with(subscriber_prefix)) return std::nullopt;
  return number_in<SubscriberId>(key.substr(subscriber_prefix.size()));
}

std::string domain_of(std::string_view message_id) {
  const auto at = message_id.rfind('@');
  if (at == std::string_view::npos || !message_id.ends_with('>')) return "convoke.invalid";
  return std::string(message_id.substr(at + 1, message_id.size() - at - 2));
}

}  // namespace convoke::notify
