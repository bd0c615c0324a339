#include "web/twins/clean_text.hpp"

#include "base/id.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

constexpr std::size_t uuid_length = 36;

bool is_uuid(std::string_view text) {
  if (text.size() != uuid_length) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (is_dash ? c != '-' : !is_digit) return false;
  }
  return true;
}

}  // namespace

std::string clean_text(std::string_view text) {
  auto clean = strip_controls(to_valid_utf8(text));
  for (const std::string_view noncharacter : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = clean.find(noncharacter); at != std::string::npos; at = clean.find(noncharacter, at))
      clean.erase(at, noncharacter.size());
  return clean;
}

std::string uuid_urn(std::string_view identity) {
  if (is_uuid(identity)) return "urn:uuid:" + to_lower(identity);
  auto digits = sha256_hex(identity).substr(0, 32);
  digits[12] = '8';  // version 8: made by a rule of our own
  digits[16] = "89ab"[(digits[16] <= '9' ? digits[16] - '0' : digits[16] - 'a' + 10) & 3];  // the variant
  for (const std::size_t at : {8, 13, 18, 23}) digits.insert(at, "-");
  return "urn:uuid:" + digits;
}

}  // namespace convoke::web
