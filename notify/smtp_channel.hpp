// Hands mails to an SMTP relay (RFC 5321), over one connection that is kept while mails follow: libcurl opens
// the session, notify/smtp_dialogue.hpp says what is to be said about each mail.
#pragma once

#include "notify/channel.hpp"

#include <chrono>

namespace convoke::notify {

// How long each step may take (threats F11). The longest delivery is their sum.
struct SmtpTimeouts {
  std::chrono::milliseconds connect{std::chrono::seconds{30}};
  std::chrono::milliseconds command{std::chrono::seconds{60}};  // banner and every command
  std::chrono::milliseconds data{std::chrono::seconds{180}};    // sending the message
  std::chrono::milliseconds dot{std::chrono::seconds{600}};     // the answer to its end

  std::chrono::milliseconds longest() const { return connect + 6 * command + data + dot; }
};

// What each answer means (RFC 5321 section 4.2.1; the table is tests/notify/smtp_test.cpp):
//   RCPT, DATA, the final dot   they judge the mail: 2xx delivered, 4xx retry_later, 5xx refused
//   banner, EHLO, STARTTLS,     a closed relay, a wrong password, a sender it does not like: the relay's or
//   the AUTH, MAIL                  settings' fault, and the next mail would fare no better: retry_later and
//                               `unreachable`, so that no mail is lost to it, 5xx or not. Only 552 to MAIL is
//                               this mail's: it is too big (RFC 1870).
//   421 anywhere                the relay is going away: retry_later and `unreachable`, as no connection is
//   no answer to the dot        retry_later, `unreachable` and `maybe_delivered`
// A refused EHLO is followed by HELO (RFC 5321 section 3.2), where no encryption is required. A reply of
// several lines is handed on as one, and has one time-out. An address with a control character, space or
// bracket is refused before anything is sent; the message id never stands in a command and is not judged
// (sound_message_id of notify/mime.hpp sees to it).
std::unique_ptr<Channel> smtp_channel(MailAddress address, SmtpTimeouts timeouts = SmtpTimeouts{});

}  // namespace convoke::notify
