// A mail's text as people write it, and how it becomes a mail: a subject, and paragraphs with places in them.
//
//   Термін {when}: {title}              the subject: the file's first line
//
//   Вітаємо, {name}!                    a paragraph; its lines are one
//
//   # {title}                           a heading; "## " is a smaller one
//
//   {facts}                             a place of its own: the block that stands there
//
//   Скажіть одним дотиком:              a block with its introduction
//   {answers}
//
//   -- Лист надіслано за планом.        the small print at the end
//
// A paragraph (heading, small print) with a place that has nothing to say is left out; so is the introduction
// of an empty block. Places are a closed list a kind (notify/mail_places.hpp): no expressions, no members.
// What is in braces and no place stays as it is written (threats E4).
#pragma once

#include "model/reminder.hpp"
#include "notify/mail_blocks.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// As written: in a file, or by an association (model/delivery.hpp).
struct TemplateText {
  std::string subject, body;

  bool operator==(const TemplateText&) const = default;
};

// "subject\n\nbody" of a file.
TemplateText read_template_file(std::string_view file);

// What stands in the places of one mail. A place that is set to nothing and one that is not set are the same.
class MailValues {
 public:
  // Made one line of valid UTF-8 without controls, cut at 1,000 code points: no header, no block can come in.
  void set(std::string_view place, std::string_view value);
  void set(std::string_view place, std::vector<Block> blocks);

  std::string_view text(std::string_view place) const;
  const std::vector<Block>* blocks(std::string_view place) const;  // null when there are none

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::vector<Block>, std::less<>> blocks_;
};

struct MailText {
  std::string subject;  // one line
  std::vector<Block> blocks;
};

// Fills the places that a kind has. Pure; takes any text.
MailText fill_template(const TemplateText& text, ReminderReason kind, const MailValues& values);

// Code points that a text may have.
inline constexpr std::size_t longest_subject_text = 200, longest_body_text = 10'000;

// What is wrong with a text that somebody wants to save.
struct TemplateProblem {
  enum class Kind {
    unknown_place,      // no place of this kind: it would be shown as text
    block_in_sentence,  // a block within a line, or in the subject, where only words fit
    subject_empty,
    subject_too_long,
    subject_lines,  // a subject is one line
    body_empty,
    body_too_long,
    place_missing,  // only a warning: the mail would not have what its reader needs
  };
  Kind kind = Kind::unknown_place;
  std::string place;  // "{user.name}", with its braces
  bool in_subject = false;
  int line = 0, column = 0;  // from 1, in code points; 0 when it is about the whole

  bool is_warning() const { return kind == Kind::place_missing; }
  bool operator==(const TemplateProblem&) const = default;
};

// In the order of the text; empty when it may be saved as it is.
std::vector<TemplateProblem> check_template(const TemplateText& text, ReminderReason kind);

}  // namespace convoke::notify
