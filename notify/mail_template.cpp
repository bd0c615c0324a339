#include "notify/mail_template.hpp"

#include "base/text.hpp"
#include "notify/mail_places.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::size_t longest_value = 1000;
constexpr std::string_view small_heading_mark = "## ", heading_mark = "# ", footer_mark = "-- ";

// A run of text, or what stands in braces with them.
struct Piece {
  std::string_view text;
  bool braced = false;

  std::string_view name() const { return text.substr(1, text.size() - 2); }
};

// Braces that are not closed in the same line are text.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t begin = 0, at = 0;
  while ((at = text.find('{', at)) != std::string_view::npos) {
    const auto end = text.find_first_of("{}\n", at + 1);
    if (end == std::string_view::npos || text[end] != '}') {
      ++at;
      continue;
    }
    if (at > begin) pieces.push_back({text.substr(begin, at - begin), false});
    pieces.push_back({text.substr(at, end + 1 - at), true});
    begin = at = end + 1;
  }
  if (begin < text.size()) pieces.push_back({text.substr(begin), false});
  return pieces;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// The name of the block that a line consists of.
std::optional<std::string_view> block_line(std::string_view line, ReminderReason kind) {
  const auto pieces = pieces_of(trim(line));
  if (pieces.size() != 1 || !pieces.front().braced) return std::nullopt;
  const auto place = place_of(kind, pieces.front().name());
  if (!place || !place->block) return std::nullopt;
  return pieces.front().name();
}

class Filler {
 public:
  Filler(ReminderReason kind, const MailValues& values) : kind_(kind), values_(values) {}

  std::string line(std::string_view text) const {
    std::string out;
    for (const auto& piece : pieces_of(text)) {
      const auto place = piece.braced ? place_of(kind_, piece.name()) : std::nullopt;
      out += place && !place->block ? values_.text(piece.name()) : piece.text;
    }
    return collapse_spaces(out);
  }

  void paragraph(const std::vector<std::string_view>& lines) {
    const auto block = block_line(lines.back(), kind_);
    const auto* blocks = block ? values_.blocks(*block) : nullptr;
    if (block && blocks == nullptr) return;
    std::string text;
    for (std::size_t i = 0; i + (block ? 1 : 0) < lines.size(); ++i)
      text += std::string(i > 0 ? " " : "") + std::string(lines[i]);
    add(text);
    if (block) std::copy(blocks->begin(), blocks->end(), std::back_inserter(out_));
  }

  std::vector<Block> take() { return std::move(out_); }

 private:
  bool says_nothing(std::string_view text) const {
    const auto pieces = pieces_of(text);
    return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
      const auto place = piece.braced ? place_of(kind_, piece.name()) : std::nullopt;
      return place && !place->block && values_.text(piece.name()).empty();
    });
  }

  void add(std::string_view text) {
    if (trim(text).empty() || says_nothing(text)) return;
    if (text.starts_with(small_heading_mark)) {
      out_.push_back(Heading{line(text.substr(small_heading_mark.size())), 2});
    } else if (text.starts_with(heading_mark)) {
      out_.push_back(Heading{line(text.substr(heading_mark.size())), 1});
    } else if (text.starts_with(footer_mark)) {
      out_.push_back(Footer{line(text.substr(footer_mark.size()))});
    } else {
      out_.push_back(Paragraph{line(text)});
    }
  }

  ReminderReason kind_;
  const MailValues& values_;
  std::vector<Block> out_;
};

// Small print follows everything else, whatever order it was written in, and is one.
void put_footer_last(std::vector<Block>& blocks) {
  std::stable_partition(blocks.begin(), blocks.end(),
                        [](const Block& block) { return !std::holds_alternative<Footer>(block); });
}

struct Checker {
  ReminderReason kind;
  std::vector<TemplateProblem> problems;
  std::set<std::string, std::less<>> seen;

  void add(TemplateProblem::Kind what, bool in_subject, std::string_view place = {}, int line = 0,
           int column = 0) {
    problems.push_back({what, std::string(place), in_subject, line, column});
  }

  void check_line(std::string_view line, int number, bool in_subject) {
    const bool block_alone = !in_subject && block_line(line, kind).has_value();
    std::size_t at = 0;
    for (const auto& piece : pieces_of(line)) {
      const int column = static_cast<int>(length(line.substr(0, at))) + 1;
      at += piece.text.size();
      if (!piece.braced) continue;
      const auto place = place_of(kind, piece.name());
      if (!place) {
        add(TemplateProblem::Kind::unknown_place, in_subject, ellipsize(piece.text, 60), number, column);
      } else if (place->block && !block_alone) {
        add(TemplateProblem::Kind::block_in_sentence, in_subject, piece.text, number, column);
      } else {
        seen.insert(std::string(piece.name()));
      }
    }
  }
};

}  // namespace

TemplateText read_template_file(std::string_view file) {
  const std::string text = with_plain_line_ends(file);
  const auto end = text.find('\n');
  if (end == std::string::npos) return {std::string(trim(text)), {}};
  return {std::string(trim(text.substr(0, end))), std::string(trim(text.substr(end)))};
}

void MailValues::set(std::string_view place, std::string_view value) {
  texts_.insert_or_assign(std::string(place),
                          ellipsize(strip_controls(collapse_spaces(to_valid_utf8(value))), longest_value));
}

void MailValues::set(std::string_view place, std::vector<Block> blocks) {
  blocks_.insert_or_assign(std::string(place), std::move(blocks));
}

std::string_view MailValues::text(std::string_view place) const {
  const auto found = texts_.find(place);
  return found == texts_.end() ? std::string_view{} : std::string_view(found->second);
}

const std::vector<Block>* MailValues::blocks(std::string_view place) const {
  const auto found = blocks_.find(place);
  return found == blocks_.end() || found->second.empty() ? nullptr : &found->second;
}

MailText fill_template(const TemplateText& text, ReminderReason kind, const MailValues& values) {
  Filler filler(kind, values);
  MailText mail;
  mail.subject = filler.line(strip_controls(to_valid_utf8(text.subject)));
  const std::string body = strip_controls(with_plain_line_ends(to_valid_utf8(text.body)));
  std::vector<std::string_view> paragraph;
  for (const auto line : split(body, '\n')) {
    const bool blank = trim(line).empty();
    if (!blank) paragraph.push_back(trim(line));
    if (!blank && !block_line(line, kind)) continue;
    if (!paragraph.empty()) filler.paragraph(paragraph);
    paragraph.clear();
  }
  if (!paragraph.empty()) filler.paragraph(paragraph);
  mail.blocks = filler.take();
  put_footer_last(mail.blocks);
  return mail;
}

std::vector<TemplateProblem> check_template(const TemplateText& text, ReminderReason kind) {
  using Kind = TemplateProblem::Kind;
  Checker checker{kind, {}, {}};
  if (trim(text.subject).empty()) checker.add(Kind::subject_empty, true);
  if (length(text.subject) > longest_subject_text) checker.add(Kind::subject_too_long, true);
  if (text.subject.find_first_of("\r\n") != std::string::npos) checker.add(Kind::subject_lines, true);
  checker.check_line(text.subject, 1, true);
  if (trim(text.body).empty()) checker.add(Kind::body_empty, false);
  if (length(text.body) > longest_body_text) {
    checker.add(Kind::body_too_long, false);
    return std::move(checker.problems);
  }
  int number = 0;
  const std::string body = with_plain_line_ends(text.body);
  for (const auto line : split(body, '\n')) checker.check_line(line, ++number, false);
  for (const auto& place : places_of(kind))
    if (place.needed && !checker.seen.contains(place.name))
      checker.add(Kind::place_missing, false, "{" + std::string(place.name) + "}");
  return std::move(checker.problems);
}

}  // namespace convoke::notify
