#include "documents/responsible.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"
#include "documents/responsible_pieces.hpp"

#include <algorithm>
#include <optional>

namespace convoke::documents {
namespace {

using Text = std::u32string_view;

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
  auto pieces = split_responsible(text);
  auto out = Assembler().run(std::move(pieces.pieces));
  if (pieces.broken_off)
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
