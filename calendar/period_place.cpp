#include "calendar/period_place.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

bool used(const Token& t) {
  return t.used && !t.is(Class::junk);
}

bool is_punctuation(const Token& t) {
  return t.is(Class::dash) || t.is(Class::dot) || t.is(Class::comma) || t.is(Class::slash) ||
         t.is(Class::colon) || t.is(Class::open) || t.is(Class::close);
}

bool is_mode(const Token& t) {
  return t.is(Class::mode) && t.value(Class::mode) == 0;
}

// Worth keeping: not a preposition, a conjunction or a word about the date.
bool has_content(const Token& t) {
  return t.is_only_word() || is_mode(t) || t.is(Class::stage) || t.is(Class::venue) || t.is(Class::junk) ||
         t.is(Class::number_sign);
}

std::string strip_punctuation(std::string_view text) {
  static constexpr std::string_view marks = " \t\r\n,;:.-*";
  for (bool changed = true; changed && !text.empty();) {
    const auto size = text.size();
    while (!text.empty() && marks.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && marks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    for (const std::string_view dash : {"–", "—", "−"}) {
      if (text.starts_with(dash)) text.remove_prefix(dash.size());
      if (text.ends_with(dash)) text.remove_suffix(dash.size());
    }
    if (text.starts_with('(') && text.ends_with(')'))
      text = text.substr(1, text.size() - 2);
    else if (text.starts_with('(') && text.find(')') == std::string_view::npos)
      text.remove_prefix(1);
    else if (text.ends_with(')') && text.find('(') == std::string_view::npos)
      text.remove_suffix(1);
    changed = text.size() != size;
  }
  return collapse_spaces(text);
}

struct Run {
  std::size_t begin = 0;  // tokens
  std::size_t end = 0;
};

std::vector<Run> runs(const Cell& cell, const std::vector<std::size_t>& taken, bool split_at_commas) {
  std::vector<Run> out;
  std::size_t begin = 0;
  const auto& t = cell.tokens;
  const auto flush = [&](std::size_t end) {
    if (end > begin) out.push_back({begin, end});
  };
  for (std::size_t i = 0; i < t.size(); ++i) {
    const bool separator =
        split_at_commas && (t[i].is(Class::comma) || t[i].is(Class::open) || t[i].is(Class::close));
    const bool mine = std::find(taken.begin(), taken.end(), i) == taken.end();
    if (used(t[i]) || separator || !mine) {
      flush(i);
      begin = i + 1;
    } else if (t[i].line_start) {
      flush(i);
      begin = i;
    }
  }
  flush(t.size());
  return out;
}

std::string text_of(const Cell& cell, std::size_t begin, std::size_t end) {
  return cell.source.substr(begin, end - begin);
}

}  // namespace

std::string text_of_deadline(const Cell& cell, std::size_t token, std::vector<std::size_t>& taken) {
  const auto& t = cell.tokens;
  std::size_t first = token;
  while (first > 0 && !used(t[first - 1]) && !t[first].line_start) --first;
  std::size_t last = token;
  const bool words_before = std::any_of(t.begin() + static_cast<std::ptrdiff_t>(first),
                                        t.begin() + static_cast<std::ptrdiff_t>(token), has_content);
  if (!words_before)
    while (last + 1 < t.size() && !used(t[last + 1]) && !t[last + 1].line_start) ++last;
  for (std::size_t i = first; i <= last; ++i) taken.push_back(i);
  return strip_punctuation(text_of(cell, t[first].begin, t[last].end));
}

void leave_place(const Cell& cell, const std::vector<std::size_t>& taken, const Period& period,
                 PeriodReading& reading) {
  const bool dated = period.has_dates() && period.precision != Precision::ongoing;
  std::vector<std::string> parts;
  for (const auto& run : runs(cell, taken, !dated)) {
    bool stage = false, content = false, known = false, undated = false, elsewhere = false, unknown = false;
    std::size_t first = run.end;
    std::size_t last = run.begin;
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const auto& t = cell.tokens[i];
      stage = stage || t.is(Class::stage);
      content = content || has_content(t);
      known = known || is_mode(t) || t.is(Class::venue);
      unknown = unknown || t.is_only_word();
      undated = undated || t.is(Class::undated);
      elsewhere = elsewhere || t.is(Class::plan_noun) || t.is(Class::ongoing);
      if (is_punctuation(t) && !t.is(Class::open) && !t.is(Class::close)) continue;
      first = std::min(first, i);
      last = i;
    }
    if (!content || first == run.end) continue;
    if ((undated || elsewhere) && !known) continue;  // «число уточняется»
    if (!dated && !known) continue;
    const auto& t = cell.tokens;
    auto part = strip_punctuation(text_of(cell, t[first].begin, t[last].end));
    if (part.empty()) continue;
    if (stage) {
      reading.warnings.push_back("a stage is named beside its date: " + ellipsize(part, 80));
      continue;
    }
    if (unknown && !known)
      reading.warnings.push_back("words beside the dates were taken for the place: " + ellipsize(part, 80));
    parts.push_back(std::move(part));
  }
  reading.place = join(parts, ", ");
}

}  // namespace convoke::calendar
