// Any bytes as an address and as a form: what is accepted is clean, and encoding it again reads the same.
#include "base/text.hpp"
#include "web/target.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string encode(const web::Pairs& fields) {
  std::string text;
  for (const auto& [name, value] : fields)
    text += web::percent_encode(name) + "=" + web::percent_encode(value) + "&";
  return text;
}

void check_fields(const web::Pairs& fields, std::size_t limit) {
  require(fields.size() <= limit);
  for (const auto& [name, value] : fields) {
    require(is_valid_utf8(name) && is_valid_utf8(value));
    require(value.find('\0') == std::string::npos);
  }
  const auto again = web::parse_form(encode(fields), limit);
  require(again.has_value() && *again == fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t limit = 50;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto form = web::parse_form(text, limit)) check_fields(*form, limit);
  const auto target = web::parse_target(text, limit);
  if (!target) return 0;
  check_fields(target->query, limit);
  require(is_valid_utf8(target->path) && strip_controls(target->path) == target->path);
  std::string again;
  for (const auto segment : split(std::string_view(target->path).substr(1), '/')) {
    require(segment != "." && segment != "..");
    again += "/" + web::percent_encode(segment);
  }
  const auto reread = web::parse_target(again, limit);
  require(reread.has_value() && reread->path == target->path);
  return 0;
}
