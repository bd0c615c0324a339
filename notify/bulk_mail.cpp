#include "notify/bulk_mail.hpp"

#include "notify/answer_links.hpp"
#include "notify/outgoing.hpp"

#include <utility>
#include <vector>

namespace convoke::notify {

LeaveLinks unsubscribe_links(const MailSettings& settings, std::string_view who) {
  if (settings.base_url.empty() || settings.link_key.empty()) return {};
  AnswerLink link;
  link.purpose = LinkPurpose::unsubscribe;
  link.who = who;
  return {answer_url(settings.base_url, settings.link_key, link),
          settings.base_url + "/unsubscribe/" + token_of(settings.link_key, link)};
}

void set_choice(MailValues& values, const std::string& url, MailWord label, Language language) {
  if (!url.empty())
    values.set("choice", std::vector<Block>{QuietLink{std::string(mail_word(label, language)), url}});
}

OutgoingMail bulk_mail(const MailText& mail, const Person& reader, const MailSettings& settings,
                       const LeaveLinks& leave, std::string_view message_id, Instant now) {
  MimeParts parts = mail_parts(mail, {reader.name, reader.email}, reader.language, settings, message_id, now);
  parts.unsubscribe = leave.one_click;
  return as_outgoing(parts);
}

}  // namespace convoke::notify
