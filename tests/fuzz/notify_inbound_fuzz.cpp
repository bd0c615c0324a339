// Any bytes as a mail that came to us, and what stands in it as an answer of a calendar program: no crash, no
// time without end.
#include "calendar/itip_reply.hpp"
#include "notify/inbound_mail.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto mail = convoke::notify::read_inbound(bytes);
  if (!mail) return 0;
  if (mail->from.find_first_of(" \r\n<>") != std::string_view::npos) std::abort();
  if (mail->report.size() > convoke::notify::most_reported_recipients) std::abort();
  for (const auto& one : mail->report)
    if (one.why.find_first_of("\r\n@") != std::string_view::npos) std::abort();
  const auto replies = convoke::calendar::read_itip_reply(mail->calendar);
  if (replies && replies->size() > convoke::calendar::most_replies) std::abort();
  return 0;
}
