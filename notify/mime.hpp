// Puts a mail together as bytes (RFC 5322, 2045-2047): the one place that knows GMime.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace convoke::notify {

struct Mailbox {
  std::string name;  // may be empty
  std::string address;
};

// "Об'єднання <plans@example.org>" or a bare address. Errors: invalid_input.
Result<Mailbox> parse_mailbox(std::string_view text);

struct MimeParts {
  Mailbox from, to;
  std::string subject;
  std::string message_id;  // with its < >
  Instant date{};
  std::string text, html;  // UTF-8
  std::string calendar;    // an iCalendar file to attach as event.ics; empty: none
};

// From, To, Subject, Date, Message-ID, Auto-Submitted, MIME-Version and Content-Type, each once and no other,
// whatever the parts contain (threats M1).
inline constexpr int mail_header_count = 8;

// multipart/mixed of a multipart/alternative (text, HTML) and the calendar file. CR LF lines; every body in
// base64, so that no relay can change a byte of it and no line in it can end the message (threats M2). Names
// and subject are made one line, UTF-8, without controls; a long subject is cut. Precondition: both addresses
// pass is_mail_address (notify/recipients.hpp).
std::string to_mime(const MimeParts& parts);

}  // namespace convoke::notify
