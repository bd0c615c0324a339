#include "calendar/period_match.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <unordered_map>

namespace convoke::calendar {
namespace {

const std::map<std::string_view, Class>& class_names() {
  using enum Class;
  static const std::map<std::string_view, Class> names = {{"number", number},
                                                          {"ordinal", ordinal},
                                                          {"roman", roman},
                                                          {"year", year},
                                                          {"month", month},
                                                          {"weekday", weekday},
                                                          {"weekdays", weekdays},
                                                          {"season", season},
                                                          {"unit", unit},
                                                          {"half", half},
                                                          {"part", part},
                                                          {"holidays", holidays},
                                                          {"workday", workday},
                                                          {"stage", stage},
                                                          {"date_word", date_word},
                                                          {"quarter_mark", quarter_mark},
                                                          {"half_mark", half_mark},
                                                          {"every", every},
                                                          {"each", each},
                                                          {"times", times},
                                                          {"other", other},
                                                          {"report", report},
                                                          {"in", in},
                                                          {"from", from},
                                                          {"until", until},
                                                          {"deadline", deadline},
                                                          {"deadline_after", deadline_after},
                                                          {"inclusive", inclusive},
                                                          {"at", at},
                                                          {"conjunction", conjunction},
                                                          {"by", by},
                                                          {"before", before},
                                                          {"after", after},
                                                          {"clock", clock},
                                                          {"minute", minute},
                                                          {"results", results},
                                                          {"this_year", this_year},
                                                          {"whole_plan", whole_plan},
                                                          {"anniversary", anniversary},
                                                          {"dash", dash},
                                                          {"dot", dot},
                                                          {"comma", comma},
                                                          {"slash", slash},
                                                          {"colon", colon},
                                                          {"open", open},
                                                          {"close", close},
                                                          {"number_sign", number_sign},
                                                          {"word", word},
                                                          {"time", time},
                                                          {"piece", piece},
                                                          {"span", span},
                                                          {"repeat", repeat},
                                                          {"relative", relative},
                                                          {"junk", junk},
                                                          {"year_pair", year_pair},
                                                          {"plan_noun", plan_noun}};
  return names;
}

const std::map<std::string_view, int>& value_names() {
  static const std::map<std::string_view, int> names = {
      {"unit=day", static_cast<int>(Unit::day)},
      {"unit=week", static_cast<int>(Unit::week)},
      {"unit=decade", static_cast<int>(Unit::decade)},
      {"unit=month", static_cast<int>(Unit::month)},
      {"unit=quarter", static_cast<int>(Unit::quarter)},
      {"unit=term", static_cast<int>(Unit::term)},
      {"unit=half_year", static_cast<int>(Unit::half_year)},
      {"unit=semester", static_cast<int>(Unit::semester)},
      {"unit=year", static_cast<int>(Unit::year)},
      {"unit=academic_year", static_cast<int>(Unit::academic_year)},
      {"piece=day", static_cast<int>(PieceKind::day)},
      {"piece=month", static_cast<int>(PieceKind::month)},
      {"piece=season", static_cast<int>(PieceKind::season)},
      {"piece=year", static_cast<int>(PieceKind::year)},
      {"piece=half_year", static_cast<int>(PieceKind::half_year)}};
  return names;
}

struct Alternative {
  Class kind;
  std::optional<int> value;
};

struct Element {
  std::vector<Alternative> any_of;
  bool optional = false;
  bool glued = false;

  bool fits(const Token& token) const {
    if (glued && !token.glued) return false;
    for (const auto& one : any_of) {
      if (!token.is(one.kind)) continue;
      if (!one.value) return true;
      if (one.kind == Class::piece ? static_cast<int>(token.piece.kind) == *one.value
                                   : token.value(one.kind) == *one.value)
        return true;
    }
    return false;
  }
};

Element parse_element(std::string_view text) {
  Element out;
  while (!text.empty() && (text.back() == '?' || text.back() == '!')) {
    (text.back() == '?' ? out.optional : out.glued) = true;
    text.remove_suffix(1);
  }
  for (const auto name : split(text, '|')) {
    const auto equals = name.find('=');
    const auto kind = class_names().at(name.substr(0, equals));
    out.any_of.push_back(
        {kind, equals == std::string_view::npos ? std::nullopt : std::optional(value_names().at(name))});
  }
  return out;
}

// Classes as bits: most rules are refused by the first token alone.
using Classes = std::uint64_t;
static_assert(static_cast<int>(Class::year_pair) < 64);

Classes bit(Class kind) {
  return Classes{1} << static_cast<int>(kind);
}
Classes classes_of(const Token& token) {
  Classes out = 0;
  for (const auto& meaning : token.meanings) out |= bit(meaning.kind);
  return out;
}

struct Pattern {
  std::vector<Element> elements;
  Classes beginnings = 0;  // of the tokens a match can begin with
};

Pattern parse_pattern(std::string_view text) {
  Pattern out;
  for (const auto element : split(text, ' ')) out.elements.push_back(parse_element(element));
  if (out.elements.size() > max_pattern)
    throw std::logic_error("a pattern of the period grammar is too long");
  for (const auto& element : out.elements) {
    for (const auto& one : element.any_of) out.beginnings |= bit(one.kind);
    if (!element.optional) break;
  }
  return out;
}

bool match_from(const std::vector<Element>& pattern, std::size_t element, std::size_t token, Match& match) {
  if (element == pattern.size()) {
    match.end = token;
    return token > match.begin;
  }
  const auto& wanted = pattern[element];
  if (token < match.tokens.size() && wanted.fits(match.tokens[token])) {
    match.picks[element] = &match.tokens[token];
    if (match_from(pattern, element + 1, token + 1, match)) return true;
  }
  match.picks[element] = nullptr;
  return wanted.optional && match_from(pattern, element + 1, token, match);
}

const std::vector<Pattern>& patterns_of(const Step& step) {
  // A step is a constant of the program: its patterns are read once.
  static thread_local std::unordered_map<const Step*, std::vector<Pattern>> read;
  auto& patterns = read[&step];
  if (patterns.empty())
    for (const auto& rule : step.rules) patterns.push_back(parse_pattern(rule.pattern));
  return patterns;
}

}  // namespace

bool make(Match& m, Class kind, int value) {
  m.out.meanings = {{kind, value}};
  return true;
}

bool make_piece(Match& m, const Piece& piece) {
  m.out.piece = piece;
  return make(m, Class::piece);
}

bool make_repeat(Match& m, Frequency frequency) {
  return make(m, Class::repeat, static_cast<int>(frequency));
}

bool make_time(Match& m, int hour, int minute) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  m.out.time = TimeOfDay{hour * 60 + minute};
  return make(m, Class::time);
}

int count_of(const Token& token) {
  for (const auto kind : {Class::ordinal, Class::number, Class::roman})
    if (token.is(kind)) return token.value(kind);
  return 0;
}

Piece of_kind(PieceKind kind, int n, int month) {
  Piece piece;
  piece.kind = kind;
  piece.n = n;
  piece.month = month;
  return piece;
}

Unit unit_of(const Token& token) {
  return static_cast<Unit>(token.value(Class::unit));
}

bool is_unit(const Token* token, Unit unit) {
  return token != nullptr && token->is(Class::unit) && token->value(Class::unit) == static_cast<int>(unit);
}

namespace {

void apply_once(const Step& step, std::vector<Token>& tokens, const RuleContext& context) {
  const auto& patterns = patterns_of(step);
  Match match{tokens, 0, 0, {}, context, {}};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto classes = classes_of(tokens[i]);
    for (std::size_t r = 0; r < step.rules.size(); ++r) {
      if ((patterns[r].beginnings & classes) == 0) continue;
      match.begin = i;
      match.picks.fill(nullptr);
      if (!match_from(patterns[r].elements, 0, i, match)) continue;
      match.out = Token{};
      match.out.begin = tokens[i].begin;
      match.out.end = tokens[match.end - 1].end;
      match.out.glued = tokens[i].glued;
      match.out.line_start = tokens[i].line_start;
      match.out.used = true;
      if (!step.rules[r].build(match)) continue;
      const bool shorter = match.end - i > 1;
      tokens[i] = std::move(match.out);
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   tokens.begin() + static_cast<std::ptrdiff_t>(match.end));
      if (!shorter) break;
      classes = classes_of(tokens[i]);
      r = static_cast<std::size_t>(-1);  // the new token may be the beginning of another match
    }
  }
}

}  // namespace

void apply(const Step& step, std::vector<Token>& tokens, const RuleContext& context) {
  for (std::size_t before = tokens.size() + 1; tokens.size() < before;) {
    before = tokens.size();
    apply_once(step, tokens, context);
  }
}

}  // namespace convoke::calendar
