#include "notify/mails/registration_invitation.hpp"

#include "db/registration_invitations.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "notify/registration_invitation_links.hpp"
#include "notify/registration_invitation_text.hpp"
#include "notify/registration_text.hpp"

#include <utility>

namespace convoke::notify {
namespace {

Composition superseded(const char* why) {
  return Composition::dropped(ReminderState::superseded, why);
}

}  // namespace

Composition compose_registration_invitation(const Composing& composing) {
  const Reminder& row = composing.row;
  auto& invitations = composing.unit.registration_invitations();
  const auto id = registration_invitation_of_key(row.key.recipient);
  const auto invitation = id ? invitations.find(*id) : std::nullopt;
  const auto event = composing.event();
  if (!invitation || !event || invitation->email.empty()) return superseded("the invitation is gone");
  if (invitations.answer(*invitation) != InvitationAnswer::silent) return superseded("answered meanwhile");
  if (invitations.has_opted_out(invitation->email)) return superseded("wants no invitations");
  const auto form = composing.unit.registrations().form(event->id);
  if (!form || !form->on || !is_open(event->status)) return superseded("nobody can register any more");
  if (composing.now > row.expires || (form->closes && composing.now >= *form->closes))
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  if (!is_mail_address(invitation->email))
    return Composition::dropped(ReminderState::failed, "no mail goes to this address");
  const auto settings = signed_by(composing, *event);
  RegistrationInvitationMail mail;
  mail.event = *event;
  mail.invitation = *invitation;
  mail.again = row.key.rule == invited_again_rule;
  if (form->closes) mail.until = moment_text(*form->closes, zone_of(*event), invitation->language);
  if (!settings.base_url.empty() && !settings.link_key.empty())
    mail.url = settings.base_url + std::string(registration_invitation_path) +
               registration_invitation_token(settings.link_key, invitation->code);
  Composition one;
  one.kind = Composition::Kind::send;
  auto text = text_of(composing.unit, event->organisation, row.reason, invitation->language);
  one.write = [mail = std::move(mail), settings, message_id = row.message_id, now = composing.now,
               text = std::move(text)] {
    const auto& to = mail.invitation;
    return as_outgoing(mail_parts(write_registration_invitation(mail, settings, text), {to.name, to.email},
                                  to.language, settings, message_id, now));
  };
  return one;
}

}  // namespace convoke::notify
