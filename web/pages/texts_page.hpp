// The texts of mails in the workplace: which there are, one of them to be edited, and how it reads.
#pragma once

#include "service/mail_texts.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

std::string render_texts(const std::vector<service::MailTextState>& texts, const Frame& frame);

struct TextPage {
  service::MailTextState state;  // its text is what the form shows: entered, or in force
  std::vector<notify::TemplateProblem> problems;
  std::optional<service::MailTextPreview> preview;
  bool saved = false;
};
std::string render_text_page(const TextPage& page, const Frame& frame);

// What a kind of mail is called: "Work is due".
std::string mail_kind_text(ReminderReason kind, Language language);
// "uk" is "українська", in its own words.
std::string language_name(Language language);

}  // namespace convoke::web
