#include "base/result.hpp"

#include <array>
#include <stdexcept>

namespace convoke {

std::string_view name_of(Errc code) {
  static constexpr std::array<std::string_view, 13> names = {
      "",          "invalid_input", "not_a_plan", "unsupported_format", "limit_exceeded",
      "not_found", "gone",          "conflict",   "forbidden",          "unauthenticated",
      "storage_unavailable", "delivery_failed", "internal"};
  return names.at(static_cast<std::size_t>(code));
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error(std::string(where.function_name()) + ": unread error " +
                         std::string(name_of(error.code)) + ": " + error.message);
}

}  // namespace convoke
