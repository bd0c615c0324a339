#include "service/checked_text.hpp"

#include "base/text.hpp"

namespace convoke::service {

Result<std::string> checked_text(const std::string& text, std::size_t limit, const char* what) {
  if (!is_valid_utf8(text)) return Error{Errc::invalid_input, std::string(what) + " is not valid UTF-8"};
  if (strip_controls(text) != text && strip_controls(text).size() + 2 < text.size())
    return Error{Errc::invalid_input, std::string(what) + " has control characters"};
  if (length(text) > limit)
    return Error{Errc::limit_exceeded,
                 std::string(what) + " is longer than " + std::to_string(limit) + " characters"};
  return to_nfc(trim(strip_controls(text)));
}

void TextChanges::apply(const std::optional<std::string>& text, std::string& field, std::size_t limit,
                        const char* what) {
  if (!text || error_) return;
  auto checked = checked_text(*text, limit, what);
  if (checked)
    field = std::move(*checked);
  else
    error_ = checked.error();
}

}  // namespace convoke::service
