// Whatever is typed for a certificate: a code that is found has the form of one, and reads as itself again.
#include "model/certificate.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto typed = convoke::typed_certificate(text);
  if (!typed) return 0;
  if (typed->code.empty() && typed->number.empty()) std::abort();
  if (!typed->code.empty()) {
    if (convoke::certificate_code_of(typed->code) != typed->code) std::abort();
    const auto again = convoke::typed_certificate(typed->number + " " + typed->code);
    if (!again || *again != *typed) std::abort();
  }
  return 0;
}
