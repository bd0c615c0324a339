// Any bytes as the pairs of a query, "key=value" joined by "&" and already decoded: what is accepted keeps
// its limits, and its canonical text gives the same query again.
#include "base/text.hpp"
#include "calendar/filters/feed_query.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;
using Pairs = std::vector<std::pair<std::string, std::string>>;

void require(bool holds) {
  if (!holds) std::abort();
}

Pairs pairs_of(std::string_view text) {
  Pairs pairs;
  for (const auto part : split(text, '&')) {
    const auto equals = std::min(part.find('='), part.size());
    pairs.emplace_back(part.substr(0, equals), part.substr(std::min(equals + 1, part.size())));
  }
  return pairs;
}

// What canonical() writes: "%" and two hexadecimal digits.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    require(i + 2 < text.size());
    out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto query =
      calendar::parse_feed_query(pairs_of(std::string_view(reinterpret_cast<const char*>(data), size)));
  if (!query) {
    const auto& error = query.error();
    require(error.code == Errc::invalid_input && is_valid_utf8(error.message));
    require(strip_controls(error.message) == error.message);
    return 0;
  }
  require(query->sections.size() <= calendar::most_query_values);
  require(query->people.size() + query->responsible.size() <= calendar::most_query_values);
  const auto text = calendar::canonical(*query);
  for (const unsigned char c : text) require(c > ' ' && c < 0x7f);
  Pairs again;
  if (!text.empty())
    for (auto& [key, value] : pairs_of(text)) again.emplace_back(key, decoded(value));
  const auto reread = calendar::parse_feed_query(again);
  require(reread.has_value() && *reread == *query);
  require(!calendar::matches(*query, Event()) || !(query->from || query->to));
  return 0;
}
