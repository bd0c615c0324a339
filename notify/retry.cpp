#include "notify/retry.hpp"

#include "base/id.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace convoke::notify {
namespace {

constexpr std::chrono::minutes longest_pause{60};
constexpr int doublings = 6;  // 1, 2, 4, 8, 16, 32, then 60
constexpr int jitter_divisor = 5;

std::chrono::minutes pause_after(int attempts) {
  const int exponent = std::clamp(attempts - 1, 0, doublings);
  return std::min(longest_pause, std::chrono::minutes{1 << exponent});
}

}  // namespace

std::chrono::seconds retry_delay(int attempts, std::string_view seed) {
  const std::chrono::seconds pause = pause_after(attempts);
  const std::string digest = sha256_hex(std::string(seed) + "#" + std::to_string(attempts));
  std::uint32_t number = 0;
  std::from_chars(digest.data(), digest.data() + 8, number, 16);
  return pause + std::chrono::seconds{number % (pause.count() / jitter_divisor + 1)};
}

std::string without_addresses(std::string_view reply) {
  constexpr std::size_t longest = 200;
  const std::string text = strip_controls(collapse_spaces(to_valid_utf8(reply)));
  std::string out;
  for (const auto word : split(text, ' ')) {
    if (!out.empty()) out += ' ';
    out += word.find('@') == std::string_view::npos ? std::string(word) : "<address>";
  }
  return ellipsize(out, longest);
}

}  // namespace convoke::notify
