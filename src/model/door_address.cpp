#include "model/door_address.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke {
namespace {

constexpr std::size_t shortest_code = 8, longest_address = 2'000;

bool is_code_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string door_address(std::string_view base_url, std::string_view code) {
  return std::string(base_url) + std::string(door_path) + std::string(code);
}

std::optional<std::string> door_code_in(std::string_view text) {
  if (text.size() > longest_address) return std::nullopt;
  auto code = std::string_view(trim(text));
  const bool address = code.starts_with("https://") || code.starts_with("http://");
  if (address) {
    code = code.substr(0, code.find_first_of("?#"));
    const auto at = code.rfind(door_path);
    if (at == std::string_view::npos) return std::nullopt;
    code.remove_prefix(at + door_path.size());
  }
  const bool fits = code.size() >= shortest_code && code.size() <= longest_door_code;
  if (!fits || !std::ranges::all_of(code, is_code_character)) return std::nullopt;
  return std::string(code);
}

}  // namespace convoke
