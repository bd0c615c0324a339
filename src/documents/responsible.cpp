#include "documents/responsible.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"

#include <algorithm>
#include <optional>

namespace convoke::documents {
namespace {

using Text = std::u32string_view;

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

// What separates the parts of a list is no part of them.
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

struct Piece {
  std::string text;  // a chunk between separators, or a name
  bool is_name = false;
  bool touches_left = false;   // nothing but space between it and the piece before
  bool touches_right = false;  // the same on the other side
  bool line_after = false;     // a line break follows
};

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

bool is_degree(std::string_view text) {
  const std::string folded = fold(text);
  return begins_with(folded,
                     {"к.", "д.", "канд", "доктор", "кандыдат", "phd", "dr", "проф", "доц", "засл"}) ||
         (folded.find('.') != std::string::npos && length(folded) <= 9);
}

// Word positions after which a second post begins without a comma.
std::vector<std::string> split_missing_commas(const std::string& chunk) {
  std::vector<std::string> out;
  std::string current, previous;
  for (const auto word : split(chunk, ' ')) {
    const std::string folded = fold(word);
    const bool modified = previous.ends_with("ый") || previous.ends_with("ий") || previous.ends_with("ая") ||
                          previous.ends_with("і") || previous.ends_with("ы") || previous.ends_with("а") ||
                          previous.ends_with(".") || previous.ends_with("-");
    const bool opens = is_leading_post(folded) && length(current) > 12 && !modified &&
                       !is_conjunction(previous) && folded != "head" && folded != "director" &&
                       folded != "chair" && folded != "голова" && current.find("«") == std::string::npos;
    if (opens) {
      out.push_back(current);
      current.clear();
    }
    current += (current.empty() ? "" : " ") + std::string(word);
    previous = folded;
  }
  out.push_back(current);
  return out;
}

class Assembler {
 public:
  ResponsibleReading run(std::vector<Piece> pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      const Piece* next = i + 1 < pieces.size() ? &pieces[i + 1] : nullptr;
      if (piece.is_name)
        name(piece);
      else if (next != nullptr && next->is_name && belongs_to_next(piece))
        waiting_ = piece.text;
      else
        chunk(piece);
    }
    return std::move(out_);
  }

 private:
  bool belongs_to_next(const Piece& piece) const {
    if (piece.touches_right) return !piece.touches_left;
    // A post on a line of its own, above the name.
    return piece.line_after && !has_person_ && !is_collective(first_word(piece.text));
  }

  void name(const Piece& piece) {
    Responsible person;
    person.name = piece.text;
    if (!waiting_.empty()) {
      const auto split = split_post(waiting_);
      person.post = split.post;
      person.organisation = split.organisation;
      waiting_.clear();
      post_before_ = true;
    }
    out_.people.push_back(std::move(person));
    has_person_ = true;
    person_open_ = true;
  }

  void chunk(const Piece& piece) {
    const auto word = first_word(piece.text);
    if (person_open_ && !(is_collective(word) && !piece.touches_left)) {
      attach(out_.people.back(), piece.text);
      return;
    }
    person_open_ = false;
    const auto parts = split_missing_commas(piece.text);
    if (parts.size() > 1)
      out_.warnings.push_back("person: a comma seems to be missing in \"" + piece.text + "\"");
    for (const auto& part : parts) role(part);
  }

  // More about a person who is named already.
  static void attach(Responsible& person, const std::string& text) {
    const auto split = split_post(text);
    if (!split.post.empty()) {
      if (!person.post.empty()) person.post += ", ";
      person.post += split.post;
    }
    if (!split.organisation.empty()) {
      if (!person.organisation.empty()) person.organisation += ", ";
      person.organisation += split.organisation;
    }
  }

  void role(const std::string& text) {
    const auto word = first_word(text);
    // "отдел комплектования, обработки": the tail of the entry before, not an entry.
    const bool tail =
        !out_.people.empty() && !has_person_ && starts_lower(text) && !is_post_or_body(word) &&
        has_stem(fold(out_.people.back().post), {"отдел", "відділ", "аддзел", "кафедр", "сектор"});
    if (tail) {
      out_.people.back().post += ", " + text;
      return;
    }
    const auto split = split_post(text);
    Responsible entry;
    entry.post = split.post;
    entry.organisation = split.organisation;
    out_.people.push_back(std::move(entry));
  }

  ResponsibleReading out_;
  std::string waiting_;
  bool has_person_ = false, person_open_ = false, post_before_ = false;
};

// A line break inside a phrase is only the cell's width: the next line goes on in lower case and is no new
// post.
std::u32string join_wrapped_lines(std::string_view cell) {
  const auto lines = split(cell, '\n');
  std::string out;
  for (const auto raw : lines) {
    const std::string line = collapse_spaces(raw);
    if (line.empty()) continue;
    const auto letters = decode(line);
    const bool goes_on =
        !out.empty() && is_lower(letters[0]) && !is_post_or_body(first_word(line)) && !is_degree(line);
    const bool quote = !out.empty() && starts_with_quote(line);
    if (!out.empty()) out += goes_on || quote ? ' ' : '\n';
    auto mark = read_list_mark(line);
    out += mark.kind == ListMark::Kind::none || mark.kind == ListMark::Kind::roman ? line : mark.rest;
  }
  return decode(out);
}

std::string without_label(std::string text) {
  const std::string folded = fold(text);
  if (!begins_with(folded, {"ответственн", "відповідальн", "адказн", "отв.", "відп.", "responsible"}))
    return text;
  const auto colon = text.find(':');
  const auto dash = text.find('.');
  if (colon != std::string::npos && colon < 60)
    return std::string(trim(std::string_view(text).substr(colon + 1)));
  if (dash != std::string::npos && dash < 12)
    return std::string(trim(std::string_view(text).substr(dash + 1)));
  return text;
}

}  // namespace

ResponsibleReading read_responsible(std::string_view cell) {
  const std::u32string text = join_wrapped_lines(without_label(std::string(trim(cell))));
  bool said = false;
  for (const char32_t c : text) said = said || is_letter(c);
  if (!said) return {};
  Splitter splitter(text);
  auto out = Assembler().run(splitter.run());
  if (splitter.broken_off())
    out.warnings.push_back("person: the cell breaks off after a conjunction; somebody may be missing");
  return out;
}

NamedLine find_name(std::string_view line) {
  std::string cleaned;
  for (const char c : line) cleaned += c == '_' || c == '*' ? ' ' : c;
  const auto text = decode(cleaned);
  const auto names = find_names(text);
  if (names.empty()) return {"", strip_edges(cleaned)};
  const auto& last = names.back();
  const auto rest = encode(Text(text).substr(0, last.begin)) + " " + encode(Text(text).substr(last.end));
  return {last.name, strip_edges(rest)};
}

}  // namespace convoke::documents
