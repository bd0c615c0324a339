// How a Period lies in the columns of the event table: names and ISO dates that a person can read, and the
// recurrence as one small JSON object.
#pragma once

#include "base/result.hpp"
#include "model/period.hpp"

#include <string>
#include <string_view>

namespace convoke::db::sqlite {

// A recurrence longer than this is refused when read: no plan lists more.
inline constexpr std::size_t max_recurrence_bytes = 64 * 1024;

// {"frequency":"monthly","weekdays":[{"weekday":4,"nth":3}],"day_of_month":5}; weekdays count from Monday =
// 1, fields at their default are left out.
std::string recurrence_json(const Recurrence& recurrence);
// Errors: invalid_input for anything that recurrence_json() does not write.
Result<Recurrence> parse_recurrence_json(std::string_view text);

}  // namespace convoke::db::sqlite
