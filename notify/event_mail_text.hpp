// What mails say that are about one event and belong to no ladder: an invitation, a cancellation, and to the
// chair that a mail did not arrive. Pure.
#pragma once

#include "model/event.hpp"
#include "model/person.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

// `again`: the reader was invited before, and the event has changed since. `file`: the attachment's name;
// empty: none.
MailText write_invitation(const Event& event, bool again, const Person& reader, const MailSettings& settings,
                          const TemplateText& text, std::vector<Button> links, std::string_view file);
// It does not take place; or, `released`, it does and concerns the reader no longer.
MailText write_cancellation(const Event& event, bool released, const Person& reader,
                            const MailSettings& settings, const TemplateText& text, std::string_view file);

struct Undelivered {
  std::string who, address;      // whom it was for; either may be empty
  std::string mail;              // its subject
  std::string why;               // the server's words, or what is missing
  const Event* event = nullptr;  // that it was about; may be none
  std::string page;              // where the mail can be seen and sent again; empty: the event's page
};
MailText write_undeliverable(const Undelivered& one, const Person& reader, const MailSettings& settings,
                             const TemplateText& text);

}  // namespace convoke::notify
