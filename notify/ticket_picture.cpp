#include "notify/ticket_picture.hpp"

#include <zlib.h>
#include <qrcodegen/qrcodegen.hpp>

#include <cstdint>
#include <stdexcept>

namespace convoke::notify {
namespace {

using qrcodegen::QrCode;

constexpr int quiet_zone = 4, pixels = 8;  // modules on each side; of a module

void append_number(std::string& out, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(number >> shift & 0xFF);
}

// Section 5.3: length, type, data, and a checksum over the last two.
void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  const std::string body = std::string(type) + std::string(data);
  append_number(out, static_cast<std::uint32_t>(data.size()));
  out += body;
  const auto* bytes = reinterpret_cast<const Bytef*>(body.data());
  append_number(out, static_cast<std::uint32_t>(crc32(0, bytes, static_cast<uInt>(body.size()))));
}

// Each line begins with its filter, none; then a module is a byte of eight equal bits: white is 1.
std::string lines_of(const QrCode& code) {
  std::string lines;
  for (int y = -quiet_zone; y < code.getSize() + quiet_zone; ++y) {
    std::string line(1, '\0');
    for (int x = -quiet_zone; x < code.getSize() + quiet_zone; ++x)
      line += code.getModule(x, y) ? '\0' : '\xFF';
    for (int i = 0; i < pixels; ++i) lines += line;
  }
  return lines;
}

std::string deflated(const std::string& bytes) {
  std::string packed(compressBound(static_cast<uLong>(bytes.size())), '\0');
  uLongf size = static_cast<uLongf>(packed.size());
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION) != Z_OK)
    throw std::runtime_error("a ticket could not be packed");
  packed.resize(size);
  return packed;
}

}  // namespace

std::string ticket_picture(std::string_view text) {
  const auto code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
  const auto side = static_cast<std::uint32_t>((code.getSize() + 2 * quiet_zone) * pixels);
  std::string out = "\x89PNG\r\n\x1A\n";
  std::string header;
  append_number(header, side);
  append_number(header, side);
  header += '\1';          // one bit a sample
  header.append(4, '\0');  // shades of grey; the one compression, the one set of filters, not interlaced
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", deflated(lines_of(code)));
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace convoke::notify
