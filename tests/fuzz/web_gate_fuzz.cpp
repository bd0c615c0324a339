// Any bytes as a request's header, in two pieces: what the gate lets in keeps its promises to the handlers.
#include "base/text.hpp"
#include "web/head_scanner.hpp"
#include "web/request_head.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

// The first byte says where the input is cut. Returns the header's length, 0 when there is none.
std::size_t scan_in_two(std::string_view bytes, std::size_t cut, std::size_t& leading) {
  const web::Limits limits;
  web::HeadScanner whole(limits), pieces(limits);
  const auto at_once = whole.scan(bytes);
  auto in_two = pieces.scan(bytes.substr(0, cut));
  if (in_two.has_value() && !in_two->has_value()) in_two = pieces.scan(bytes);
  require(at_once.has_value() == in_two.has_value());
  if (!at_once) {
    require(at_once.error().status == in_two.error().status);
    return 0;
  }
  require(*at_once == *in_two);
  leading = whole.leading();
  return at_once->value_or(0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t leading = 0;
  const auto length = scan_in_two(bytes, data[0] * (size - 1) / 255, leading);
  if (length == 0) return 0;
  const std::vector<std::string> hosts{"localhost", "[::1]"};
  const auto head = web::read_request_head(bytes.substr(leading, length - leading), hosts, web::Limits());
  if (!head) {
    require(head.error().status >= 400 && head.error().status < 600 && !head.error().reason.empty());
    return 0;
  }
  const auto& request = head->request;
  require(request.path == "*" || request.path.substr(0, 1) == "/");
  require(is_valid_utf8(request.path) && strip_controls(request.path) == request.path);
  require(request.header("transfer-encoding").empty());
  require(head->content_length <= 9'999'999'999);
  require(head->content_length == 0 || !web::is_safe(request.method));
  require(head->authority.empty() || web::host_name(head->authority) == "localhost" ||
          web::host_name(head->authority) == "[::1]");
  for (const auto& [name, value] : request.headers)
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos && !name.empty());
  return 0;
}
