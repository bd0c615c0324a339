// Any bytes as Accept-Language, Cookie and ?lang=, one a line: a language of ours comes out, the same each
// time, and nothing of the input gets into the headers of the reply.
#include "base/text.hpp"
#include "web/i18n.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  web::Request request;
  for (const auto line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto which = static_cast<unsigned char>(line[0]) % 3U;
    const std::string value(line.substr(1));
    if (which == 0) request.headers.emplace_back("accept-language", value);
    if (which == 1) request.headers.emplace_back("cookie", value);
    if (which == 2) request.query.emplace_back("lang", value);
  }
  const auto language = web::language_of_reader(request);
  require(std::find(all_languages.begin(), all_languages.end(), language) != all_languages.end());
  require(web::language_of_reader(request) == language);
  if (const auto asked = request.query_value("lang"); asked && language_of(*asked))
    require(language_of(*asked) == language);
  if (const auto best = web::negotiate_language(text)) require(text.find_first_of("*ubreUBRE") < size);

  web::Reply reply;
  web::set_language_headers(reply, request, language);
  const std::string tag(tag_of(language));
  require(reply.header("Content-Language") == tag);
  const auto cookie = reply.header("Set-Cookie");
  require(cookie.empty() || cookie.starts_with("lang=" + tag + "; "));
  require(cookie.find_first_of("\r\n") == std::string_view::npos);
  return 0;
}
