#include "service/invited_lines.hpp"

#include "base/text.hpp"

namespace convoke::service {
namespace {

constexpr std::string_view separators = " \t\r,<>()[]\"";
constexpr std::string_view scheme = "mailto:";

void add_word(std::string& words, std::string_view word) {
  if (!words.empty()) words += ' ';
  words += word;
}

std::string_view address_in(std::string_view word) {
  if (word.starts_with(scheme)) word.remove_prefix(scheme.size());
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  return word;
}

// One piece between ends of lines and semicolons.
void read_piece(std::string_view piece, std::vector<InvitedLine>& lines) {
  const auto before = lines.size();
  std::string words;
  while (!piece.empty()) {
    const auto end = std::min(piece.find_first_of(separators), piece.size());
    const auto word = piece.substr(0, end);
    piece.remove_prefix(std::min(end + 1, piece.size()));
    if (word.empty()) continue;
    if (word.find('@') == std::string_view::npos) {
      add_word(words, word);
      continue;
    }
    lines.push_back({std::move(words), to_lower(address_in(word))});
    words.clear();
  }
  if (words.empty()) return;
  if (lines.size() == before)
    lines.push_back({std::move(words), {}});
  else if (lines.back().name.empty())
    lines.back().name = std::move(words);
}

}  // namespace

std::vector<InvitedLine> read_invited_lines(std::string_view text) {
  std::vector<InvitedLine> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\n;"), text.size());
    read_piece(text.substr(0, end), lines);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace convoke::service
