// Heads of pictures: any bytes are read or refused; what is read has a size, and is a head still when more
// bytes follow.
#include "documents/picture.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace convoke::documents;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto head = picture_head(bytes);
  if (head) {
    if (head->width <= 0 || head->height <= 0) std::abort();
    const auto longer = picture_head(bytes + "more");
    if (!longer || longer->width != head->width || longer->height != head->height) std::abort();
    // Small ones are decoded, too: neither decoder may do more than refuse.
    constexpr long small = 256 * 256;
    if (static_cast<long>(head->width) * head->height <= small) {
      const auto picture = read_picture(bytes);
      if (picture && !kept_picture(picture->jpeg)) std::abort();
    }
  }
  return 0;
}
