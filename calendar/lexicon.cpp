#include "calendar/lexicon.hpp"

#include "base/text.hpp"
#include "calendar/period_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

namespace convoke::calendar {
namespace {

struct FormWord {
  std::string text;
  bool stem = false;  // text is how the word begins
};

struct Phrase {
  std::vector<FormWord> words;
  Meaning meaning;
};

// Shorter words are one letter away from too many others.
constexpr std::size_t min_misspelt_length = 6;

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

const std::vector<LexiconEntry>* table_of(std::string_view language) {
  if (language == "uk") return &lexicon_uk();
  if (language == "be") return &lexicon_be();
  if (language == "ru") return &lexicon_ru();
  if (language == "en") return &lexicon_en();
  if (language == "pl") return &lexicon_pl();
  if (language == "kk") return &lexicon_kk();
  return nullptr;
}

}  // namespace

struct Lexicon::Index {
  std::unordered_map<std::string, std::vector<Phrase>> spelled;  // by the first word
  std::unordered_map<std::string, std::vector<Phrase>> stems;    // by the stem of the first word
  std::vector<std::pair<std::u32string, Meaning>> names;         // months and weekdays, for misspelt ones
};

Lexicon::~Lexicon() = default;

Lexicon::Lexicon(std::string_view language) : index_(std::make_unique<Index>()) {
  const auto* table = table_of(language);
  if (table == nullptr) return;
  for (const auto& line : *table) {
    for (const auto form : split(line.forms, ' ')) {
      for (const auto& spelled : expand(form)) {
        Phrase phrase{words_of(spelled), {line.kind, line.value}};
        const auto first = phrase.words.front();
        if ((line.kind == Class::month || line.kind == Class::weekday) && phrase.words.size() == 1 &&
            !first.stem)
          index_->names.emplace_back(to_code_points(first.text), phrase.meaning);
        (first.stem ? index_->stems : index_->spelled)[first.text].push_back(std::move(phrase));
      }
    }
  }
}

const std::vector<std::string_view>& Lexicon::languages() {
  static const std::vector<std::string_view> all = {"uk", "be", "ru", "en", "pl", "kk"};
  return all;
}

const Lexicon& Lexicon::of(std::string_view language) {
  static const auto all = [] {
    std::map<std::string, std::unique_ptr<Lexicon>, std::less<>> made;
    for (const auto name : languages()) made.emplace(name, std::unique_ptr<Lexicon>(new Lexicon(name)));
    made.emplace("", std::unique_ptr<Lexicon>(new Lexicon("")));
    return made;
  }();
  const auto found = all.find(language);
  return found != all.end() ? *found->second : *all.find("")->second;
}

LexiconHit Lexicon::find(const std::vector<std::string>& words) const {
  LexiconHit best;
  std::size_t best_score = 0;
  const auto consider = [&](const std::vector<Phrase>& phrases) {
    for (const auto& phrase : phrases) {
      if (phrase.words.size() > words.size()) continue;
      std::size_t letters = 0;
      bool matches = true;
      bool spelled = true;
      for (std::size_t i = 0; i < phrase.words.size() && matches; ++i) {
        const auto& form = phrase.words[i];
        matches = form.stem ? words[i].starts_with(form.text) : words[i] == form.text;
        spelled = spelled && !form.stem;
        letters += form.text.size();
      }
      if (!matches) continue;
      const std::size_t score =
          phrase.words.size() * 10'000 + (spelled ? 5'000 : 0) + std::min<std::size_t>(letters, 4'999);
      if (score < best_score) continue;
      if (score > best_score) best.meanings.clear();
      best_score = score;
      best.words = phrase.words.size();
      if (std::find(best.meanings.begin(), best.meanings.end(), phrase.meaning) == best.meanings.end())
        best.meanings.push_back(phrase.meaning);
    }
  };
  if (words.empty()) return best;
  const auto& first = words.front();
  if (const auto found = index_->spelled.find(first); found != index_->spelled.end()) consider(found->second);
  for (std::size_t size = 1; size <= first.size(); ++size)
    if (const auto found = index_->stems.find(first.substr(0, size)); found != index_->stems.end())
      consider(found->second);
  return best;
}

std::vector<Meaning> Lexicon::find_misspelt(const std::string& word) const {
  const auto letters = to_code_points(word);
  std::vector<Meaning> out;
  if (letters.size() < min_misspelt_length) return out;
  for (const auto& [name, meaning] : index_->names)
    if (name.size() + 1 >= min_misspelt_length && one_letter_apart(letters, name) &&
        std::find(out.begin(), out.end(), meaning) == out.end())
      out.push_back(meaning);
  if (out.size() > 1) out.clear();
  return out;
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
