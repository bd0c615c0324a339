// Settings of a call, authors of a paper and marks of a review, as the JSON of one column each.
#pragma once

#include "model/submission.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::db::sqlite {

// What has no column of its own.
std::string call_settings_json(const Call& call);
// Into `call`. Errors: invalid_input for what call_settings_json() never wrote; so the others.
Result<void> parse_call_settings_json(std::string_view text, Call& call);

std::string authors_json(const std::vector<PaperAuthor>& authors);
Result<std::vector<PaperAuthor>> parse_authors_json(std::string_view text);

std::string marks_json(const Marks& marks);
Result<Marks> parse_marks_json(std::string_view text);

}  // namespace convoke::db::sqlite
