#include "web/pages/texts_page.hpp"

#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using Problem = notify::TemplateProblem;

// In the order of ReminderReason, without the last.
constexpr std::array<const char*, reminder_reason_count - 1> kinds = {
    "An event is near",
    "Work is due",
    "Name the day",
    "How does the work go",
    "Work is overdue",
    "Invitation to an event",
    "Cancellation of an event",
    "To the chair: somebody answered",
    "To the one who answered: the decision",
    "Digest of one person's work",
    "The chair's Monday overview",
    "To subscribers: what has changed",
    "To subscribers: was it you",
    "To the chair: a mail did not arrive",
    "Invitation to an account",
    "Link to sign in",
    "To a member: which day suits you",
    "To the organiser: the date poll has ended",
    "Registration: was it you",
    "Registration: the place lapses soon",
    "Registration: there is a place",
    "Registration: the organiser decides",
    "Registration: in the waiting list",
    "Registration: a place was freed",
    "Registration: cancelled",
    "Registration: declined",
    "To the registered: something has changed",
    "To the registered: it is soon",
    "To those who came: thank you",
    "Paper: was it you",
    "Paper: it has arrived",
    "Paper: accepted",
    "Paper: rejected",
    "Paper: please revise it",
    "To authors: there is more time",
    "To a reviewer: papers wait",
    "To a reviewer: a reminder",
    "Registration: an invitation",
    "To holders of certificates: written anew",
};
static_assert(kinds.back() != nullptr, "a kind of mail has no name yet");

std::string address_of(const service::MailTextKey& key) {
  return "/manage/texts/" + std::string(name_of(key.kind)) + "/" + std::string(tag_of(key.language));
}

std::string problem_text(const Problem& problem, Language language) {
  const std::string where =
      problem.line == 0
          ? std::string()
          : tr(language,
               problem.in_subject ? "subject, column {column}" : "text, line {line}, column {column}",
               {{"line", std::to_string(problem.line)}, {"column", std::to_string(problem.column)}});
  switch (problem.kind) {
    case Problem::Kind::unknown_place:
      return tr(language, "There is no place {place} in this mail ({where}).",
                {{"place", problem.place}, {"where", where}});
    case Problem::Kind::block_in_sentence:
      return tr(language, "{place} must stand in a line of its own ({where}).",
                {{"place", problem.place}, {"where", where}});
    case Problem::Kind::subject_empty:
      return tr(language, "The subject is empty.");
    case Problem::Kind::subject_too_long:
      return tr(language, "The subject is longer than {count} characters.",
                {{"count", std::to_string(notify::longest_subject_text)}});
    case Problem::Kind::subject_lines:
      return tr(language, "The subject must be one line.");
    case Problem::Kind::body_empty:
      return tr(language, "The text is empty.");
    case Problem::Kind::body_too_long:
      return tr(language, "The text is longer than {count} characters.",
                {{"count", std::to_string(notify::longest_body_text)}});
    case Problem::Kind::place_missing:
      break;
  }
  return tr(language, "{place} does not stand in the text: the reader will miss it.",
            {{"place", problem.place}});
}

void fill_places(TemplateDictionary& values, ReminderReason kind) {
  for (const auto& place : notify::places_of(kind)) {
    auto& one = *values.AddSectionDictionary(place.block ? "BLOCK_PLACE" : "WORD_PLACE");
    one["PLACE"] = "{" + std::string(place.name) + "}";
  }
}

}  // namespace

std::string language_name(Language language) {
  constexpr std::array<const char*, 4> names = {"українська", "беларуская", "русский", "English"};
  return names.at(static_cast<std::size_t>(language));
}

std::string mail_kind_text(ReminderReason kind, Language language) {
  return tr(language, kinds.at(static_cast<std::size_t>(kind)));
}

std::string render_texts(const std::vector<service::MailTextState>& texts, const Frame& frame) {
  TemplateDictionary values("texts");
  fill_manage_frame(values, frame, tr(frame.language, "Mail texts"), Desk::texts);
  TemplateDictionary* row = nullptr;
  std::optional<ReminderReason> last;
  for (const auto& state : texts) {
    if (last != state.key.kind) {
      row = values.AddSectionDictionary("KIND");
      (*row)["NAME"] = mail_kind_text(state.key.kind, frame.language);
      last = state.key.kind;
    }
    auto& link = *row->AddSectionDictionary("TEXT");
    link["ADDRESS"] = address_of(state.key);
    link["LANGUAGE"] = language_name(state.key.language);
    link["TAG"] = std::string(tag_of(state.key.language));
    if (state.own) link.ShowSection("OWN");
  }
  return render_template("texts.html", frame.language, values);
}

std::string render_text_page(const TextPage& page, const Frame& frame) {
  const auto& state = page.state;
  const Language language = frame.language;
  TemplateDictionary values("text");
  const auto name = mail_kind_text(state.key.kind, language);
  fill_manage_frame(values, frame, name, Desk::texts);
  values["NAME"] = name;
  values["LANGUAGE"] = language_name(state.key.language);
  values["TAG"] = std::string(tag_of(state.key.language));
  values["ADDRESS"] = address_of(state.key);
  values["CSRF"] = frame.csrf;
  values["SUBJECT"] = state.text.subject;
  values["BODY"] = state.text.body;
  values["LONGEST_SUBJECT"] = std::to_string(notify::longest_subject_text);
  values["LONGEST_BODY"] = std::to_string(notify::longest_body_text);
  if (page.saved) values.ShowSection("SAVED");
  for (const auto& problem : page.problems)
    show_text(*values.AddSectionDictionary(problem.is_warning() ? "WARNING" : "PROBLEM"), "ONE",
              problem_text(problem, language));
  if (state.own) {
    auto& reset = *values.AddSectionDictionary("RESET");
    reset["ADDRESS"] = address_of(state.key);
    reset["CSRF"] = frame.csrf;
  }
  if (page.preview) {
    auto& preview = *values.AddSectionDictionary("PREVIEW");
    preview["PREVIEW_SUBJECT"] = page.preview->subject;
    preview["PREVIEW_TEXT"] = page.preview->text;
    preview["TAG"] = std::string(tag_of(state.key.language));
  }
  fill_places(values, state.key.kind);
  return render_template("text.html", language, values);
}

}  // namespace convoke::web
