// The mails of the ladder: what the recipient needs to know and to do, in the recipient's language. And what
// every mail begins with, whatever it says.
#pragma once

#include "base/clock.hpp"
#include "calendar/ical_event.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/reminder.hpp"
#include "notify/channel.hpp"
#include "notify/mail_blocks.hpp"
#include "notify/mail_template.hpp"
#include "notify/mime.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

struct MailSettings {
  Mailbox from;  // parse_mailbox() of what the operator wrote
  std::optional<Mailbox>
      reply_to;  // who keeps the plan and reads answers; the mails say so when there is one
  std::optional<Mailbox>
      organizer;            // where calendar programs send their answers (RFC 5546); absent: the sender
  std::string base_url;     // "https://plans.example.org": the only thing that links begin with
  std::string association;  // signs the mails of events without a known organisation
  std::string link_key;     // signs the links that act (notify/answer_links.hpp); empty: mails have none
};

// What else decides how a mail of the ladder reads.
struct MailForm {
  std::optional<TemplateText> text;  // the association's own (notify/mail_texts.hpp); none: the shipped one
  bool controls = false;           // the reader is the head of the section or the chair, not the responsible
  std::vector<Button> answers;     // the links that act
  calendar::EventContext context;  // of the attached file
};

// What the mail says at `now` (the days left are counted from it, in the event's zone). Pure.
MailText write_mail(const Reminder& reminder, const Event& event, const Person& person,
                    const MailSettings& settings, Instant now, const MailForm& form = {});

// What List-Id names (RFC 2919), without < >: "reminders." and the host of `base_url`, else of the sender;
// "reminders.localhost" when neither is a plain host name (an address literal, a name not in ASCII).
std::string list_id_of(const MailSettings& settings);

// The parts of a mail that says `mail`, without a calendar file: for notify/outgoing.hpp. An association's
// name too long for From is cut there. Precondition: the addresses pass is_mail_address.
MimeParts mail_parts(const MailText& mail, const Mailbox& to, Language language, const MailSettings& settings,
                     std::string_view message_id, Instant now);

// The mail of a step of the ladder as bytes to send; an event that is near, work that is due and a day to be
// named have the event attached as a calendar file. Message-ID is the reminder's, Date is `now`; headers as
// notify/mime.hpp says. Precondition: person.email, settings.from and settings.reply_to pass is_mail_address.
OutgoingMail render_mail(const Reminder& reminder, const Event& event, const Person& person,
                         const MailSettings& settings, Instant now, const MailForm& form = {});

}  // namespace convoke::notify
