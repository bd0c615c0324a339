// Any bytes as a Cookie header and as a form: what is read is clean, stands there as it was read, and one
// name has one value.
#include "web/cookies.hpp"
#include "web/csrf.hpp"

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
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"sid", "__Host-sid", "lang", ""}) {
    const auto value = web::cookie_value(text, name);
    if (!value) continue;
    require(value->size() <= web::longest_cookie);
    require(
        std::all_of(value->begin(), value->end(), [](char c) { return c > ' ' && c < 0x7f && c != ';'; }));
    require(text.find(std::string(name) + "=" + std::string(*value)) != std::string::npos);
    // Said once more, nobody can tell which of the two is meant.
    require(!web::cookie_value(text + "; " + name + "=x", name));
    require(web::cookie_value(std::string(name) + "=" + std::string(*value), name) == value);
  }
  web::Request request;
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"cookie", text}};
  request.body = text;
  constexpr std::size_t most_fields = 20;
  if (web::read_form(request, most_fields)) require(request.form.size() <= most_fields);
  const auto names = web::cookie_names("http://127.0.0.1");
  const auto token = web::form_token(request, names);
  require(token.size() >= 32 && token.size() <= web::longest_cookie);
  // Nothing in a body alone is a token: it takes the cookie that goes with it.
  request.headers.pop_back();
  require(!web::check_form_token(request, names, true));
  return 0;
}
