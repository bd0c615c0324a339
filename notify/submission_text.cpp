#include "notify/submission_text.hpp"

#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"

namespace convoke::notify {
namespace {

MailWord button_of(ReminderReason reason) {
  if (reason == ReminderReason::submission_confirm) return MailWord::confirm_submission;
  if (reason == ReminderReason::review_asked || reason == ReminderReason::review_reminder)
    return MailWord::open_reviews;
  return MailWord::my_submission;
}

}  // namespace

MailText write_submission(ReminderReason reason, const SubmissionMail& mail, const MailSettings& settings,
                          const TemplateText& text) {
  Person reader;
  reader.name = mail.name;
  reader.email = mail.email;
  reader.language = mail.language;
  MailValues values;
  set_event(values, mail.event, reader, settings);
  values.set("paper", mail.paper);
  values.set("note", mail.note);
  values.set("until", mail.until);
  values.set("count", mail.count);
  if (!mail.url.empty())
    values.set("answers",
               std::vector<Block>{
                   Buttons{{{std::string(mail_word(button_of(reason), mail.language)), mail.url}}}});
  return fill_template(text, reason, values);
}

}  // namespace convoke::notify
