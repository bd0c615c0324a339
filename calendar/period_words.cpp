#include "calendar/period_words.hpp"

#include "base/text.hpp"
#include "calendar/period_letters.hpp"

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

constexpr std::size_t min_spaced_letters = 4;   // «м а й ю»: fewer single letters are prepositions
constexpr std::size_t max_spaced_letters = 20;  // no name is longer

// A word as it may be looked up: as it is typed, and with the letters of the other script that look the same.
struct Spellings {
  std::array<std::string, 3> text;  // typed (one script, if it can be), Cyrillic, Latin; empty: as typed

  std::string_view in(std::size_t script) const { return text[script].empty() ? text[0] : text[script]; }
};

Spellings spellings_of(const std::string& word) {
  Spellings out;
  auto cyrillic = in_script(word, true);
  auto latin = in_script(word, false);
  out.text[0] = word;
  if (mixes_scripts(word)) {
    if (!cyrillic.empty())
      out.text[0] = cyrillic;
    else if (!latin.empty())
      out.text[0] = latin;
  }
  if (cyrillic != out.text[0]) out.text[1] = std::move(cyrillic);
  if (latin != out.text[0]) out.text[2] = std::move(latin);
  return out;
}

class WordReader {
 public:
  WordReader(Cell& cell, std::string_view language) : cell_(cell), language_(language) {}

  void run() {
    join_spaced_letters();
    for (const auto& token : cell_.tokens)
      spellings_.push_back(token.is(Class::word) ? spellings_of(token.text) : Spellings{});
    look_words_up();
    read_mistyped_roman();
  }

 private:
  LexiconHit lookup(const std::vector<const Spellings*>& phrase) const {
    LexiconHit hit;
    std::vector<std::string_view> words(phrase.size());
    for (std::size_t script = 0; script < 3 && hit.words == 0; ++script) {
      bool differs = script == 0;
      for (std::size_t i = 0; i < phrase.size(); ++i) {
        words[i] = phrase[i]->in(script);
        differs = differs || !phrase[i]->text[script].empty();
      }
      if (differs) hit = Lexicon::find(words, language_);
    }
    return hit;
  }

  bool known(const std::string& word) const {
    const auto spellings = spellings_of(word);
    return lookup({&spellings}).words > 0;
  }

  // «С е н т я б р ь»
  void join_spaced_letters() {
    auto& t = cell_.tokens;
    std::vector<Token> out;
    out.reserve(t.size());
    for (std::size_t i = 0; i < t.size();) {
      const std::size_t end = end_of_letters(i);
      std::string joined;
      for (std::size_t k = i; k < end; ++k) joined += t[k].text;
      out.push_back(std::move(t[i]));
      // A word that is none goes on with the next letter: «в м а р т е».
      const bool joins = end - i >= min_spaced_letters && end - i <= max_spaced_letters && known(joined);
      if (joins) {
        out.back().text = joined;
        out.back().end = t[end - 1].end;
      }
      i = joins ? end : i + 1;
    }
    t = std::move(out);
  }

  // After the single letters that begin with token `i`; stops when there are too many for a word.
  std::size_t end_of_letters(std::size_t i) const {
    const auto& t = cell_.tokens;
    std::size_t end = i;
    while (end < t.size() && end - i <= max_spaced_letters && t[end].is(Class::word) &&
           length(t[end].text) == 1 &&
           (end == i || t[end].begin - t[end - 1].end == 1 || t[end].begin - t[end - 1].end == 2))
      ++end;
    return end;
  }

  // The words from token `i` on, over the dots and hyphens of «н.р.», "year-round".
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

  void look_words_up() {
    auto& t = cell_.tokens;
    std::vector<Token> out;
    out.reserve(t.size());
    for (std::size_t i = 0; i < t.size();) {
      std::size_t next = i + 1;
      if (t[i].is(Class::word)) {
        next = read_word(i);
        // The dot of an abbreviation says nothing; the one after a Roman month does («XI.2024»).
        if (next < t.size() && t[next].is(Class::dot) && !t[i].is(Class::roman)) ++next;
      }
      out.push_back(std::move(t[i]));
      i = next;
    }
    t = std::move(out);
  }

  // Gives token `i` its meanings; returns the first token after its phrase.
  std::size_t read_word(std::size_t i) {
    auto& token = cell_.tokens[i];
    const auto places = phrase_from(i);
    std::vector<const Spellings*> phrase;
    for (const auto place : places) phrase.push_back(&spellings_[place]);
    const auto hit = lookup(phrase);
    if (hit.words == 0) read_misspelt(token);
    token.meanings.insert(token.meanings.end(), hit.meanings.begin(), hit.meanings.end());
    if (hit.words > 1) {
      const auto last = places[hit.words - 1];
      token.end = cell_.tokens[last].end;
      return last + 1;
    }
    if (token.is(Class::roman)) return i + 1;
    if (const int roman = roman_value(to_code_points(token.text)); roman > 0)
      token.meanings.push_back({Class::roman, roman});
    return i + 1;
  }

  void read_misspelt(Token& token) {
    const auto found = Lexicon::find_misspelt(token.text, language_);
    if (!found) return;
    token.meanings.push_back(*found);
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

  Cell& cell_;
  std::string_view language_;
  std::vector<Spellings> spellings_;  // by token, while words are looked up
};

}  // namespace

void give_meanings(Cell& cell, std::string_view language) {
  WordReader(cell, language).run();
}

}  // namespace convoke::calendar
