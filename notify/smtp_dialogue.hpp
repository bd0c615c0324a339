// What is said about one mail within an open SMTP session (RFC 5321 section 3.3), without a socket: the
// commands, pipelined where the relay offers it (RFC 2920), its replies, and what they mean for the mail.
// The session itself (greeting, encryption, sign-in) is libcurl's: notify/smtp_channel.cpp.
#pragma once

#include "notify/channel.hpp"
#include "notify/smtp_channel.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

// What the relay offered in its reply to EHLO.
struct SmtpOffers {
  bool pipelining = false;  // RFC 2920
  bool size = false;        // RFC 1870

  // One line of that reply, its code before it. Lines about anything else say nothing here.
  void note(std::string_view line);
};

// Lines into replies: "250-" is followed by others (RFC 5321 section 4.2), which are handed on as one.
class ReplyReader {
 public:
  // Bytes of a reply that are handed on, and bytes that a line may have before it is no SMTP any more.
  static constexpr std::size_t longest_reply = 1000, longest_line = 65536;

  void feed(std::string_view bytes);
  // The next whole reply without its line end; nothing while its last line is missing.
  std::optional<std::string> next();
  bool is_broken() const { return unread_.size() > longest_line; }
  // What of the reply under way has come.
  const std::string& so_far() const { return reply_; }

 private:
  bool take(std::string_view line);  // true when it was the reply's last

  std::string unread_, reply_;
  bool begun_ = false;
};

bool is_negative_reply(std::string_view reply);

// The bytes' way to the relay and back.
class SmtpWire {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class End { none, gone, late, interrupted };

  virtual ~SmtpWire() = default;
  // All of it, or why not.
  virtual End send(std::string_view bytes, Time until) = 0;
  // Appends what has come to `reader`; `none` only with something.
  virtual End receive(ReplyReader& reader, Time until) = 0;
};

// Hands over one mail. `before_end` is called before the bytes leave after which it may have arrived. The
// wire is of use for the next mail only when this one was delivered.
Delivery hand_over(SmtpWire& wire, const SmtpOffers& offers, const SmtpTimeouts& timeouts,
                   const OutgoingMail& mail, const std::function<void()>& before_end);

}  // namespace convoke::notify
