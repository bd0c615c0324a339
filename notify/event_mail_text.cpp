#include "notify/event_mail_text.hpp"

#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"

#include <utility>

namespace convoke::notify {

MailText write_invitation(const Event& event, bool again, const Person& reader, const MailSettings& settings,
                          const TemplateText& text, std::vector<Button> links, std::string_view file) {
  const Language language = reader.language;
  MailValues values;
  set_event(values, event, reader, settings);
  values.set("invitation", mail_word(again ? MailWord::invited_again : MailWord::invited, language));
  values.set(again ? "changed" : "dated", calendar::format_period(event.period, language));
  if (!links.empty()) values.set("answers", std::vector<Block>{Buttons{std::move(links)}});
  values.set("file", file);
  return fill_template(text, ReminderReason::invitation, values);
}

MailText write_cancellation(const Event& event, bool released, const Person& reader,
                            const MailSettings& settings, const TemplateText& text, std::string_view file) {
  const Language language = reader.language;
  MailValues values;
  set_event(values, event, reader, settings);
  values.set("cancellation", mail_word(released ? MailWord::released : MailWord::called_off, language));
  values.set(released ? "released" : "cancelled", calendar::format_period(event.period, language));
  values.set("file", file);
  return fill_template(text, ReminderReason::cancellation, values);
}

MailText write_undeliverable(const Undelivered& one, const Person& reader, const MailSettings& settings,
                             const TemplateText& text) {
  MailValues values;
  set_reader(values, reader, settings);
  if (one.event != nullptr) set_event(values, *one.event, reader, settings);
  values.set("who", one.who.empty() ? one.address : one.who);
  values.set("address", one.address);
  values.set("mail", one.mail);
  values.set("why", one.why);
  if (!one.page.empty())
    values.set("page", std::vector<Block>{
                           Button{std::string(mail_word(MailWord::open_mail, reader.language)), one.page}});
  return fill_template(text, ReminderReason::undeliverable, values);
}

}  // namespace convoke::notify
