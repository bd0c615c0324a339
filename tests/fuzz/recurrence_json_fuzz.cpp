// A recurrence as the database holds it: nothing but what recurrence_json() writes is read, and what is read
// is written back the same.
#include "db/sqlite/period_columns.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace sqlite = convoke::db::sqlite;
  const auto read = sqlite::parse_recurrence_json({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  const auto again = sqlite::parse_recurrence_json(sqlite::recurrence_json(*read));
  if (!again || !(*again == *read)) std::abort();
  return 0;
}
