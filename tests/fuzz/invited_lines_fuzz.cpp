// What an organiser pastes to invite people: never more people than the text has words, every address in one
// piece, and what was read is read again as the same.
#include "service/invited_lines.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = convoke::service::read_invited_lines(text);
  if (lines.size() > size) std::abort();
  std::string again;
  for (const auto& line : lines) {
    if (line.name.empty() && line.email.empty() && text.find('@') == std::string_view::npos) std::abort();
    if (line.email.find_first_of(" \t\r\n,;<>()[]\"") != std::string::npos) std::abort();
    if (line.name.find('@') != std::string::npos || line.name.find('\n') != std::string::npos) std::abort();
    again += line.name + (line.email.empty() ? "" : " <" + line.email + ">") + "\n";
  }
  // A line that is an end of an address alone ("@.") leaves nothing to read again.
  const auto reread = convoke::service::read_invited_lines(again);
  if (reread.size() > lines.size()) std::abort();
  return 0;
}
