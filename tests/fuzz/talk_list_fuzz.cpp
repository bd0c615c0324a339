// A pasted list of talks: whatever stands in it, what is understood can be stored, or is refused with a
// reason.
#include "base/text.hpp"
#include "service/talk_list.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace convoke;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto list = service::read_talk_list(text);
  if (!list) {
    require(list.error().message.starts_with("'list'"), "the reason names the list");
    return 0;
  }
  require(!list->rows.empty() && list->rows.size() <= most_rows, "as many rows as a section holds");
  for (const auto& row : list->rows) {
    require(!row.title.empty() && is_valid_utf8(row.title), "every row has a title");
    require(row.minutes >= 1 && row.minutes <= longest_row, "every row has a length");
    require(!row.is_break || row.speakers.empty(), "nobody speaks in a break");
    require(!row.at || (*row.at >= TimeOfDay{0} && *row.at < TimeOfDay{24 * 60}), "a time is one of a day");
    for (const auto& one : row.speakers) require(!one.empty() && is_valid_utf8(one), "a speaker has a name");
  }
  return 0;
}
