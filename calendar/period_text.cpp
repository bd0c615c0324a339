#include "calendar/period_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace convoke::calendar {
namespace {

constexpr std::size_t max_phrase_words = 6;
constexpr std::size_t min_spaced_letters = 4;  // «м а й ю»: fewer single letters are prepositions
constexpr int max_roman = 39;

struct Letter {
  char32_t raw = 0;
  char32_t lower = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::size_t utf8_size(char32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

char32_t lower_of(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  std::string one;
  append_utf8(one, c);
  const auto lowered = to_code_points(to_lower(one));
  return lowered.empty() ? c : lowered.front();
}

std::vector<Letter> letters_of(std::string_view source) {
  std::vector<Letter> out;
  std::size_t at = 0;
  for (const char32_t c : to_code_points(source)) {
    out.push_back({c, lower_of(c), at, at + utf8_size(c)});
    at += utf8_size(c);
  }
  return out;
}

bool is_break(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029 || c == 0x0B;
}
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}
bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFF0D || c == U'~';
}
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x02BC || c == U'`' || c == 0xB4;
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}
bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0x24F) ||
         is_cyrillic(c) || (c >= 0x370 && c <= 0x3FF) || c == 0x301;
}
// Ⅰ..Ⅻ and ⅰ..ⅻ
int roman_sign(char32_t c) {
  if (c >= 0x2160 && c <= 0x216B) return static_cast<int>(c - 0x2160) + 1;
  if (c >= 0x2170 && c <= 0x217B) return static_cast<int>(c - 0x2170) + 1;
  return 0;
}

std::string to_roman(int number) {
  static constexpr std::array<std::pair<int, const char*>, 5> signs = {
      {{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
  std::string out;
  for (const auto& [value, sign] : signs)
    for (; number >= value; number -= value) out += sign;
  return out;
}

// The number a word is in Roman digits, whatever keyboard they come from: «ІV», «хіі», "lll", «ІУ», "1V".
int roman_value(std::u32string_view word) {
  if (word.empty() || word.size() > 7) return 0;
  const bool only_l = std::all_of(word.begin(), word.end(), [](char32_t c) { return c == U'l'; });
  std::string ascii;
  for (const char32_t c : word) {
    if (c == U'i' || c == U'і' || c == U'1' || (only_l && word.size() <= 3))
      ascii += 'i';
    else if (c == U'v' || (c == U'у' && word.size() > 1))
      ascii += 'v';
    else if (c == U'x' || c == U'х')
      ascii += 'x';
    else
      return 0;
  }
  for (int number = 1; number <= max_roman; ++number)
    if (to_roman(number) == ascii) return number;
  return 0;
}

// Letters that look the same in Latin and Cyrillic, after lower-casing.
constexpr std::array<std::pair<char32_t, char32_t>, 14> look_alikes = {{{U'a', U'а'},
                                                                        {U'b', U'в'},
                                                                        {U'c', U'с'},
                                                                        {U'e', U'е'},
                                                                        {U'h', U'н'},
                                                                        {U'i', U'і'},
                                                                        {U'k', U'к'},
                                                                        {U'm', U'м'},
                                                                        {U'o', U'о'},
                                                                        {U'p', U'р'},
                                                                        {U't', U'т'},
                                                                        {U'x', U'х'},
                                                                        {U'y', U'у'},
                                                                        {U'u', U'и'}}};

// The word in one script, or empty when a letter has no twin there.
std::string in_script(std::string_view word, bool cyrillic) {
  std::string out;
  for (char32_t c : to_code_points(word)) {
    if (is_cyrillic(c) != cyrillic && (c >= 0x80 || (c >= U'a' && c <= U'z'))) {
      const auto twin = std::find_if(look_alikes.begin(), look_alikes.end(), [&](const auto& pair) {
        return (cyrillic ? pair.first : pair.second) == c;
      });
      if (twin == look_alikes.end()) return {};
      c = cyrillic ? twin->second : twin->first;
    }
    append_utf8(out, c);
  }
  return out;
}

bool mixes_scripts(std::string_view word) {
  bool cyrillic = false;
  bool latin = false;
  for (const char32_t c : to_code_points(word)) (is_cyrillic(c) ? cyrillic : latin) = true;
  return cyrillic && latin;
}

std::optional<Class> punctuation(char32_t c) {
  if (is_dash(c)) return Class::dash;
  switch (c) {
    case U'.':
    case 0x2026:
      return Class::dot;
    case U',':
    case U';':
    case U'+':
    case U'&':
      return Class::comma;
    case U'/':
    case U'\\':
    case U'|':
      return Class::slash;
    case U':':
      return Class::colon;
    case U'(':
    case U'[':
      return Class::open;
    case U')':
    case U']':
      return Class::close;
    case 0x2116:
    case U'#':
      return Class::number_sign;
    default:
      return std::nullopt;
  }
}

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
  Tokenizer(std::string_view text, std::string_view language) : language_(language) {
    cell_.source = to_nfc(to_valid_utf8(text));
    letters_ = letters_of(cell_.source);
  }

  Cell run() {
    cut();
    merge_roman();
    merge_suffixes();
    join_spaced_letters();
    give_meanings();
    read_mistyped_roman();
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
      else if (is_digit(c))
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

  std::size_t cut_number(std::size_t i) {
    std::size_t end = i;
    std::string digits;
    while (end < letters_.size() && is_digit(letters_[end].raw))
      digits += static_cast<char>(letters_[end++].raw);
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

  static void merge(Token& into, const Token& next) { into.end = next.end; }

  // "1V", «І1»: a one typed for a Roman digit.
  void merge_roman() {
    auto& t = cell_.tokens;
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
      const bool number_first = t[i].is(Class::number) && t[i + 1].is(Class::word);
      const bool word_first = t[i].is(Class::word) && t[i + 1].is(Class::number);
      if (!t[i + 1].glued || !(number_first || word_first)) continue;
      const auto joined = t[i].text + t[i + 1].text;
      const auto& digits = number_first ? t[i].text : t[i + 1].text;
      const auto& rest = number_first ? t[i + 1].text : t[i].text;
      if (digits.find_first_not_of('1') != std::string::npos || roman_value(to_code_points(rest)) == 0)
        continue;
      const int value = roman_value(to_code_points(joined));
      if (value == 0) continue;
      t[i].text = to_roman(value);
      t[i].meanings = {{Class::roman, value}, {Class::word, 0}};
      merge(t[i], t[i + 1]);
      t.erase(t.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  bool is_suffix(const Token& token) const {
    if (!token.is(Class::word)) return false;
    for (const auto language : Lexicon::languages())
      for (const auto& meaning : Lexicon::of(language).find({token.text}).meanings)
        if (meaning.kind == Class::suffix) return true;
    return false;
  }

  // «1-го», "15th", «2й».
  void merge_suffixes() {
    auto& t = cell_.tokens;
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
      const bool roman =
          t[i].is(Class::word) && roman_value(to_code_points(t[i].text)) > 0 && t[i + 1].is(Class::dash);
      if (!t[i].is(Class::number) && !roman) continue;
      const std::size_t at = t[i + 1].is(Class::dash) && t[i + 1].glued ? i + 2 : i + 1;
      if (at >= t.size() || !t[at].glued || !is_suffix(t[at])) continue;
      if (at + 1 < t.size() && t[at + 1].glued && (t[at + 1].is(Class::word) || t[at + 1].is(Class::number)))
        continue;
      t[i].ordinal_form = true;
      merge(t[i], t[at]);
      t.erase(t.begin() + static_cast<std::ptrdiff_t>(i) + 1,
              t.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
  }

  // «С е н т я б р ь»
  void join_spaced_letters() {
    auto& t = cell_.tokens;
    for (std::size_t i = 0; i < t.size(); ++i) {
      std::size_t end = i;
      while (end < t.size() && t[end].is(Class::word) && length(t[end].text) == 1 &&
             (end == i || t[end].begin - t[end - 1].end == 1 || t[end].begin - t[end - 1].end == 2))
        ++end;
      if (end - i < min_spaced_letters) {
        if (end > i) i = end - 1;
        continue;
      }
      std::string joined;
      for (std::size_t k = i; k < end; ++k) joined += t[k].text;
      if (lookup({joined}).words == 0) continue;  // the next letter may begin the word: «в м а р т е»
      t[i].text = joined;
      t[i].end = t[end - 1].end;
      t.erase(t.begin() + static_cast<std::ptrdiff_t>(i) + 1, t.begin() + static_cast<std::ptrdiff_t>(end));
    }
  }

  LexiconHit lookup_spelled(const std::vector<std::string>& words) const {
    LexiconHit best = Lexicon::of(language_).find(words);
    for (const auto language : Lexicon::languages()) {
      if (language == language_) continue;
      auto hit = Lexicon::of(language).find(words);
      if (hit.words > best.words) best = std::move(hit);
    }
    return best;
  }

  LexiconHit lookup(std::vector<std::string> words) const {
    for (auto& word : words) {
      if (!mixes_scripts(word)) continue;
      auto one = in_script(word, true);
      if (one.empty()) one = in_script(word, false);
      if (!one.empty()) word = std::move(one);
    }
    auto hit = lookup_spelled(words);
    if (hit.words > 0) return hit;
    for (const bool cyrillic : {true, false}) {
      auto other = words;
      for (auto& word : other)
        if (auto one = in_script(word, cyrillic); !one.empty()) word = std::move(one);
      hit = lookup_spelled(other);
      if (hit.words > 0) return hit;
    }
    return hit;
  }

  // The words from token `i` on, over the dots and hyphens of «н.р.», "year-round"; with where each ends.
  std::vector<std::size_t> phrase_from(std::size_t i) const {
    const auto& t = cell_.tokens;
    std::vector<std::size_t> out;
    for (std::size_t k = i; k < t.size() && out.size() < max_phrase_words; ++k) {
      if (t[k].is(Class::word))
        out.push_back(k);
      else if (!(t[k].is(Class::dot) ||
                 (t[k].is(Class::dash) && t[k].glued && k + 1 < t.size() && t[k + 1].glued)))
        break;
    }
    return out;
  }

  void give_meanings() {
    auto& t = cell_.tokens;
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (!t[i].is(Class::word)) continue;
      const auto places = phrase_from(i);
      std::vector<std::string> words;
      for (const auto place : places) words.push_back(t[place].text);
      auto hit = lookup(words);
      if (hit.words == 0) read_misspelt(t[i]);
      for (const auto& meaning : hit.meanings) t[i].meanings.push_back(meaning);
      if (hit.words > 1) {
        const auto last = places[hit.words - 1];
        t[i].end = t[last].end;
        t.erase(t.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                t.begin() + static_cast<std::ptrdiff_t>(last) + 1);
      } else if (const int roman = roman_value(to_code_points(t[i].text));
                 roman > 0 && !t[i].is(Class::roman)) {
        t[i].meanings.push_back({Class::roman, roman});
      }
      // The dot of an abbreviation says nothing; the one after a Roman month does («XI.2024»).
      if (i + 1 < t.size() && t[i + 1].is(Class::dot) && !t[i].is(Class::roman))
        t.erase(t.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  void read_misspelt(Token& token) {
    std::vector<Meaning> found;
    for (const auto language : Lexicon::languages()) {
      if (!language_.empty() && language != language_ && !found.empty()) break;
      for (const auto& meaning : Lexicon::of(language).find_misspelt(token.text))
        if (std::find(found.begin(), found.end(), meaning) == found.end()) found.push_back(meaning);
    }
    if (found.size() != 1) return;
    token.meanings.push_back(found.front());
    cell_.warnings.push_back("\"" + cell_.source.substr(token.begin, token.end - token.begin) +
                             "\" was read as a misspelt name of a month or weekday");
  }

  // «П квартал», «Ш декада»: the Cyrillic letters that look like II and III.
  void read_mistyped_roman() {
    auto& t = cell_.tokens;
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (!t[i].is_only_word() || !(t[i].text == "п" || t[i].text == "ш")) continue;
      std::size_t next = i + 1;
      while (next < t.size() && (t[next].is(Class::dash) || t[next].is(Class::roman) ||
                                 t[next].is(Class::conjunction) || t[next].is(Class::comma)))
        ++next;
      if (next < t.size() && t[next].is(Class::unit))
        t[i].meanings.push_back({Class::roman, t[i].text == "п" ? 2 : 3});
    }
  }

  std::string_view language_;
  Cell cell_;
  std::vector<Letter> letters_;
  bool space_ = false;
  bool line_ = false;
};

}  // namespace

std::u32string to_code_points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    out.push_back(c);
    i += size;
  }
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80)
    put(c);
  else if (c < 0x800)
    put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
  else if (c < 0x10000)
    put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  else
    put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F)),
        put(0x80 | (c & 0x3F));
}

bool Token::is(Class kind) const {
  return std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& m) { return m.kind == kind; });
}

int Token::value(Class kind) const {
  for (const auto& meaning : meanings)
    if (meaning.kind == kind) return meaning.value;
  return 0;
}

Cell tokenize(std::string_view text, std::string_view language) {
  return Tokenizer(text, language).run();
}

}  // namespace convoke::calendar
