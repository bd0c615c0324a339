// Finding people's names inside text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

struct NameSpan {
  std::size_t begin = 0, end = 0;  // in code points
  std::string name;                // "Surname I.O.", or in full as written
};

// In the order of the text. Names in quotes and after "им.", "імені", "named after" are passed over.
std::vector<NameSpan> find_names(std::u32string_view text);

// Words that posts, groups and organisations begin with; none of them is a surname. `word` is folded.
bool is_post_or_body(std::string_view word);
// "библиотекари", "рада", "members": several people at once, never the post of the person before.
bool is_collective(std::string_view word);
// "директор", "голова": a post in the nominative, which opens a responsible of its own.
bool is_leading_post(std::string_view word);

}  // namespace convoke::documents
