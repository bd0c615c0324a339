// What every mail to many has (digests, overviews, changes): a way out of it, in its text and, for mail
// programs, in its headers (RFC 2369, RFC 8058).
#pragma once

#include "model/person.hpp"
#include "notify/channel.hpp"
#include "notify/mail_template.hpp"
#include "notify/mail_words.hpp"
#include "notify/message.hpp"

#include <string>
#include <string_view>

namespace convoke::notify {

// Where a page asks, and where a mail program's own button posts to without asking. Both empty when
// `settings` have no address or no key for links.
struct LeaveLinks {
  std::string page;       // ".../answer/…"
  std::string one_click;  // ".../unsubscribe/…"
};

// `who`: "subscriber:4", or "person:12", whose mails about work cannot end but may come less often. They
// never expire (threats section 5).
LeaveLinks unsubscribe_links(const MailSettings& settings, std::string_view who);

// {choice}, when there is an address.
void set_choice(MailValues& values, const std::string& url, MailWord label, Language language);

// As notify/outgoing.hpp makes it, with List-Unsubscribe and List-Unsubscribe-Post. Precondition: the
// addresses pass is_mail_address.
OutgoingMail bulk_mail(const MailText& mail, const Person& reader, const MailSettings& settings,
                       const LeaveLinks& leave, std::string_view message_id, Instant now);

}  // namespace convoke::notify
