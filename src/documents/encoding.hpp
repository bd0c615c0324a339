// Bytes of a text file to UTF-8: what editors and old office programs of the region save.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace convoke::documents {

// UTF-8 with or without its mark, UTF-16 with its mark, otherwise windows-1251 or KOI8-U, whichever gives
// more lower-case Cyrillic. Line ends become LF. Errors: unsupported_format when the bytes are no text.
Result<std::string> text_to_utf8(std::string_view bytes);

}  // namespace convoke::documents
