#include "notify/registration_invitation_text.hpp"

#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"
#include "notify/registration_invitation_links.hpp"

namespace convoke::notify {

MailText write_registration_invitation(const RegistrationInvitationMail& mail, const MailSettings& settings,
                                       const TemplateText& text) {
  const auto& invitation = mail.invitation;
  Person reader;
  reader.name = invitation.name;
  reader.email = invitation.email;
  reader.language = invitation.language;
  MailValues values;
  set_event(values, mail.event, reader, settings);
  values.set(mail.again ? "again_by" : "invited_by", settings.association);
  values.set("until", mail.until);
  if (!mail.url.empty()) {
    Buttons answers;
    answers.rows.push_back({std::string(mail_word(MailWord::register_me, reader.language)), mail.url});
    answers.rows.push_back({std::string(mail_word(MailWord::cannot_come, reader.language)),
                            mail.url + std::string(registration_invitation_no)});
    values.set("answers", std::vector<Block>{std::move(answers)});
  }
  return fill_template(text, ReminderReason::registration_invited, values);
}

}  // namespace convoke::notify
