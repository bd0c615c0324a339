// The door a mail leaves by: an SMTP relay, or a folder on disk. The dispatcher knows nothing else of
// delivery.
#pragma once

#include "base/result.hpp"
#include "model/delivery.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::notify {

struct OutgoingMail {
  std::string from;  // the envelope's addresses: bare, without < >
  std::string to;
  std::string message_id;  // with its < >
  std::string bytes;       // the whole message, CR LF line ends (RFC 5322)
  MailCopy copy{};         // what is kept of it
  // Of a webhook alone: `to` is its address, `bytes` the body, and these stand in the request's head.
  std::vector<std::pair<std::string, std::string>> fields{};
};

enum class Outcome {
  delivered,    // the relay took it upon itself
  retry_later,  // not now: 4xx, no connection, a full disk
  refused,      // never: 5xx to this message or its recipient
};

struct Delivery {
  Outcome outcome = Outcome::retry_later;
  std::string reply;         // the relay's last words, or what went wrong; may hold addresses: not for logs
  bool unreachable = false;  // it is the relay that failed, not this mail: the next one would fare no better
  bool maybe_delivered = false;  // the whole message was handed over, but no answer came: it may have arrived

  static Delivery done(std::string reply) { return {Outcome::delivered, std::move(reply), false, false}; }
};

// Used by one thread at a time, except interrupt().
class Channel {
 public:
  virtual ~Channel() = default;
  // Told in every delivery, just before the bytes leave after which the mail may have arrived.
  virtual void before_end(std::function<void()>) {}
  // Blocks until the mail is taken, refused, or a time-out passed (threats F11). Throws nothing.
  virtual Delivery deliver(const OutgoingMail& mail) = 0;
  // From another thread: a delivery under way gives up within about a second, as retry_later. Final.
  virtual void interrupt() {}
};

// What opens a mail URL (see open_channel) to, without opening anything.
struct MailAddress {
  enum class Kind { smtp, smtps, maildir };
  // What an smtp:// relay's STARTTLS is used for. `when_offered` checks no certificate.
  enum class Tls { never, when_offered, required };

  Kind kind = Kind::smtp;
  std::string host;  // "::1" without its brackets
  int port = 0;
  std::string user, password;
  Tls tls = Tls::required;
  std::string path;  // of a maildir
};

// "smtp://[user:pass@]host[:port][?tls=never|try|require]", "smtps://[user:pass@]host[:port]" or
// "maildir:PATH". User and password are percent-encoded. Ports default to 25 (587 with a user) and 465. tls:
// a relay on this machine (localhost, 127.x.x.x, ::1) gets `try`, its certificate unchecked, because what
// passes never leaves the machine; every other gets `require` with a checked certificate, so that a mail with
// people's names is not sent openly by accident. ?tls=never or ?tls=try says otherwise.
// Errors: invalid_input; the message never repeats the password.
Result<MailAddress> parse_mail_url(std::string_view mail_url);

Result<std::unique_ptr<Channel>> open_channel(std::string_view mail_url);

}  // namespace convoke::notify
