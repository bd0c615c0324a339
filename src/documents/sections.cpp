#include "documents/sections.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr int month_rank = 90;
constexpr int plain_rank = 50;

int rank_of(const std::string& caption) {
  const auto mark = read_list_mark(caption);
  if (mark.kind == ListMark::Kind::roman ||
      begins_with(fold(caption), {"раздел", "розділ", "раздзел", "section", "part "}))
    return 0;
  if (mark.kind == ListMark::Kind::arabic)
    return 10 + static_cast<int>(std::count(mark.number.begin(), mark.number.end(), '.'));
  bool letters = false, lower = false;
  for (const char32_t c : decode(caption)) {
    letters = letters || is_letter(c);
    lower = lower || is_lower(c);
  }
  return letters && !lower ? 40 : plain_rank;
}

}  // namespace

std::string caption_text(std::string_view line) {
  std::string text = plain_line(line);
  while (text.ends_with(':') || text.ends_with(' ')) text.pop_back();
  return text;
}

void SectionStack::enter(std::string_view line, bool is_month) {
  const std::string caption = caption_text(line);
  if (caption.empty()) return;
  const int rank = is_month ? month_rank : rank_of(caption);
  const auto same =
      std::find_if(levels_.begin(), levels_.end(), [rank](const Level& level) { return level.rank == rank; });
  if (same != levels_.end())
    levels_.erase(same, levels_.end());
  else if (item_since_ ||
           (!levels_.empty() && levels_.back().rank > rank && levels_.back().rank != month_rank))
    // A deeper style stays under a shallower one; a shallower one ends all deeper ones.
    std::erase_if(levels_,
                  [rank](const Level& level) { return level.rank > rank && level.rank != month_rank; });
  levels_.push_back(Level{caption, rank, is_month});
  item_since_ = false;
}

std::string SectionStack::path() const {
  std::vector<std::string> captions;
  for (const auto& level : levels_) captions.push_back(level.caption);
  return join(captions, " / ");
}

std::string SectionStack::month() const {
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    if (level->is_month) return level->caption;
  return {};
}

}  // namespace convoke::documents
