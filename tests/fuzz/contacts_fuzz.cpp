// Any text: what is published stays UTF-8, and nothing written before an address or a number saves it from
// being hidden.
#include "base/contacts.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace convoke;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  hide_contacts(bytes);
  const std::string text = to_valid_utf8(bytes);
  const std::string hidden = hide_contacts(text);
  if (!is_valid_utf8(hidden) || hidden.size() > 3 * text.size()) std::abort();
  // A contact among any other text is hidden too, when white space keeps it apart.
  if (!hide_contacts(text + "\n\nплан: reader@example.org").ends_with("план: •••")) std::abort();
  if (!hide_contacts(text + "\n\n+380 67 123 45 67").ends_with("\n\n•••")) std::abort();
  return 0;
}
