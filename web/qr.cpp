#include "web/qr.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <qrcodegen/qrcodegen.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

using qrcodegen::QrCode;

constexpr int quiet_zone = 4;  // modules on each side

// One rectangle for each run of dark modules in a row.
std::string path_of(const QrCode& code) {
  std::string path;
  for (int y = 0; y < code.getSize(); ++y)
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      const int begin = x;
      while (code.getModule(x, y)) ++x;  // outside the code every module is light
      path += fmt::format("M{} {}h{}v1h-{}z", begin + quiet_zone, y + quiet_zone, x - begin, x - begin);
    }
  return path;
}

}  // namespace

Result<std::string> qr_svg(std::string_view text, std::string_view title) {
  if (text.empty()) return Error(Errc::invalid_input, "a QR code needs a text");
  if (text.size() > longest_qr_text)
    return Error(Errc::limit_exceeded,
                 fmt::format("a QR code of more than {} bytes cannot be read reliably", longest_qr_text));
  const bool controls = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (controls || !is_valid_utf8(text))
    return Error(Errc::invalid_input, "a QR code takes plain text without control characters");
  const auto code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
  const int side = code.getSize() + 2 * quiet_zone;
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {0} {0}" width="{1}" )"
      R"(height="{1}" shape-rendering="crispEdges"><title>{2}</title><rect width="{0}" height="{0}" fill="#fff"/>)"
      R"(<path fill="#000" d="{3}"/></svg>)",
      side, side * 4, escape_html(strip_controls(to_valid_utf8(title))), path_of(code));
}

}  // namespace convoke::web
