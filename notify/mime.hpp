// Puts a mail together as bytes (RFC 5322, 2045-2047): the one place that knows GMime.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::notify {

struct Mailbox {
  std::string name;  // may be empty
  std::string address;
};

// "Об'єднання <plans@example.org>" or a bare address. Errors: invalid_input.
Result<Mailbox> parse_mailbox(std::string_view text);

// A picture that goes along (image/png).
struct MailPicture {
  std::string name;  // ASCII, without quotes: ours
  std::string bytes;

  MailPicture(std::string n, std::string b) : name(std::move(n)), bytes(std::move(b)) {}
};

struct MimeParts {
  Mailbox from, to;
  std::optional<Mailbox> reply_to;
  std::string list_name;  // what readers show for the list; may be empty
  std::string list_id;    // "reminders.plans.example.org" (RFC 2919): without < >, letters, digits, - and .
  std::string subject;
  std::string message_id;  // with its < >
  Instant date{};
  std::string text, html;  // UTF-8
  // Where one POST takes the reader off the list (RFC 8058), an address in ASCII; empty: it is no bulk mail.
  std::string unsubscribe;
  std::string calendar;  // an iCalendar file; empty: none
  // "PUBLISH": attached as event.ics. "REQUEST", "CANCEL": also an alternative that calendar programs act on.
  std::string calendar_method = "PUBLISH";
  std::vector<MailPicture> pictures{};
};

// From, To, Subject, Date, Message-ID, Auto-Submitted, List-Id, MIME-Version and Content-Type, each once and
// no other, whatever the parts contain (threats M1). Only with a reply_to also Reply-To and List-Unsubscribe
// (a mail to it: nobody else could act on one). A bulk mail has List-Unsubscribe (its address, then the mail)
// and List-Unsubscribe-Post.
inline constexpr int mail_header_count = 9;
inline constexpr int mail_header_count_with_reply = 11;
inline constexpr int bulk_header_count = 11;
inline constexpr int bulk_header_count_with_reply = 12;

// Code points of a name in From, To and Reply-To: longer ones become so many encoded words that readers show
// them torn.
inline constexpr std::size_t longest_mailbox_name = 60;

// "<left@host>" or "<left@[literal]>" (RFC 5322 3.6.4), in ASCII without spaces, at most 254 bytes within <
// >.
bool is_message_id(std::string_view id);
// The id itself when it is sound; else one made from it and the sender's host, the same for every attempt, so
// that a mail is never lost to its id and a repeated one is still told.
std::string sound_message_id(std::string_view id, std::string_view sender);

// multipart/mixed of a multipart/alternative (text, HTML) and the calendar file. One that programs act on is
// the last alternative, text/calendar with its method (RFC 6047 2.4), and once more a file, invite.ics, as
// application/ics so that no program takes it for a second one. Pictures come last. CR LF lines; every body
// in base64, so that no relay can change a byte of it and no line in it can end the message (threats M2).
// Names and subject are made one line, UTF-8, without controls; long ones are cut. Precondition: all
// addresses pass is_mail_address (notify/recipients.hpp), message_id passes is_message_id.
std::string to_mime(const MimeParts& parts);

}  // namespace convoke::notify
