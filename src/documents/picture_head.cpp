#include "documents/picture.hpp"

#include <cstdint>

namespace convoke::documents {
namespace {

constexpr std::string_view png_signature("\x89PNG\r\n\x1a\n", 8);
constexpr std::string_view jpeg_signature("\xFF\xD8\xFF", 3);

Error broken() {
  return {Errc::invalid_input, "the picture is damaged: its head cannot be read"};
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}
unsigned long two_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) * 256UL + byte_at(bytes, at + 1);
}
unsigned long four_at(std::string_view bytes, std::size_t at) {
  return two_at(bytes, at) * 65'536UL + two_at(bytes, at + 2);
}

Result<PictureHead> head_of(PictureKind kind, unsigned long width, unsigned long height) {
  constexpr unsigned long largest = 0x7FFFFFFF;
  if (width == 0 || height == 0 || width > largest || height > largest) return broken();
  PictureHead head;
  head.kind = kind;
  head.width = static_cast<int>(width);
  head.height = static_cast<int>(height);
  return head;
}

// IHDR is always the first chunk (ISO/IEC 15948, 5.6).
Result<PictureHead> png_head(std::string_view bytes) {
  constexpr std::size_t name = 12, width = 16, height = 20, end = 29;
  if (bytes.size() < end || bytes.substr(name, 4) != "IHDR") return broken();
  return head_of(PictureKind::png, four_at(bytes, width), four_at(bytes, height));
}

// SOF0 to SOF15 but for DHT, JPG and DAC, which share their numbers (ITU-T T.81, table B.1).
bool begins_frame(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Result<PictureHead> jpeg_head(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (byte_at(bytes, at) != 0xFF) return broken();
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    // What has no length cannot stand before a frame; after the scan began there is no frame.
    if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xDA)) return broken();
    const auto length = two_at(bytes, at + 2);
    if (length < 2) return broken();
    if (begins_frame(marker)) {
      if (length < 8 || at + 9 > bytes.size()) return broken();
      return head_of(PictureKind::jpeg, two_at(bytes, at + 7), two_at(bytes, at + 5));
    }
    at += 2 + length;
  }
  return broken();
}

}  // namespace

Result<PictureHead> picture_head(std::string_view bytes) {
  if (bytes.starts_with(png_signature)) return png_head(bytes);
  if (bytes.starts_with(jpeg_signature)) return jpeg_head(bytes);
  return Error(Errc::unsupported_format, "a picture is a PNG or a JPEG file");
}

}  // namespace convoke::documents
