#include "web/pages/query_words.hpp"

#include "web/i18n.hpp"

#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::web {
namespace {

// What may stand there, where it is no list of codes.
std::string allowed_text(std::string_view said, Language language) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 6> phrases = {{
      {"a day like 2024-09-01", "a day like 2024-09-01"},
      {"the audiences of events, as they are written", "the audiences of events, as they are written"},
      {"the number, the name or the post of a person", "the number, the name or the post of a person"},
      {"the headings of plans", "the headings of plans"},
      {"the numbers of organisations", "the numbers of organisations"},
      {"words to look for", "words to look for"},
  }};
  for (const auto& [english, msgid] : phrases)
    if (said == english) return tr(language, msgid);
  return std::string(said);
}

using Parts = std::vector<std::string>;

// The parts of a sentence between its fixed pieces; the first part after an empty piece is one word, the key.
std::optional<Parts> parts_of(std::string_view said, std::span<const std::string_view> pieces) {
  if (!said.starts_with(pieces.front())) return std::nullopt;
  said.remove_prefix(pieces.front().size());
  Parts parts;
  for (const auto piece : pieces.subspan(1)) {
    const auto at = piece.empty() ? said.size() : said.find(piece);
    if (at == std::string_view::npos) return std::nullopt;
    parts.emplace_back(said.substr(0, at));
    said.remove_prefix(at + piece.size());
  }
  const bool one_word = !pieces.front().empty() || parts.front().find(' ') == std::string::npos;
  return said.empty() && one_word ? std::optional(std::move(parts)) : std::nullopt;
}

struct Shape {
  std::vector<std::string_view> pieces;
  const char* msgid;
  std::vector<std::string_view> names;  // of the parts, as the msgid calls them
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = {
      {{"'", "' is no filter; allowed: ", ""},
       "Events cannot be chosen by “{key}”. Possible: {allowed}.",
       {"key", "allowed"}},
      {{"", " '", "' is unknown; allowed: ", ""},
       "{key}: “{value}” is not known. Possible: {allowed}.",
       {"key", "value", "allowed"}},
      {{"", " is longer than ", " bytes"}, "{key}: this is too long.", {"key", "count"}},
      {{"", " is not UTF-8"}, "{key}: these are no letters (not UTF-8).", {"key"}},
      {{"", " may be given once"}, "{key} may stand in the address once.", {"key"}},
      {{"", " has more than ", " values"}, "{key}: at most {count} values.", {"key", "count"}},
      {{"to=", " lies before from=", ""}, "The end {to} lies before the beginning {from}.", {"to", "from"}},
  };
  return all;
}

}  // namespace

std::optional<std::string> query_fault_text(const std::string& said, Language language) {
  for (const auto& shape : shapes()) {
    const auto parts = parts_of(said, shape.pieces);
    if (!parts) continue;
    // One brace at a time would let a value stand for a name: all are filled in together.
    std::array<std::string, 3> values;
    std::array<std::string_view, 3> names = {"-", "-", "-"};
    for (std::size_t i = 0; i < parts->size(); ++i) {
      names.at(i) = shape.names.at(i);
      values.at(i) = names.at(i) == "allowed" ? allowed_text(parts->at(i), language) : parts->at(i);
    }
    return tr(language, shape.msgid, {{names[0], values[0]}, {names[1], values[1]}, {names[2], values[2]}});
  }
  return std::nullopt;
}

}  // namespace convoke::web
