// Hands mails to an SMTP relay (RFC 5321) through libcurl, over one connection that is kept while mails
// follow.
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

// Answers to MAIL, RCPT, DATA and the final dot judge the mail: 2xx delivered, 4xx retry_later, 5xx refused.
// A refusal before that (banner, EHLO, STARTTLS, AUTH: a wrong password, a closed relay), like no connection,
// is the relay's or the settings' fault: retry_later and `unreachable`, so that no reminder is lost to it. A
// connection lost after the final dot is retry_later with `maybe_delivered`. An address with a control
// character, space or bracket is refused before anything is sent; the message id never stands in a command
// and is not judged (sound_message_id of notify/mime.hpp sees to it).
std::unique_ptr<Channel> smtp_channel(MailAddress address, SmtpTimeouts timeouts = SmtpTimeouts{});

}  // namespace convoke::notify
