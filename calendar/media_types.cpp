#include "calendar/media_types.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convoke::calendar {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 19> types = {{
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"svg", "image/svg+xml"},
    {"avif", "image/avif"},
    {"pdf", "application/pdf"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"doc", "application/msword"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"txt", "text/plain"},
    {"csv", "text/csv"},
    {"html", "text/html"},
    {"htm", "text/html"},
    {"zip", "application/zip"},
}};
constexpr std::string_view unknown = "application/octet-stream";
constexpr std::size_t longest_name = 127;  // RFC 6838 4.2

bool is_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= longest_name && name.find('^') == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

std::string_view media_type_of(std::string_view url) {
  const auto path = url.substr(0, url.find_first_of("?#"));
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return unknown;
  const std::string ending = to_lower(to_valid_utf8(path.substr(dot + 1)));
  const auto* const found =
      std::find_if(types.begin(), types.end(), [&](const Pair& pair) { return pair.first == ending; });
  return found == types.end() ? unknown : found->second;
}

std::string stated_media_type(std::string_view type, std::string_view url) {
  type = trim(type);
  const auto slash = type.find('/');
  const bool good =
      slash != std::string_view::npos && is_name(type.substr(0, slash)) && is_name(type.substr(slash + 1));
  return std::string(good ? type : media_type_of(url));
}

}  // namespace convoke::calendar
