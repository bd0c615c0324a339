#include "notify/mails/account.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "notify/account_links.hpp"
#include "notify/account_text.hpp"
#include "notify/mail_texts.hpp"
#include "notify/outgoing.hpp"
#include "notify/recipients.hpp"

#include <utility>

namespace convoke::notify {
namespace {

MailSettings signed_by(const Composing& composing, const Organisation& organisation) {
  MailSettings settings = composing.settings;
  if (organisation.id) settings.association = organisation.name;
  return settings;
}

std::string name_of_inviter(const Composing& composing) {
  const auto inviter = composing.unit.accounts().find(inviter_of(composing.row));
  return inviter ? inviter->name : std::string();
}

template<class Write>
Composition compose(const Composing& composing, std::string_view purpose, Write write) {
  const Reminder& row = composing.row;
  const auto id = account_of_key(row.key.recipient);
  const auto account = id ? composing.unit.accounts().find(*id) : std::nullopt;
  if (!account || account->closed)
    return Composition::dropped(ReminderState::superseded, "the account is closed");
  const auto token = account_token(composing.settings.link_key, purpose, account->id, row.key.occurrence);
  const auto link = composing.unit.one_time_links().find(sha256_hex(token));
  if (!link || link->used) return Composition::dropped(ReminderState::superseded, "its link acts no more");
  if (link->expires <= composing.now || composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  if (!is_mail_address(account->login))
    return Composition::dropped(ReminderState::failed, "no mail goes to this address");
  const auto organisation =
      composing.unit.organisations().find(account->organisation).value_or(Organisation{});
  const auto settings = signed_by(composing, organisation);
  const AccountMail mail(account->name, account->login, name_of_inviter(composing),
                         account_url(settings.base_url, purpose, token),
                         civil_date(link->expires, organisation.zone));
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [mail, settings, write, message_id = row.message_id, now = composing.now,
               language = account->language,
               text = text_of(composing.unit, account->organisation, row.reason, account->language)] {
    return as_outgoing(mail_parts(write(mail, language, settings, text), {mail.name, mail.address}, language,
                                  settings, message_id, now));
  };
  return one;
}

}  // namespace

Composition compose_account_invitation(const Composing& composing) {
  return compose(composing, invitation_purpose, write_account_invitation);
}

Composition compose_sign_in(const Composing& composing) {
  return compose(composing, sign_in_purpose, write_sign_in);
}

}  // namespace convoke::notify
