#include "documents/responsible_pieces.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

using Text = std::u32string_view;

// A conjunction at either end, with whether one was cut at the right one.
std::string strip_conjunctions(std::string text, bool& cut_at_end) {
  for (;;) {
    const std::string folded = fold(text);
    if (is_conjunction(folded)) {
      cut_at_end = true;
      return {};
    }
    const auto space = folded.find(' ');
    if (space != std::string::npos && is_conjunction(std::string_view(folded).substr(0, space))) {
      text = std::string(trim(std::string_view(text).substr(text.find(' '))));
      continue;
    }
    const auto last = folded.rfind(' ');
    if (last != std::string::npos && is_conjunction(std::string_view(folded).substr(last + 1))) {
      text = strip_edges(std::string_view(text).substr(0, text.rfind(' ')));
      cut_at_end = true;
      continue;
    }
    return text;
  }
}

bool opens_new_entry(Text text, std::size_t at) {
  const std::string rest = encode(text.substr(at, 80));
  const auto word = first_word(rest);
  return is_leading_post(word) || is_collective(word);
}

// Splits what stands between two names at commas, semicolons, line ends and conjunctions before a new post.
class Splitter {
 public:
  explicit Splitter(Text text) : text_(text), names_(find_names(text)) {}

  std::vector<Piece> run() {
    std::size_t at = 0;
    for (const auto& name : names_) {
      between(at, name.begin, at > 0, true);
      pieces_.push_back(Piece{name.name, true, false, false, false});
      at = name.end;
    }
    between(at, text_.size(), !names_.empty(), false);
    return std::move(pieces_);
  }

  bool broken_off() const { return broken_off_; }

 private:
  void between(std::size_t begin, std::size_t end, bool name_before, bool name_after) {
    std::size_t from = begin;
    int depth = 0;
    bool separated = !name_before;
    for (std::size_t i = begin; i < end; ++i) {
      const char32_t c = text_[i];
      if (is_opening_quote(c) || c == U'(') ++depth;
      if (is_closing_quote(c) || c == U')') depth = std::max(depth - 1, 0);
      if (!separates(i, end, depth)) continue;
      emit(from, i, !separated, false, c == U'\n');
      separated = true;
      from = i + 1;
    }
    emit(from, end, !separated, name_after, false);
  }

  bool separates(std::size_t i, std::size_t end, int depth) const {
    const char32_t c = text_[i];
    if (c == U';') return true;
    if (c == U'\n') return true;
    if (depth > 0) return false;
    if (c == U',') return true;
    if (c != U' ' || i + 3 >= end) return false;
    for (const Text conjunction : {Text(U" и "), Text(U" і "), Text(U" та "), Text(U" and "), Text(U" ды ")})
      if (text_.substr(i, conjunction.size()) == conjunction &&
          opens_new_entry(text_, i + conjunction.size()))
        return true;
    return false;
  }

  void emit(std::size_t begin, std::size_t end, bool left, bool right, bool line_after) {
    const std::string raw = encode(text_.substr(begin, end - begin));
    bool cut = false;
    const std::string text = strip_conjunctions(strip_edges(raw), cut);
    if (cut && end == text_.size()) broken_off_ = true;
    if (text.empty()) {
      if (!pieces_.empty() && line_after) pieces_.back().line_after = true;
      return;
    }
    // After "and" the words before a name do not belong to it more than to the one before.
    pieces_.push_back(Piece{text, false, left, right && !cut, line_after});
  }

  Text text_;
  std::vector<NameSpan> names_;
  std::vector<Piece> pieces_;
  bool broken_off_ = false;
};

}  // namespace

std::string first_word(std::string_view text) {
  std::string word;
  for (const char32_t c : decode(fold(text))) {
    if (!is_letter(c) && c != U'-' && c != U'\'') {
      if (word.empty() && !is_digit(c)) continue;
      break;
    }
    word += encode(std::u32string(1, c));
  }
  return word;
}

bool is_conjunction(std::string_view folded) {
  for (const std::string_view word : {"и", "і", "й", "та", "ды", "and", "&", "или", "або", "а также",
                                      "а також", "совместно с", "спільно з", "сумесна з", "разом з"})
    if (folded == word) return true;
  return false;
}

std::string strip_edges(std::string_view text) {
  auto letters = decode(collapse_spaces(text));
  const auto cut_front = [&](std::size_t n) { letters.erase(0, n); };
  while (!letters.empty() &&
         (is_space(letters[0]) || is_dash(letters[0]) || Text(U",;:()./").find(letters[0]) != Text::npos))
    cut_front(1);
  while (!letters.empty() && (is_space(letters.back()) || is_dash(letters.back()) ||
                              Text(U",;:_").find(letters.back()) != Text::npos))
    letters.pop_back();
  // A bracket that its partner has left.
  const auto opened = std::count(letters.begin(), letters.end(), U'('),
             closed = std::count(letters.begin(), letters.end(), U')');
  if (closed > opened && letters.back() == U')') letters.pop_back();
  if (opened > closed && !letters.empty() && letters.back() == U'(') letters.pop_back();
  // The full stop of a sentence, not that of an abbreviation ("зав.", "отд.").
  if (letters.size() > 5 && letters.back() == U'.') {
    const auto stop = letters.size() - 1;
    auto begin = stop;
    while (begin > 0 && is_letter(letters[begin - 1])) --begin;
    if (stop - begin > 4) letters.pop_back();
  }
  return collapse_spaces(encode(letters));
}

Pieces split_responsible(Text cell) {
  Splitter splitter(cell);
  Pieces out;
  out.pieces = splitter.run();
  out.broken_off = splitter.broken_off();
  return out;
}

}  // namespace convoke::documents
