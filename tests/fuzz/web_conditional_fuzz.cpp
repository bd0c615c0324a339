// Any bytes as the fields of a conditional request, one a line: no crash, and a date that is read is written
// and read again as the same.
#include "web/conditional.hpp"
#include "web/reply_head.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace convoke;
  constexpr const char* names[] = {"accept-encoding", "if-none-match", "if-modified-since"};
  web::Request request;
  for (const auto line : split(std::string_view(reinterpret_cast<const char*>(data), size), '\n')) {
    if (line.empty()) continue;
    const auto which = static_cast<unsigned char>(line[0]) % 3U;
    request.headers.emplace_back(names[which], line.substr(1));
    if (const auto date = web::parse_http_date(line.substr(1)))
      if (web::parse_http_date(web::format_http_date(*date)) != date) std::abort();
  }
  web::Validators validators;
  validators.etag = "\"a\"";
  validators.gzip_etag = "\"b\"";
  const auto first = web::choose(request, validators);
  const auto second = web::choose(request, validators);
  if (first.not_modified != second.not_modified || first.coding != second.coding) std::abort();
  return 0;
}
