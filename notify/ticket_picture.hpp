// A ticket as mail programs show it: a QR code as a PNG (ISO/IEC 15948). They draw no SVG.
#pragma once

#include <string>
#include <string_view>

namespace convoke::notify {

// The code of `text` (an address) in black on white, eight pixels a module, with the quiet zone of four
// modules that the standard asks for; one bit a pixel. The same text gives the same bytes. Throws
// qrcodegen::data_too_long for a text of more than some two thousand bytes: ours are of sixty.
std::string ticket_picture(std::string_view text);

}  // namespace convoke::notify
