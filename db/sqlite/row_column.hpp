// How what a document said of an event lies in a column of the event table: one small JSON object.
#pragma once

#include "base/result.hpp"
#include "model/event.hpp"

#include <string>
#include <string_view>

namespace convoke::db::sqlite {

std::string row_json(const RowAsRead& row);
// Errors: invalid_input for anything that row_json() does not write.
Result<RowAsRead> parse_row_json(std::string_view text);

}  // namespace convoke::db::sqlite
