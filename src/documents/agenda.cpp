#include "documents/agenda.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <optional>

namespace convoke::documents {
namespace {

constexpr std::size_t longest_head = 160;

bool is_meeting_head(std::string_view folded) {
  return has_stem(folded, {"заседан", "засідан", "пасяджэн", "meeting", "совещан", "нарад", "собран", "збор",
                           "сход", "семинар", "семінар", "круглый стол", "круглий стіл", "круглы стол",
                           "session", "seminar", "workshop", "round table"});
}

// The head without "Повестка дня:", its final stop or colon.
std::string clean_head(std::string_view head) {
  std::string text = collapse_spaces(head);
  const std::string folded = fold(text);
  for (const std::string_view label :
       {"повестка дня", "порядок денний", "парадак дня", "agenda", "питання", "вопросы"}) {
    const auto at = folded.rfind(label);
    if (at == std::string::npos || folded.size() - at > label.size() + 2 || at == 0) continue;
    // The folded text may be shorter in bytes; the label's own length from the end is the same.
    text.resize(text.size() - (folded.size() - at));
  }
  text = std::string(trim(text));
  while (text.ends_with('.') || text.ends_with(':') || text.ends_with(' ')) text.pop_back();
  return text;
}

// Where "k." stands as a number of an item, from `from` on: after a space, a line or a stop, before text, not
// after "№".
std::optional<std::size_t> find_item(std::u32string_view text, int k, std::size_t from,
                                     std::size_t& content) {
  const std::u32string number = decode(std::to_string(k));
  for (std::size_t at = from; (at = text.find(number, at)) != std::u32string_view::npos; ++at) {
    const bool starts = at == 0 || is_space(text[at - 1]);
    std::size_t end = at + number.size();
    if (!starts || end >= text.size() || (text[end] != U'.' && text[end] != U')')) continue;
    ++end;
    if (end < text.size() && is_digit(text[end])) continue;  // 1.09
    std::size_t before = at;
    while (before > 0 && is_space(text[before - 1])) --before;
    if (before > 0 && text[before - 1] == U'№') continue;
    while (end < text.size() && is_space(text[end])) ++end;
    if (end >= text.size()) continue;
    content = end;
    return at;
  }
  return std::nullopt;
}

std::optional<TitleAndAgenda> numbered(std::string_view cell) {
  const auto text = decode(cell);
  std::size_t content = 0;
  const auto first = find_item(text, 1, 0, content);
  if (!first || *first == 0) return std::nullopt;
  TitleAndAgenda out;
  out.title = clean_head(encode(std::u32string_view(text).substr(0, *first)));
  if (out.title.empty() || length(out.title) > longest_head) return std::nullopt;
  for (int k = 2;; ++k) {
    std::size_t next_content = 0;
    const auto next = find_item(text, k, content, next_content);
    const auto end = next.value_or(text.size());
    out.agenda.push_back(collapse_spaces(encode(std::u32string_view(text).substr(content, end - content))));
    if (!next) break;
    content = next_content;
  }
  if (out.agenda.size() < 2 && !is_meeting_head(fold(out.title))) return std::nullopt;
  return out;
}

std::optional<TitleAndAgenda> bulleted(std::string_view cell) {
  TitleAndAgenda out;
  std::string head;
  for (const auto raw : split(cell, '\n')) {
    const auto mark = read_list_mark(raw);
    if (trim(raw).empty()) continue;
    if (mark.kind == ListMark::Kind::bullet)
      out.agenda.push_back(collapse_spaces(mark.rest));
    else if (out.agenda.empty())
      head += (head.empty() ? "" : " ") + std::string(raw);
    else
      out.agenda.back() += " " + collapse_spaces(raw);
  }
  out.title = clean_head(head);
  if (out.agenda.empty() || out.title.empty() || !is_meeting_head(fold(out.title))) return std::nullopt;
  return out;
}

}  // namespace

TitleAndAgenda split_agenda(std::string_view cell) {
  if (auto out = numbered(cell)) return *out;
  if (auto out = bulleted(cell)) return *out;
  return {collapse_spaces(cell), {}};
}

}  // namespace convoke::documents
