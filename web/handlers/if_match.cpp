#include "web/handlers/if_match.hpp"

#include "base/text.hpp"
#include "web/handlers/common.hpp"

#include <charconv>

namespace convoke::web {
namespace {

// The number in If-Match: "3", the ETag of an event. Errors: invalid_input.
Result<int> sequence_in(std::string_view if_match) {
  auto text = trim(if_match);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < 0)
    return Error(Errc::invalid_input, "If-Match must be the ETag of the event, like \"3\"");
  return value;
}

}  // namespace

Result<std::optional<int>> condition_of(const Request& request) {
  const auto condition = request.header("if-match");
  if (condition.empty() || condition == "*") return std::optional<int>();
  const auto sequence = sequence_in(condition);
  if (!sequence) return sequence.error();
  return std::optional<int>(*sequence);
}

Reply refusal_of(const Request& request, bool conditional, const Error& error) {
  if (conditional && error.code == Errc::conflict) return error_reply(request, 412, error.message);
  return error_reply(request, error);
}

}  // namespace convoke::web
