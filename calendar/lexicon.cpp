#include "calendar/lexicon.hpp"

#include "base/text.hpp"
#include "calendar/period_letters.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace convoke::calendar {
namespace {

// Shorter words are one letter away from too many others.
constexpr std::size_t min_misspelt_length = 6;

struct Table {
  std::string_view language;
  const std::vector<LexiconEntry>& (*entries)();
};

constexpr std::array<Table, 6> tables = {{{"uk", lexicon_uk},
                                          {"be", lexicon_be},
                                          {"ru", lexicon_ru},
                                          {"en", lexicon_en},
                                          {"pl", lexicon_pl},
                                          {"kk", lexicon_kk}}};

struct FormWord {
  std::string text;
  bool stem = false;  // text is how the word begins
};

struct Phrase {
  std::vector<FormWord> words;
  Meaning meaning;
  std::size_t table = 0;
};

struct Name {
  std::u32string text;
  Meaning meaning;
  std::size_t table = 0;
};

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

using PhrasesByWord = std::unordered_map<std::string, std::vector<Phrase>, Hash, std::equal_to<>>;

// "stem(a|b|)" -> stema, stemb, stem.
std::vector<std::string> expand(std::string_view form) {
  const auto open = form.find('(');
  if (open == std::string_view::npos) return {std::string(form)};
  const auto close = form.find(')', open);
  std::vector<std::string> out;
  for (const auto ending : split(form.substr(open + 1, close - open - 1), '|'))
    for (const auto& rest : expand(form.substr(close + 1)))
      out.push_back(std::string(form.substr(0, open)) + std::string(ending) + rest);
  return out;
}

std::vector<FormWord> words_of(std::string_view form) {
  std::vector<FormWord> out;
  std::string parts(form);
  std::replace(parts.begin(), parts.end(), '-', '_');
  for (auto word : split(parts, '_')) {
    const bool stem = !word.empty() && word.back() == '~';
    if (stem) word.remove_suffix(1);
    out.push_back({fold_word(to_lower(to_nfc(word))), stem});
  }
  return out;
}

bool one_letter_apart(const std::u32string& a, const std::u32string& b) {
  const auto& longer = a.size() >= b.size() ? a : b;
  const auto& shorter = a.size() >= b.size() ? b : a;
  if (longer.size() - shorter.size() > 1) return false;
  // Both ends cannot differ: the words looked at are longer than one change reaches.
  if (a.front() != b.front() && a.back() != b.back()) return false;
  std::size_t i = 0;
  while (i < shorter.size() && longer[i] == shorter[i]) ++i;
  const auto same_tail = [&](std::size_t from_longer, std::size_t from_shorter) {
    return longer.compare(std::min(from_longer, longer.size()), std::u32string::npos, shorter,
                          std::min(from_shorter, shorter.size()), std::u32string::npos) == 0;
  };
  if (longer.size() > shorter.size()) return same_tail(i + 1, i);
  if (same_tail(i + 1, i + 1)) return true;
  const bool swapped = i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i];
  return swapped && same_tail(i + 2, i + 2);
}

struct Index {
  PhrasesByWord spelled;         // by the first word
  PhrasesByWord stems;           // by the stem of the first word
  std::size_t longest_stem = 0;  // bytes
  std::vector<Name> names;       // months and weekdays, for misspelt ones
  std::unordered_set<std::string, Hash, std::equal_to<>> suffixes;

  Index() {
    for (std::size_t table = 0; table < tables.size(); ++table)
      for (const auto& line : tables[table].entries())
        for (const auto form : split(line.forms, ' '))
          for (const auto& spelling : expand(form)) add(table, line, spelling);
  }

  void add(std::size_t table, const LexiconEntry& line, std::string_view form) {
    Phrase phrase{words_of(form), {line.kind, line.value}, table};
    const auto first = phrase.words.front();
    const bool alone = phrase.words.size() == 1 && !first.stem;
    if (alone && (line.kind == Class::month || line.kind == Class::weekday)) {
      auto letters = to_code_points(first.text);
      if (letters.size() + 1 >= min_misspelt_length) names.push_back({letters, phrase.meaning, table});
    }
    if (line.kind == Class::suffix) suffixes.insert(first.text);
    if (first.stem) longest_stem = std::max(longest_stem, first.text.size());
    (first.stem ? stems : spelled)[first.text].push_back(std::move(phrase));
  }
};

const Index& index() {
  static const Index made;
  return made;
}

std::size_t table_of(std::string_view language) {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.language == language; });
  return static_cast<std::size_t>(found - tables.begin());
}

// How well `phrase` fits the beginning of `words`; 0: it does not.
std::size_t score_of(const Phrase& phrase, const std::vector<std::string_view>& words) {
  if (phrase.words.size() > words.size()) return 0;
  std::size_t letters = 0;
  bool spelled = true;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const auto& form = phrase.words[i];
    if (!(form.stem ? words[i].starts_with(form.text) : words[i] == form.text)) return 0;
    spelled = spelled && !form.stem;
    letters += form.text.size();
  }
  return phrase.words.size() * 10'000 + (spelled ? 5'000 : 0) + std::min<std::size_t>(letters, 4'999);
}

struct Candidates {
  const std::vector<std::string_view>& words;
  std::array<LexiconHit, tables.size()> best{};
  std::array<std::size_t, tables.size()> best_score{};

  void consider(const std::vector<Phrase>& phrases) {
    for (const auto& phrase : phrases) {
      const std::size_t score = score_of(phrase, words);
      auto& hit = best[phrase.table];
      if (score == 0 || score < best_score[phrase.table]) continue;
      if (score > best_score[phrase.table]) hit.meanings.clear();
      best_score[phrase.table] = score;
      hit.words = phrase.words.size();
      if (std::find(hit.meanings.begin(), hit.meanings.end(), phrase.meaning) == hit.meanings.end())
        hit.meanings.push_back(phrase.meaning);
    }
  }
};

}  // namespace

LexiconHit Lexicon::find(const std::vector<std::string_view>& words, std::string_view language) {
  if (words.empty()) return {};
  Candidates found{words};
  const auto first = words.front();
  const auto look = [&](const PhrasesByWord& phrases, std::string_view key) {
    if (const auto at = phrases.find(key); at != phrases.end()) found.consider(at->second);
  };
  look(index().spelled, first);
  for (std::size_t size = 1; size <= std::min(first.size(), index().longest_stem); ++size) {
    const bool whole_letters =
        size == first.size() || (static_cast<unsigned char>(first[size]) & 0xC0) != 0x80;
    if (whole_letters) look(index().stems, first.substr(0, size));
  }
  const auto own = table_of(language);
  LexiconHit best = own < tables.size() ? std::move(found.best[own]) : LexiconHit{};
  for (std::size_t table = 0; table < tables.size(); ++table)
    if (table != own && found.best[table].words > best.words) best = std::move(found.best[table]);
  return best;
}

std::optional<Meaning> Lexicon::find_misspelt(std::string_view word, std::string_view language) {
  const auto letters = to_code_points(word);
  if (letters.size() < min_misspelt_length) return std::nullopt;
  std::array<std::vector<Meaning>, tables.size()> near;
  for (const auto& name : index().names) {
    auto& found = near[name.table];
    if (one_letter_apart(letters, name.text) &&
        std::find(found.begin(), found.end(), name.meaning) == found.end())
      found.push_back(name.meaning);
  }
  const auto only = [](const std::vector<Meaning>& found) { return found.size() == 1; };
  if (const auto own = table_of(language); own < tables.size() && only(near[own])) return near[own].front();
  std::vector<Meaning> all;
  for (const auto& found : near)
    if (only(found) && std::find(all.begin(), all.end(), found.front()) == all.end())
      all.push_back(found.front());
  return all.size() == 1 ? std::optional(all.front()) : std::nullopt;
}

bool Lexicon::is_suffix(std::string_view word) {
  return index().suffixes.contains(word);
}

std::string fold_word(std::string_view word) {
  static const std::unordered_map<char32_t, char32_t> same = {
      {U'ё', U'е'}, {U'ў', U'у'}, {U'ą', U'a'}, {U'ć', U'c'}, {U'ę', U'e'}, {U'ł', U'l'},
      {U'ń', U'n'}, {U'ó', U'o'}, {U'ś', U's'}, {U'ź', U'z'}, {U'ż', U'z'}};
  std::string out;
  for (char32_t c : to_code_points(word)) {
    if (c == U'\'' || c == U'’' || c == U'ʼ' || c == U'`' || c == U'´' || c == 0x301) continue;
    if (const auto found = same.find(c); found != same.end()) c = found->second;
    append_utf8(out, c);
  }
  return out;
}

}  // namespace convoke::calendar
