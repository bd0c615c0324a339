#include "documents/kinds.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "documents/characters.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace convoke::embedded {
std::span<const EmbeddedFile> kind_cues();
}

namespace convoke::documents {
namespace {

// One word of a cue: "конкурс*", "*их", "*".
struct WordPattern {
  std::string text;
  bool any_start = false, any_end = false;

  static WordPattern parse(std::string_view word) {
    WordPattern pattern;
    pattern.any_start = word.starts_with('*') && word.size() > 1;
    if (pattern.any_start) word.remove_prefix(1);
    pattern.any_end = word.ends_with('*');
    if (pattern.any_end) word.remove_suffix(1);
    pattern.text = word;
    return pattern;
  }

  bool matches_part(std::string_view part) const {
    if (any_start) return any_end ? part.find(text) != std::string_view::npos : part.ends_with(text);
    return any_end ? part.starts_with(text) : part == text;
  }

  // A word joined by hyphens matches as a whole or from one of its parts on: "онлайн-конкурс" by "конкурс*".
  bool matches(std::string_view word) const {
    for (;;) {
      if (matches_part(word)) return true;
      const auto hyphen = word.find('-');
      if (hyphen == std::string_view::npos) return false;
      if (!any_end && !any_start && word.substr(0, hyphen) == text) return true;
      word.remove_prefix(hyphen + 1);
    }
  }
};

struct Cue {
  int order = 0;
  EventKind kind = EventKind::task;
  enum class Where { title_start, outside_quotes, section } where = Where::outside_quotes;
  bool at_start = false;
  std::vector<WordPattern> words;
  std::vector<WordPattern> not_after;
};

using Words = std::vector<std::string>;

Words words_of(std::string_view folded) {
  Words words;
  std::string word;
  const auto flush = [&] {
    while (word.starts_with('-')) word.erase(0, 1);
    while (word.ends_with('-')) word.pop_back();
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char32_t c : decode(folded)) {
    if (is_letter(c) || is_digit(c) || c == U'-' || c == U'\'')
      word += encode(std::u32string(1, c));
    else
      flush();
  }
  flush();
  return words;
}

// Matches the words of the cue from `part` on; a lone "*" stands for one to three words.
bool matches_rest(const Cue& cue, std::size_t part, const Words& words, std::size_t at) {
  constexpr std::size_t most_between = 3;
  if (part == cue.words.size()) return true;
  if (at >= words.size()) return false;
  const WordPattern& pattern = cue.words[part];
  if (!pattern.text.empty()) return pattern.matches(words[at]) && matches_rest(cue, part + 1, words, at + 1);
  for (std::size_t between = 1; between <= most_between; ++between)
    if (matches_rest(cue, part + 1, words, at + between)) return true;
  return false;
}

bool matches_at(const Cue& cue, const Words& words, std::size_t at) {
  if (!matches_rest(cue, 0, words, at)) return false;
  if (at == 0) return true;
  return std::none_of(cue.not_after.begin(), cue.not_after.end(),
                      [&](const WordPattern& pattern) { return pattern.matches(words[at - 1]); });
}

bool matches(const Cue& cue, const Words& words) {
  if (cue.at_start) return matches_at(cue, words, 0);
  for (std::size_t at = 0; at < words.size(); ++at)
    if (matches_at(cue, words, at)) return true;
  return false;
}

Cue parse_cue(std::string_view text, Cue shape) {
  if (text.starts_with('^')) {
    shape.at_start = true;
    text.remove_prefix(1);
  }
  for (const auto word : split(text, ' ')) {
    if (word.starts_with('!'))
      shape.not_after.push_back(WordPattern::parse(word.substr(1)));
    else if (!word.empty())
      shape.words.push_back(WordPattern::parse(word));
  }
  // "^отчетно-" is the beginning of a word joined by a hyphen.
  if (!shape.words.empty() && shape.words.back().text.ends_with('-')) shape.words.back().any_end = true;
  return shape;
}

std::vector<Cue> load_cues() {
  std::vector<Cue> cues;
  const auto table = find_embedded(embedded::kind_cues(), "kind_cues.tsv");
  for (const auto line : split(table, '\n')) {
    const auto fields = split(line, '\t');
    if (fields.size() != 5) continue;
    const auto kind = event_kind_of(fields[1]);
    Cue shape;
    const auto [end, error] =
        std::from_chars(fields[0].data(), fields[0].data() + fields[0].size(), shape.order);
    if (!kind || error != std::errc{}) continue;  // the heading
    shape.kind = *kind;
    if (fields[2] == "title-start") shape.where = Cue::Where::title_start;
    if (fields[2] == "section") shape.where = Cue::Where::section;
    for (const auto text : split(fields[4], '|')) cues.push_back(parse_cue(fold(text), shape));
  }
  std::stable_sort(cues.begin(), cues.end(), [](const Cue& a, const Cue& b) { return a.order < b.order; });
  return cues;
}

std::optional<EventKind> first_match(std::string_view folded, bool section) {
  static const std::vector<Cue> cues = load_cues();
  const Words words = words_of(folded);
  for (const Cue& cue : cues)
    if ((cue.where == Cue::Where::section) == section && !cue.words.empty() && matches(cue, words))
      return cue.kind;
  return std::nullopt;
}

// The title without what stands in quotes or brackets and without what it is only a part of.
std::string outside_quotes(std::string_view title) {
  std::u32string out;
  int depth = 0;
  bool straight = false;
  for (const char32_t c : decode(title)) {
    if (c == U'"') {
      straight = !straight;
      out += U' ';
    } else if (is_opening_quote(c) || c == U'(' || c == U'[') {
      ++depth;
      out += U' ';
    } else if (is_closing_quote(c) || c == U')' || c == U']') {
      depth = std::max(depth - 1, 0);
    } else if (depth == 0 && !straight) {
      out += c;
    }
  }
  std::string folded = fold(encode(out));
  if (const auto at = find_stem(
          folded, {"в рамках", "в межах", "у межах", "у рамках", "within the framework", "as part of"}))
    folded.resize(*at);
  return folded;
}

}  // namespace

KindReading read_kind(std::string_view title, std::string_view section, const Period& period) {
  const bool all_year = period.is_all_year() || period.precision == Precision::recurring ||
                        period.precision == Precision::by_other_plan;
  const auto settle = [&](EventKind kind, KindBasis basis) {
    return KindReading{kind == EventKind::task && all_year ? EventKind::ongoing_task : kind, basis};
  };
  if (const auto kind = first_match(outside_quotes(title), false)) return settle(*kind, KindBasis::title);
  if (const auto kind = first_match(fold(title), false)) return settle(*kind, KindBasis::full_title);
  if (const auto kind = first_match(fold(section), true); kind && !(all_year && *kind == EventKind::meeting))
    return settle(*kind, KindBasis::section);
  return settle(EventKind::task, KindBasis::nothing);
}

EventKind kind_of(std::string_view title, std::string_view section, const Period& period) {
  return read_kind(title, section, period).kind;
}

Involvement involvement_of_title(std::string_view title) {
  const bool participates =
      begins_with(fold(title), {"участие в", "участие во", "принять участие", "участь у", "участь в",
                                "взяти участь", "удзел у", "удзел ў", "прыняць удзел", "participation in",
                                "participate in", "taking part in", "take part in"});
  return participates ? Involvement::participate : Involvement::host;
}

}  // namespace convoke::documents
