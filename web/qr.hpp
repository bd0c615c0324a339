// Addresses as QR codes (ISO/IEC 18004), so that a telephone's camera reads them off a screen or a printed
// plan.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace convoke::web {

// Bytes. Denser codes are not read off paper by the camera of an old telephone.
inline constexpr std::size_t longest_qr_text = 500;

// An <svg> element of its own, or the inside of a page: black on white with the quiet zone of four modules
// that the standard asks for, sharp at any size, without style, script or id. `title` is what a screen reader
// says; it is escaped here, so the result goes into a page as it is. A damaged seventh of the code is mended
// by the reader (level M). The same text gives the same bytes. Errors: invalid_input for an empty text,
// control characters or what is no UTF-8; limit_exceeded above longest_qr_text.
Result<std::string> qr_svg(std::string_view text, std::string_view title);

}  // namespace convoke::web
