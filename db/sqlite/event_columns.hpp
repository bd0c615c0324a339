// What few events have, as JSON in one column each: a plan of a hundred rows needs none of it, a conference
// all.
#pragma once

#include "base/result.hpp"
#include "model/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::db::sqlite {

std::string audience_json(const std::vector<std::string>& audience);
std::string attachments_json(const std::vector<Attachment>& attachments);
std::string overrides_json(const std::vector<Override>& overrides);

// What the functions above wrote. Errors: invalid_input for anything else.
Result<std::vector<std::string>> parse_audience_json(std::string_view text);
Result<std::vector<Attachment>> parse_attachments_json(std::string_view text);
Result<std::vector<Override>> parse_overrides_json(std::string_view text);

}  // namespace convoke::db::sqlite
