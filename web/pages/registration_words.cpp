#include "web/pages/registration_words.hpp"

#include "base/time_zone.hpp"
#include "model/registration_file.hpp"
#include "web/i18n.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/submission_words.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::RegistrationProblem;

const FormField* find_field(const RegistrationForm& form, const std::string& key) {
  const auto found = std::ranges::find(form.fields, key, &FormField::key);
  return found == form.fields.end() ? nullptr : &*found;
}

const char* section_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::long_text:
      return "LONG";
    case FieldKind::choice:
      return "CHOICE";
    case FieldKind::consent:
      return "AGREE";
    case FieldKind::file:
      return "FILE";
    default:
      return "TEXT";
  }
}

const char* problem_words(RegistrationProblem problem) {
  switch (problem) {
    case RegistrationProblem::name:
      return "Write your surname and name.";
    case RegistrationProblem::email:
      return "This is not an address that mail can be sent to.";
    case RegistrationProblem::institution:
      return "The name of the institution is too long.";
    case RegistrationProblem::format:
      return "Choose how you take part.";
    case RegistrationProblem::consent:
      return "Without your consent we may not store the registration.";
    case RegistrationProblem::consent_changed:
      return "The text of the consent has changed meanwhile. Please read it and agree once more.";
    case RegistrationProblem::colleagues:
      return "At most nine colleagues, one name on each line.";
    case RegistrationProblem::full:
      return "Every place is taken.";
    case RegistrationProblem::closed:
      return "Registration is closed.";
    case RegistrationProblem::old_form:
      return "This page was open for too long. Everything you entered is still here: press the button once "
             "more.";
    case RegistrationProblem::too_fast:
      return "That was faster than people write. Press the button once more.";
    case RegistrationProblem::files_full:
      return "There is no room for more files just now. Please write to the organiser.";
    case RegistrationProblem::file_missing:
      return "A file is required here.";
    case RegistrationProblem::file_size:
      return "The file is larger than 5 MB.";
    case RegistrationProblem::file_kind:
      return "This kind of file is not taken.";
    case RegistrationProblem::file_broken:
      return "The file is damaged, or it is not what its name says.";
    case RegistrationProblem::file_runs:
      return "The file holds macros or scripts. Save it without them.";
    case RegistrationProblem::field:
      break;
  }
  return "Something in the form is missing or could not be read.";
}

}  // namespace

std::string register_path(EventId event) {
  return "/register/" + std::to_string(event.value);
}

std::string registration_desk_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/registration";
}

std::string state_text(RegistrationState state, Language language) {
  switch (state) {
    case RegistrationState::submitted:
      return tr(language, "not confirmed yet");
    case RegistrationState::pending:
      return tr(language, "waits for the organiser");
    case RegistrationState::waiting:
      return tr(language, "in the waiting list");
    case RegistrationState::registered:
      return tr(language, "registered");
    case RegistrationState::attended:
      return tr(language, "took part");
    case RegistrationState::cancelled:
      return tr(language, "cancelled");
    case RegistrationState::lapsed:
      return tr(language, "not confirmed in time");
    case RegistrationState::refused:
      break;
  }
  return tr(language, "declined");
}

std::string format_text(AttendanceFormat format, Language language) {
  return format == AttendanceFormat::hall ? tr(language, "in the hall") : tr(language, "online");
}

std::string busy_text(Language language) {
  return tr(
      language,
      "Much is being done here just now, and nothing was stored. What you typed is still here: press the "
      "button again in a few seconds.");
}

std::string busy_file_text(Language language) {
  return tr(language,
            "Much is being done here just now: the file was not taken. Choose it again and send it in a few "
            "seconds.");
}

std::string problem_text(RegistrationProblem problem, const std::string& field, const RegistrationForm& form,
                         Language language) {
  const auto* own = find_field(form, field);
  if (own != nullptr && problem >= RegistrationProblem::file_missing)
    return label_in(*own, language) + ": " + tr(language, problem_words(problem));
  if (own != nullptr)
    return tr(language, "Look at this field once more: {field}", {{"field", label_in(*own, language)}});
  return tr(language, problem_words(problem));
}

void set_moment(const std::optional<Instant>& at, const std::string& zone, std::string& date,
                std::string& time) {
  if (!at) return;
  const auto civil = to_civil(*at, zone);
  date = format_iso(civil.date);
  time = format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

std::string local_moment(Instant at, const std::string& zone, Language language) {
  const auto civil = to_civil(at, zone);
  return date_text(civil.date, language) + ", " +
         format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

std::string closing_moment(Instant at, const std::string& zone, Language language) {
  const auto civil = to_civil(at, zone);
  if (civil.time != TimeOfDay{0}) return local_moment(at, zone, language);
  return date_text(add_days(civil.date, -1), language) + ", 24:00";
}

void fill_file(TemplateDictionary& values, Language language) {
  values["ACCEPT"] = accepted_files(Call());
  values["LARGEST"] = std::to_string(largest_registration_file);
  values["TOO_LARGE"] = tr(language, problem_words(RegistrationProblem::file_size));
  values["KINDS"] = tr(language, "PDF, DOCX, ODT, PPTX, JPEG or PNG, up to 5 MB.");
}

void fill_fields(TemplateDictionary& values, const RegistrationForm& form,
                 const std::vector<std::pair<std::string, std::string>>& answers, Language language,
                 bool with_files) {
  for (const auto& field : form.fields) {
    if (field.kind == FieldKind::file && !with_files) continue;
    auto& one = *values.AddSectionDictionary("FIELD");
    one["ID"] = field.key;
    one["LABEL"] = label_in(field, language);
    show_text(one, "HELP", help_in(field, language));
    if (field.required) one.ShowSection("REQUIRED");
    const auto found =
        std::ranges::find_if(answers, [&](const auto& pair) { return pair.first == field.key; });
    const std::string entered = found == answers.end() ? std::string() : found->second;
    auto& section = *one.AddSectionDictionary(section_of(field.kind));
    if (field.kind == FieldKind::file) fill_file(section, language);
    if (field.kind == FieldKind::number) section.ShowSection("NUMBER");
    if (field.kind == FieldKind::consent && !entered.empty()) section.ShowSection("CHECKED");
    if (field.kind != FieldKind::choice) {
      section["VALUE"] = entered;
      continue;
    }
    for (const auto& choice : choices_in(field, language)) {
      auto& option = *section.AddSectionDictionary("OPTION");
      option["VALUE"] = choice;
      if (choice == entered) option.ShowSection("SELECTED");
    }
  }
}

}  // namespace convoke::web
