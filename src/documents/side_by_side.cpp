#include "documents/side_by_side.hpp"

#include "base/text.hpp"
#include "documents/approvals.hpp"
#include "documents/characters.hpp"
#include "documents/plan_text.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr std::size_t widest_gap_in_text = 3;  // so many spaces part two columns
constexpr std::size_t tab_width = 8;
constexpr std::size_t most_lines = 14;
constexpr std::size_t longest_line = 400;  // in bytes
constexpr std::size_t column_slack = 8;    // typists do not count their spaces

struct Segment {
  std::string text;
  std::size_t column = 0;
};

std::vector<Segment> segments_of(std::string_view line) {
  std::vector<Segment> out;
  std::u32string current;
  std::size_t column = 0, gap = widest_gap_in_text, begin = 0;
  const auto flush = [&] {
    const auto text = collapse_spaces(encode(current));
    if (!text.empty()) out.push_back({text, begin});
    current.clear();
  };
  for (const char32_t c : decode(line)) {
    const std::size_t width = c == U'\t' ? tab_width : 1;
    if (is_space(c)) {
      gap += c == U'\t' ? widest_gap_in_text : 1;
    } else {
      if (gap >= widest_gap_in_text) {
        flush();
        begin = column;
      }
      gap = 0;
    }
    current += c;
    column += width;
  }
  flush();
  return out;
}

bool opens_columns(const std::vector<Segment>& segments) {
  return segments.size() == 2 && is_stamp(segments[0].text) && is_stamp(segments[1].text);
}

}  // namespace

void unfold_columns(std::vector<Part>& parts) {
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const auto* first = std::get_if<Paragraph>(&parts[at]);
    if (first == nullptr || first->text.size() > longest_line) continue;
    const auto opening = segments_of(first->text);
    if (!opens_columns(opening)) continue;
    const auto edge = opening[1].column - std::min(opening[1].column, column_slack);
    std::vector<Part> left, right;
    std::size_t end = at;
    for (; end < parts.size() && end < at + most_lines; ++end) {
      const auto* line = std::get_if<Paragraph>(&parts[end]);
      if (line == nullptr || line->text.size() > longest_line || opens_title(fold(plain_line(line->text))))
        break;
      const auto segments = segments_of(line->text);
      // A single text at the margin behind an empty line is no part of the stamps any more.
      if (segments.size() > 2 || (segments.size() == 1 && segments[0].column < edge && line->after_empty))
        break;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        auto& side = i == 1 || segments[i].column >= edge ? right : left;
        Paragraph paragraph;
        paragraph.text = segments[i].text;
        paragraph.after_empty = side.empty();
        side.emplace_back(std::move(paragraph));
      }
    }
    left.insert(left.end(), std::make_move_iterator(right.begin()), std::make_move_iterator(right.end()));
    const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(at);
    const auto behind = parts.erase(begin, parts.begin() + static_cast<std::ptrdiff_t>(end));
    at += left.size() - 1;
    parts.insert(behind, std::make_move_iterator(left.begin()), std::make_move_iterator(left.end()));
  }
}

}  // namespace convoke::documents
