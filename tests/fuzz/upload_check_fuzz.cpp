// Any bytes as a file under each name that is taken.
#include "documents/upload_check.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  int taken = 0;
  for (const auto* name : {"a.pdf", "a.docx", "a.odt", "a.pptx", "a.jpg", "a.png", "a.docm"}) {
    const auto checked = convoke::documents::check_upload(bytes, name);
    if (!checked && checked.error().message.empty()) __builtin_trap();  // a refusal says why
    taken += checked.has_value() ? 1 : 0;
  }
  if (taken > 1) __builtin_trap();  // a file is one thing
  return 0;
}
