// What a mail says, once: a few blocks, written out as plain text and as HTML, so that the two never differ.
#pragma once

#include "model/language.hpp"

#include <string>
#include <variant>
#include <vector>

namespace convoke::notify {

struct Paragraph {
  std::string text;
};
struct Heading {
  std::string text;
};
// "Коли: 14 листопада 2024 року", one under the other.
struct Facts {
  struct Row {
    std::string label, value;
    bool is_link = false;  // `value` is an address
  };
  std::vector<Row> rows;
};
struct NumberedList {
  std::string label;
  std::vector<std::string> items;
};
struct Button {
  std::string label, url;
};
struct Footer {
  std::string text;
};

using Block = std::variant<Paragraph, Heading, Facts, NumberedList, Button, Footer>;

// Texts are one line each, valid UTF-8, and may hold anything else a plan holds.
std::string render_text(const std::vector<Block>& blocks);
// A whole document: inline styles only, no images, nothing fetched. Only http(s) addresses become links.
std::string render_html(const std::vector<Block>& blocks, Language language);

}  // namespace convoke::notify
