// Edits and versions of plans as the database holds them: anything else is refused, and what is read is
// written back so that it reads the same.
#include "db/sqlite/plan_work_column.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;
using namespace convoke::db::sqlite;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto steps = parse_steps_json(text)) {
    const auto written = steps_json(*steps);
    const auto again = parse_steps_json(written);
    if (!again || again->size() != steps->size() || steps_json(*again) != written) std::abort();
  }
  PlanEdit edit;
  if (parse_edit_json(text, edit)) {
    const auto written = edit_json(edit);
    PlanEdit again;
    if (!parse_edit_json(written, again) || edit_json(again) != written) std::abort();
    if (again.heading_before != edit.heading_before || again.heading_after != edit.heading_after)
      std::abort();
  }
  PlanVersion version;
  if (parse_version_json(text, version)) {
    const auto written = version_json(version);
    PlanVersion again;
    if (!parse_version_json(written, again) || version_json(again) != written) std::abort();
  }
  return 0;
}
