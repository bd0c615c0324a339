#include "notify/mails/registration.hpp"

#include "base/text.hpp"
#include "calendar/feed.hpp"
#include "calendar/itip.hpp"
#include "model/door_address.hpp"
#include "notify/enqueue.hpp"
#include "notify/event_context.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "notify/registration_links.hpp"
#include "notify/registration_text.hpp"
#include "notify/ticket_picture.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view file_name = "event.ics";
// An address that nobody confirmed gets so many mails in a day, the nudge included (threats M3).
constexpr int most_unconfirmed_mails = 3;

// Whether the registration is in the state that the mail tells of.
bool still_true(ReminderReason reason, const Registration& one) {
  switch (reason) {
    case ReminderReason::registration_confirm:
    case ReminderReason::registration_nudge:
      return one.state == RegistrationState::submitted;
    case ReminderReason::registration_pending:
      return one.state == RegistrationState::pending;
    case ReminderReason::registration_waiting:
      return one.state == RegistrationState::waiting;
    case ReminderReason::registration_cancelled:
      return one.state == RegistrationState::cancelled;
    case ReminderReason::registration_refused:
      return one.state == RegistrationState::refused;
    default:
      return takes_part(one.state);
  }
}

bool brings_calendar(ReminderReason reason) {
  return reason == ReminderReason::registration_done || reason == ReminderReason::registration_promoted ||
         reason == ReminderReason::registration_changed || reason == ReminderReason::registration_reminder;
}

// The same entry as in the feeds (its UID, SEQUENCE and times), with the address that is not in them.
std::string calendar_file(const Composing& composing, const Event& event, const Registration& one,
                          const MailSettings& settings) {
  const bool cancelled = event.status == EventStatus::cancelled;
  if (!brings_calendar(composing.row.reason) || !(cancelled || calendar::can_be_attended(event))) return {};
  calendar::FeedView view;
  view.language = one.language;
  view.base_url = settings.base_url;
  return calendar::single_event_file(event, view, context_of(composing.unit, event));
}

bool brings_ticket(ReminderReason reason) {
  return reason == ReminderReason::registration_done || reason == ReminderReason::registration_promoted ||
         reason == ReminderReason::registration_reminder;
}

// One for each of the party who comes through a door: "ticket.png", or "ticket-1.png" and so on.
std::vector<MailPicture> tickets_of(const std::vector<Registration>& party, const std::string& base_url) {
  std::vector<const Registration*> coming;
  for (const auto& one : party)
    if (takes_part(one.state) && one.format == AttendanceFormat::hall) coming.push_back(&one);
  std::vector<MailPicture> tickets;
  for (const auto* one : coming) {
    const auto number = coming.size() == 1 ? std::string() : "-" + std::to_string(tickets.size() + 1);
    tickets.emplace_back("ticket" + number + ".png", ticket_picture(door_address(base_url, one->code)));
  }
  return tickets;
}

std::string news_of(const Reminder& row, const Event& event, const RegistrationForm& form,
                    const Registration& one) {
  if (!row.key.occurrence.starts_with(deadline_news) || !form.closes) return {};
  return moment_text(*form.closes, zone_of(event), one.language);
}

// "12/2026, 13/2026": of everybody of the party; of those alone that were written anew at `anew` or later.
std::string certificates_of(db::Unit& unit, const Registration& one,
                            std::optional<Instant> anew = std::nullopt) {
  std::vector<std::string> numbers;
  for (const auto& each : unit.registrations().of_party(one.party)) {
    const auto certificate = unit.certificates().of_registration(each.id);
    if (!certificate || certificate->revoked) continue;
    if (!anew || (certificate->reissued && *certificate->reissued >= *anew))
      numbers.push_back(number_text(*certificate));
  }
  return join(numbers, ", ");
}

// The nudge is queued by the mail that it repeats: only when that left.
void queue_nudge(db::Unit& unit, const Registration& one, const std::string& domain) {
  if (!one.held_until) return;
  const Instant due = *one.held_until - (place_held_for - nudged_after);
  enqueue(unit, registration_mail(one, ReminderReason::registration_nudge, format_iso(*one.held_until), due,
                                  *one.held_until, domain));
}

std::string domain_of_id(const std::string& message_id) {
  const auto at = message_id.find('@');
  if (at == std::string::npos) return {};
  return message_id.substr(at + 1, message_id.size() - at - 2);
}

}  // namespace

Composition compose_registration(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = registration_of_key(row.key.recipient);
  const auto found = id ? composing.unit.registrations().find(*id) : std::nullopt;
  const auto event = composing.event();
  if (!found || !event || !still_true(row.reason, *found))
    return Composition::dropped(ReminderState::superseded, "the registration has gone on");
  const auto form = composing.unit.registrations().form(event->id);
  if (!form) return Composition::dropped(ReminderState::superseded, "the registration is gone");
  if (row.reason == ReminderReason::registration_changed && !row.key.occurrence.starts_with(deadline_news) &&
      row.key.occurrence != known_of(*event, *form))
    return Composition::dropped(ReminderState::superseded, "the event has changed once more");
  if (composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  if (!is_mail_address(found->email))
    return Composition::dropped(ReminderState::failed, "no mail goes to this address");
  if (row.reason == ReminderReason::registration_nudge &&
      composing.unit.registrations().unconfirmed_mails(found->email, row.due - std::chrono::hours{24}) >
          most_unconfirmed_mails)
    return Composition::dropped(ReminderState::superseded, "enough mails went to this address today");
  RegistrationMail mail;
  mail.registration = *found;
  mail.event = *event;
  const auto settings = signed_by(composing, *event);
  if (takes_part(found->state) && !form->join_url.empty()) mail.event.online_url = form->join_url;
  std::vector<Registration> together;
  for (auto& one : composing.unit.registrations().of_party(found->party))
    if (one.id == found->id || one.state == found->state) together.push_back(std::move(one));
  for (const auto& one : together) mail.people.push_back(one.name);
  if (!settings.base_url.empty() && !settings.link_key.empty())
    mail.url = registration_url(settings.base_url, settings.link_key, found->code);
  mail.news = news_of(row, *event, *form, *found);
  if (row.reason == ReminderReason::registration_thanks)
    mail.certificate = certificates_of(composing.unit, *found);
  if (row.reason == ReminderReason::registration_certificate) {
    mail.certificate = certificates_of(composing.unit, *found, row.due);
    if (mail.certificate.empty())
      return Composition::dropped(ReminderState::superseded, "there is no such certificate any more");
  }
  auto file = calendar_file(composing, mail.event, *found, settings);
  if (!file.empty()) mail.file = file_name;
  std::vector<MailPicture> tickets;
  if (brings_ticket(row.reason) && !settings.base_url.empty() && event->status != EventStatus::cancelled)
    tickets = tickets_of(together, settings.base_url);
  if (!tickets.empty()) mail.ticket = tickets.front().name;
  Composition one;
  one.kind = Composition::Kind::send;
  if (row.reason == ReminderReason::registration_confirm)
    one.then = [registration = *found, domain = domain_of_id(row.message_id)](db::Unit& unit, Instant) {
      queue_nudge(unit, registration, domain);
    };
  one.write = [mail = std::move(mail), settings, file = std::move(file), tickets = std::move(tickets),
               reason = row.reason, message_id = row.message_id, now = composing.now,
               text = text_of(composing.unit, event->organisation, row.reason, found->language)] {
    const auto& reader = mail.registration;
    auto parts = mail_parts(write_registration(reason, mail, settings, text), {reader.name, reader.email},
                            reader.language, settings, message_id, now);
    parts.calendar = file;
    parts.pictures = tickets;
    return as_outgoing(parts);
  };
  return one;
}

}  // namespace convoke::notify
