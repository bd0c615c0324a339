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
  int level = 1;  // 2: of a part of the mail
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
// What the reader can answer with: large enough for a thumb, the first one stands out.
struct Buttons {
  std::vector<Button> rows;
};
// Several things in one mail, each with its own links.
struct Items {
  struct Item {
    std::string title, url;  // the address may be empty
    std::vector<std::string> lines;
    std::vector<Button> links;
  };
  std::vector<Item> rows;
};
// A link that is there for those who look for it.
struct QuietLink {
  std::string label, url;
};
struct Footer {
  std::string text;
};

using Block =
    std::variant<Paragraph, Heading, Facts, NumberedList, Button, Buttons, Items, QuietLink, Footer>;

// Texts are one line each, valid UTF-8, and may hold anything else a plan holds.
std::string render_text(const std::vector<Block>& blocks);
// A whole document: inline styles only, no images, nothing fetched. Only http(s) addresses become links.
std::string render_html(const std::vector<Block>& blocks, Language language);

}  // namespace convoke::notify
