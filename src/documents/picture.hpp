// Pictures that people upload to stand behind what is printed. Nothing of the file itself is kept: it is
// decoded, laid on white, made no larger than paper needs and written anew, so that neither what hides in a
// file (a place, a name, a second file) nor what breaks a decoder goes on from here. How many pixels there
// are is read from the head and bounded before anything is decoded.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace convoke::documents {

enum class PictureKind { png, jpeg };

struct PictureHead {
  PictureKind kind = PictureKind::png;
  int width = 0, height = 0;  // pixels
};

inline constexpr std::size_t largest_picture_file = 8 * 1024 * 1024;  // bytes
inline constexpr int longest_picture_side = 10'000;                   // pixels
inline constexpr long most_picture_pixels = 24'000'000;
// What is kept: A4 across at 210 dots an inch.
inline constexpr int kept_width = 2456, kept_height = 1736;

// What the first bytes say. Errors: unsupported_format for what is neither PNG nor JPEG; invalid_input for a
// head that is cut off or says nothing usable.
Result<PictureHead> picture_head(std::string_view bytes);

struct Picture {
  int width = 0, height = 0;
  std::string jpeg;  // baseline, RGB, without metadata

  Picture() = default;
};

// The picture of a file, made safe. The same file gives the same bytes. Errors: those of picture_head();
// limit_exceeded above the limits; invalid_input for a file that cannot be decoded.
Result<Picture> read_picture(std::string_view bytes);
// A picture that read_picture() made. Errors: as above, for anything else.
Result<Picture> kept_picture(std::string bytes);

}  // namespace convoke::documents
