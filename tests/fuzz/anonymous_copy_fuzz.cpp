// Any bytes as a document from which its properties are taken: no crash, and what comes out can be read again
// and has none left.
#include "documents/anonymous_copy.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace convoke::documents;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto format : {UploadFormat::docx, UploadFormat::odt, UploadFormat::pptx}) {
    const auto copy = without_properties(bytes, format);
    if (!copy) {
      if (copy.error().message.empty()) std::abort();  // a refusal says why
      continue;
    }
    const auto again = without_properties(*copy, format);
    if (!again) std::abort();
  }
  return 0;
}
