#include "notify/account_text.hpp"

#include "calendar/period_format.hpp"
#include "notify/mail_words.hpp"

#include <vector>

namespace convoke::notify {
namespace {

MailValues values_of(const AccountMail& mail, Language language, const MailSettings& settings,
                     MailWord button) {
  MailValues values;
  values.set("name", mail.name);
  values.set("address", mail.address);
  values.set("association", settings.association);
  if (!mail.url.empty())
    values.set("answers",
               std::vector<Block>{Buttons{{{std::string(mail_word(button, language)), mail.url}}}});
  return values;
}

}  // namespace

MailText write_account_invitation(const AccountMail& mail, Language language, const MailSettings& settings,
                                  const TemplateText& text) {
  auto values = values_of(mail, language, settings, MailWord::begin_account);
  values.set("who", mail.inviter.empty() ? settings.association : mail.inviter);
  values.set("date", calendar::format_date(mail.last, language));
  return fill_template(text, ReminderReason::account_invitation, values);
}

MailText write_sign_in(const AccountMail& mail, Language language, const MailSettings& settings,
                       const TemplateText& text) {
  return fill_template(text, ReminderReason::sign_in, values_of(mail, language, settings, MailWord::sign_in));
}

}  // namespace convoke::notify
