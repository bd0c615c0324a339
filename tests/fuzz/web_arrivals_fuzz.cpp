// Any bytes as what a telephone at the door sends: no crash, an error that can be shown, and what is accepted
// names one person each and is within the limits.
#include "base/text.hpp"
#include "model/door_address.hpp"
#include "web/handlers/arrival_input.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace convoke;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto code = door_code_in(body)) {
    require(!code->empty() && code->size() <= longest_door_code);
    require(door_code_in(door_address("https://plans.example.org", *code)) == code);
  }
  const auto sent = web::read_arrivals(body);
  if (!sent) {
    require(!sent.error().message.empty() && is_valid_utf8(sent.error().message));
    return 0;
  }
  require(sent->size() <= service::most_arrivals);
  for (const auto& one : *sent) {
    require(!one.key.empty() && one.key.size() <= web::longest_arrival_key && is_valid_utf8(one.key));
    require(static_cast<bool>(one.arrival.person) == one.arrival.code.empty());
    require(one.arrival.code.empty() || door_code_in(one.arrival.code) == one.arrival.code);
    require(one.arrival.ago.count() >= 0 &&
            one.arrival.ago <= service::oldest_arrival + std::chrono::seconds{1});
  }
  return 0;
}
