#include "service/query_string.hpp"

#include <boost/url/params_view.hpp>
#include <boost/url/parse_query.hpp>

namespace convoke::service {

Result<calendar::FeedQuery> parse_query_string(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    // A person on a command line writes Cyrillic as it is; in an address every byte of it is escaped.
    if (const auto byte = static_cast<unsigned char>(c); byte > 0x20 && byte < 0x7F) {
      encoded += c;
    } else {
      static constexpr char digits[] = "0123456789ABCDEF";
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  const auto parsed = boost::urls::parse_query(encoded);
  if (!parsed) return Error{Errc::invalid_input, "the filter is written like kind=meeting&lang=uk"};
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!text.empty())
    for (const auto& parameter : boost::urls::params_view(encoded))
      pairs.emplace_back(parameter.key, parameter.value);
  return calendar::parse_feed_query(pairs);
}

}  // namespace convoke::service
