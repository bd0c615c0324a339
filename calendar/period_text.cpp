#include "calendar/period_text.hpp"

#include "base/text.hpp"
#include "calendar/period_letters.hpp"
#include "calendar/period_words.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

Token number_token(std::string digits) {
  Token token;
  const int value = digits.size() > 6 ? 999'999 : std::stoi(digits);
  token.meanings.push_back({Class::number, value});
  if (digits.size() == 4 && value >= first_year && value <= last_year)
    token.meanings.push_back({Class::year, value});
  token.text = std::move(digits);
  return token;
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) {
    cell_.source = to_nfc(to_valid_utf8(text));
    letters_ = letters_of(cell_.source);
  }

  Cell run() {
    cut();
    merge_roman();
    merge_suffixes();
    return std::move(cell_);
  }

 private:
  void push(Token token, std::size_t from, std::size_t to) {
    token.begin = letters_[from].begin;
    token.end = letters_[to - 1].end;
    token.glued = !space_ && !cell_.tokens.empty();
    token.line_start = line_ && !cell_.tokens.empty();
    space_ = line_ = false;
    cell_.tokens.push_back(std::move(token));
  }

  void cut() {
    for (std::size_t i = 0; i < letters_.size();) {
      const char32_t c = letters_[i].raw;
      if (is_break(c))
        space_ = line_ = true, ++i;
      else if (is_space(c))
        space_ = true, ++i;
      else if (is_digit(c) || is_mistyped_zero(i))
        i = cut_number(i);
      else if (const int roman = roman_sign(c)) {
        Token token;
        token.text = to_roman(roman);
        token.meanings = {{Class::roman, roman}, {Class::word, 0}};
        push(std::move(token), i, i + 1);
        ++i;
      } else if (is_letter(c))
        i = cut_word(i);
      else if (const auto kind = punctuation(c)) {
        Token token;
        token.meanings.push_back({*kind, 0});
        push(std::move(token), i, i + 1);
        ++i;
      } else
        ++i;  // quotes, stars, underscores and whatever else is decoration
    }
  }

  // «21.О3.2025», «1О.03.2025»: a letter between a digit and a digit or the mark of a date.
  bool is_mistyped_zero(std::size_t i) const {
    if (i == 0 || i + 1 >= letters_.size() || !is_letter_o(letters_[i].raw)) return false;
    const auto mark = [](char32_t c) { return c == U'.' || c == U'/'; };
    const char32_t before = letters_[i - 1].raw, after = letters_[i + 1].raw;
    const bool digit_before = is_digit(before) || (mark(before) && i > 1 && is_digit(letters_[i - 2].raw));
    return digit_before && (is_digit(after) || (is_digit(before) && mark(after)));
  }

  std::size_t cut_number(std::size_t i) {
    std::size_t end = i;
    std::string digits;
    for (; end < letters_.size() && (is_digit(letters_[end].raw) || is_mistyped_zero(end)); ++end)
      digits += is_digit(letters_[end].raw) ? static_cast<char>(letters_[end].raw) : '0';
    const bool short_year = i > 0 && is_apostrophe(letters_[i - 1].raw) && digits.size() == 2 &&
                            (i < 2 || !is_letter(letters_[i - 2].raw)) &&
                            (end >= letters_.size() || !is_apostrophe(letters_[end].raw));
    push(number_token(short_year ? "20" + digits : digits), i, end);
    return end;
  }

  std::size_t cut_word(std::size_t i) {
    std::size_t end = i;
    std::string word;
    bool upper = true;
    while (end < letters_.size() &&
           (is_letter(letters_[end].raw) || (is_apostrophe(letters_[end].raw) && end + 1 < letters_.size() &&
                                             is_letter(letters_[end + 1].raw)))) {
      upper = upper && (letters_[end].raw != letters_[end].lower || is_apostrophe(letters_[end].raw));
      append_utf8(word, letters_[end++].lower);
    }
    Token token;
    token.text = fold_word(word);
    token.upper = upper;
    token.meanings.push_back({Class::word, 0});
    push(std::move(token), i, end);
    return end;
  }

  // "1V", «І1»: a one typed for a Roman digit.
  void merge_roman() {
    auto& t = cell_.tokens;
    std::vector<Token> out;
    out.reserve(t.size());
    for (std::size_t i = 0; i < t.size(); ++i) {
      const int value = i + 1 < t.size() ? roman_with_one(t[i], t[i + 1]) : 0;
      out.push_back(std::move(t[i]));
      if (value == 0) continue;
      ++i;
      out.back().text = to_roman(value);
      out.back().meanings = {{Class::roman, value}, {Class::word, 0}};
      out.back().end = t[i].end;
    }
    t = std::move(out);
  }

  static int roman_with_one(const Token& a, const Token& b) {
    const bool number_first = a.is(Class::number) && b.is(Class::word);
    const bool word_first = a.is(Class::word) && b.is(Class::number);
    if (!b.glued || !(number_first || word_first)) return 0;
    const auto& digits = number_first ? a.text : b.text;
    const auto& rest = number_first ? b.text : a.text;
    if (digits.find_first_not_of('1') != std::string::npos || roman_value(to_code_points(rest)) == 0)
      return 0;
    return roman_value(to_code_points(a.text + b.text));
  }

  // «1-го», "15th", «2й».
  void merge_suffixes() {
    auto& t = cell_.tokens;
    std::vector<Token> out;
    out.reserve(t.size());
    for (std::size_t i = 0; i < t.size(); ++i) {
      const std::size_t suffix = suffix_of(i);
      out.push_back(std::move(t[i]));
      if (suffix == i) continue;
      out.back().ordinal_form = true;
      out.back().end = t[suffix].end;
      i = suffix;
    }
    t = std::move(out);
  }

  // The token that is the ending of the number at `i`; `i` when there is none.
  std::size_t suffix_of(std::size_t i) const {
    const auto& t = cell_.tokens;
    if (i + 1 >= t.size()) return i;
    const bool roman =
        t[i].is(Class::word) && t[i + 1].is(Class::dash) && roman_value(to_code_points(t[i].text)) > 0;
    if (!t[i].is(Class::number) && !roman) return i;
    const std::size_t at = t[i + 1].is(Class::dash) && t[i + 1].glued ? i + 2 : i + 1;
    if (at >= t.size() || !t[at].glued || !t[at].is(Class::word) || !Lexicon::is_suffix(t[at].text)) return i;
    const bool goes_on =
        at + 1 < t.size() && t[at + 1].glued && (t[at + 1].is(Class::word) || t[at + 1].is(Class::number));
    return goes_on ? i : at;
  }

  Cell cell_;
  std::vector<Letter> letters_;
  bool space_ = false;
  bool line_ = false;
};

}  // namespace

bool Token::is(Class kind) const {
  return std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& m) { return m.kind == kind; });
}

int Token::value(Class kind) const {
  for (const auto& meaning : meanings)
    if (meaning.kind == kind) return meaning.value;
  return 0;
}

Cell tokenize(std::string_view text, std::string_view language) {
  auto cell = Tokenizer(text).run();
  if (cell.tokens.size() <= max_period_tokens) give_meanings(cell, language);
  return cell;
}

}  // namespace convoke::calendar
