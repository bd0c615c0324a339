// Any bytes as a set of rules: refused with a reason, or read to a set that is written and read the same
// again.
#include "service/rule_sets.hpp"
#include "service/rules_json.hpp"

#include <boost/json/serialize.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;
using namespace convoke::service;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto set = read_rules({reinterpret_cast<const char*>(data), size});
  if (!set) {
    require(!set.error().message.empty());
    return 0;
  }
  if (const auto fine = check_rules(*set); !fine) {
    require(!fine.error().message.empty());
    return 0;
  }
  auto written = rules_json(*set);
  written.as_object().erase("id");
  const auto again = read_rules(boost::json::serialize(written));
  require(again.has_value() && *again == *set);
  return 0;
}
