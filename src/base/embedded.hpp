// Files that are part of the program: templates, styles, translations. See deploy/cmake/Embed.cmake.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace convoke {

struct EmbeddedFile {
  std::string_view name;   // the file's name without its folder
  std::string_view bytes;  // lives as long as the program
};

// The bytes of `name`, or an empty view when there is no such file.
inline std::string_view find_embedded(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const auto& file : files)
    if (file.name == name) return file.bytes;
  return {};
}

}  // namespace convoke
