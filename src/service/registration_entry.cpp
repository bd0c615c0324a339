#include "service/registration_entry.hpp"

#include "base/signed_text.hpp"
#include "base/text.hpp"
#include "notify/recipients.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::service {
namespace {

constexpr std::string_view key_purpose = "registration form 1";

// One line: names stand in mails, on badges and in lists.
bool clean_line(std::string& text, std::size_t limit) {
  auto checked = checked_text(text, limit, "the text");
  if (!checked) return false;
  text = collapse_spaces(*checked);
  return true;
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double largest = 1e12;
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && value <= largest &&
         value >= -largest;
}

std::string entered(const std::vector<std::pair<std::string, std::string>>& answers, const std::string& key) {
  const auto found = std::ranges::find_if(answers, [&](const auto& one) { return one.first == key; });
  return found == answers.end() ? std::string() : found->second;
}

bool is_choice(const FormField& field, const std::string& text) {
  for (const auto language : all_languages) {
    const auto choices = choices_in(field, language);
    if (std::ranges::find(choices, text) != choices.end()) return true;
  }
  return false;
}

bool fits(const FormField& field, std::string& text) {
  auto checked = checked_text(text, longest_field_answer, "the answer");
  if (!checked) return false;
  text = field.kind == FieldKind::long_text ? std::move(*checked) : collapse_spaces(*checked);
  if (field.kind == FieldKind::consent && !text.empty()) text = "yes";
  if (text.empty()) return !field.required;
  if (field.kind == FieldKind::choice) return is_choice(field, text);
  if (field.kind == FieldKind::number) {
    std::ranges::replace(text, ',', '.');
    return is_number(text);
  }
  return true;
}

std::optional<EntryProblem> check_format(const RegistrationForm& form, RegistrationEntry& entry) {
  if (!entry.format) {
    for (const auto format : all_attendance_formats) {
      if (!form.of(format).offered) continue;
      if (entry.format) return EntryProblem(RegistrationProblem::format);
      entry.format = format;
    }
  }
  if (!entry.format || !form.of(*entry.format).offered) return EntryProblem(RegistrationProblem::format);
  return std::nullopt;
}

std::optional<EntryProblem> check_colleagues(RegistrationEntry& entry) {
  std::vector<std::string> names;
  for (auto& name : entry.colleagues) {
    if (!clean_line(name, longest_registration_name)) return EntryProblem(RegistrationProblem::colleagues);
    if (!name.empty()) names.push_back(std::move(name));
  }
  if (names.size() + 1 > largest_party) return EntryProblem(RegistrationProblem::colleagues);
  entry.colleagues = std::move(names);
  return std::nullopt;
}

}  // namespace

std::optional<EntryProblem> check_answers(const RegistrationForm& form,
                                          std::vector<std::pair<std::string, std::string>>& answers,
                                          bool answers_optional) {
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& field : form.fields) {
    if (field.kind == FieldKind::file) continue;  // what is typed names none
    auto text = entered(answers, field.key);
    if (text.empty() && answers_optional) continue;
    if (!fits(field, text)) return EntryProblem(RegistrationProblem::field, field.key);
    if (!text.empty()) kept.emplace_back(field.key, std::move(text));
  }
  answers = std::move(kept);
  return std::nullopt;
}

std::optional<EntryProblem> check_entry(const RegistrationForm& form, RegistrationEntry& entry) {
  if (!clean_line(entry.name, longest_registration_name) || entry.name.empty())
    return EntryProblem(RegistrationProblem::name);
  entry.email = to_lower(trim(entry.email));
  const bool without = entry.organiser && entry.email.empty();  // walk-ins leave none
  if (!without && !notify::is_mail_address(entry.email)) return EntryProblem(RegistrationProblem::email);
  if (!clean_line(entry.institution, longest_institution))
    return EntryProblem(RegistrationProblem::institution);
  if (auto problem = check_format(form, entry)) return problem;
  if (auto problem = check_colleagues(entry)) return problem;
  return check_answers(form, entry.answers, entry.answers_optional);
}

std::string new_form_key(std::string_view signing_key, EventId event, Instant now) {
  constexpr std::size_t random_bytes = 12;
  return sign_text(signing_key, key_purpose,
                   std::to_string(event.value) + "\n" + std::to_string(now.time_since_epoch().count()) +
                       "\n" + random_token(random_bytes));
}

std::optional<FormKey> read_form_key(std::string_view signing_key, std::string_view key, EventId event) {
  const auto text = verified_text(signing_key, key_purpose, key);
  if (!text) return std::nullopt;
  const auto lines = split(*text, '\n');
  if (lines.size() != 3 || lines[0] != std::to_string(event.value)) return std::nullopt;
  std::int64_t seconds = 0;
  const auto parsed = std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), seconds);
  if (parsed.ec != std::errc{}) return std::nullopt;
  return FormKey(Instant{std::chrono::seconds{seconds}}, std::string(lines[2]));
}

}  // namespace convoke::service
