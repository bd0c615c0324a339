// Takes apart a mail that came to us: an answer of a calendar program (RFC 6047), a report that a mail of
// ours did not arrive (RFC 3464), or something else. Everything in it is a stranger's claim; nothing here
// believes any of it.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// A larger mail is refused before anything is read of it.
inline constexpr std::size_t largest_inbound_mail = 2 * 1024 * 1024;
// Parts, at any depth. Counted before the mail is taken apart, as lines that begin with "Content-Type".
inline constexpr std::size_t most_inbound_parts = 100;
inline constexpr std::size_t most_inbound_header_lines = 2'000;  // of the mail itself
inline constexpr std::size_t most_reported_recipients = 20;

// One recipient of a delivery report.
struct DeliveryStatus {
  enum class Action { failed, delayed, other };  // RFC 3464 2.3.3
  Action action = Action::other;
  std::string status;  // "5.1.1" (RFC 3463); empty when it is none
  std::string why;     // the server's words in one line, without addresses
};

struct InboundMail {
  std::string from;        // the one address of From, lower case; empty when there is none or more than one
  bool automatic = false;  // a machine's own (RFC 3834): an answer of somebody on leave, a list
  std::string calendar;    // the first text/calendar part as UTF-8; empty: none
  bool is_report = false;  // multipart/report of deliveries
  std::vector<DeliveryStatus> report;
  std::string
      returned_id;  // the Message-ID of the mail that the report is about, with its < >; empty: not said
};

// Errors: limit_exceeded for the limits above; unsupported_format for what is no mail.
Result<InboundMail> read_inbound(std::string_view bytes);

}  // namespace convoke::notify
