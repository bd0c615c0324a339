#include "notify/mails/undeliverable.hpp"

#include "base/time_zone.hpp"
#include "notify/digest_times.hpp"
#include "notify/enqueue.hpp"
#include "notify/event_mail_text.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <charconv>
#include <chrono>
#include <string_view>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view about = "reminder:";
constexpr std::chrono::hours of_use{24 * 7};

std::optional<ReminderId> subject_of(std::string_view occurrence) {
  if (!occurrence.starts_with(about)) return std::nullopt;
  const auto digits = occurrence.substr(about.size());
  ReminderId id;
  const auto* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

// Whom the mail was for, as far as that is known.
std::string failed_reader(const Composing& composing, const Reminder& failed, const Event& event) {
  const Date today = civil_date(composing.now, zone_of(event));
  const auto addressees = composing.book().resolve(failed.key.recipient, occasion_of(event, today));
  if (addressees.reached()) return addressees.to.front().person.name;
  return addressees.missed.empty() ? "" : addressees.missed.front().person.name;
}

// "post:рада" as people read it: "рада".
std::string row_name(const Reminder& failed) {
  const auto& key = failed.key.recipient;
  const auto colon = key.find(':');
  return colon == std::string::npos ? key : key.substr(colon + 1);
}

}  // namespace

void tell_undeliverable(db::Unit& unit, const Reminder& failed, Instant now) {
  if (failed.reason == ReminderReason::undeliverable || failed.reason == ReminderReason::hook) return;
  Reminder one;
  one.key.event = failed.key.event;
  one.key.occurrence = std::string(about) + std::to_string(failed.id.value);
  // A mail that was sent again by hand and failed again is told again.
  one.key.rule = "undeliverable." + std::to_string(failed.attempts);
  one.key.recipient = chair_key;
  one.reason = ReminderReason::undeliverable;
  one.due = now;
  one.expires = now + of_use;
  one.event_sequence = failed.event_sequence;
  one.message_id = stable_message_id(failed.message_id, one.key, domain_of(failed.message_id));
  enqueue(unit, one);
}

Composition compose_undeliverable(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = subject_of(row.key.occurrence);
  const auto failed = id ? composing.unit.reminders().find(*id) : std::nullopt;
  // Somebody has sent it again meanwhile.
  if (!failed || failed->state != ReminderState::failed)
    return Composition::dropped(ReminderState::superseded, "the mail is not failed any more");
  const auto event = composing.unit.events().find(row.key.event).value_or(Event{});
  auto reader = reader_of(composing, event);
  if (reader.instead) return std::move(*reader.instead);

  const auto copy = composing.unit.mail_log().copy(*id);
  const Language language = reader.person.language;
  auto settings = signed_by(composing, event);
  Undelivered undelivered;
  undelivered.who = failed_reader(composing, *failed, event);
  if (undelivered.who.empty()) undelivered.who = row_name(*failed);
  if (copy) {
    undelivered.address = copy->to;
    undelivered.mail = copy->subject;
  }
  undelivered.why = failed->last_error;
  if (event.id) undelivered.event = &event;
  if (!settings.base_url.empty())
    undelivered.page = settings.base_url + "/manage/outbox/" + std::to_string(id->value);
  const auto text = write_undeliverable(
      undelivered, reader.person, settings,
      text_of(composing.unit, event.organisation, ReminderReason::undeliverable, language));
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [text, to = Mailbox{reader.person.name, reader.person.email}, language,
               settings = std::move(settings), message_id = row.message_id, now = composing.now] {
    return as_outgoing(mail_parts(text, to, language, settings, message_id, now));
  };
  return one;
}

}  // namespace convoke::notify
