// How a text that a person sends is taken: valid, without control characters, within its limit. Every use
// case that stores words asks here, so that what one refuses no other lets in.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// In code points.
inline constexpr std::size_t longest_title = 1'000;
inline constexpr std::size_t longest_text = 20'000;  // of notes and descriptions
inline constexpr std::size_t longest_label = 200;    // of an audience, a file's name, a contact

// `text` composed (NFC) and trimmed. `what` names it in the message: "the title". Errors: invalid_input for
// what is no UTF-8 or full of control characters, limit_exceeded over `limit` code points.
Result<std::string> checked_text(const std::string& text, std::size_t limit, const char* what);

// Copies changed texts into their fields; the first error is kept.
class TextChanges {
 public:
  void apply(const std::optional<std::string>& text, std::string& field, std::size_t limit, const char* what);
  const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace convoke::service
