// Any bytes as a document of whatever format they claim to be.
#include "documents/document.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = convoke::documents::read_document(
      std::string_view(reinterpret_cast<const char*>(data), size), "plan.docx");
  if (!document && document.error().message.empty()) __builtin_trap();  // a refusal says why
  return 0;
}
