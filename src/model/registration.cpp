#include "model/registration.hpp"

#include "model/named_values.hpp"

#include <algorithm>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 2> format_names = {"hall", "online"};
constexpr std::array<std::string_view, registration_state_count> state_names = {
    "submitted", "pending", "waiting", "registered", "attended", "cancelled", "lapsed", "refused"};
constexpr std::array<std::string_view, registration_step_count> step_names = {
    "confirm", "approve", "refuse", "promote", "cancel", "lapse", "attend", "undo_door"};
constexpr std::array<std::string_view, 6> kind_names = {"text",   "long_text", "choice",
                                                        "number", "consent",   "file"};

using State = RegistrationState;
using Step = RegistrationStep;

// Where a step leads from a state. `placed` stands for "a place if there is one, else the waiting list".
enum class Leads { nowhere, confirmed, placed, promoted, registered, attended, cancelled, lapsed, refused };

struct Transition {
  State from;
  Step step;
  Leads leads;
};

// What is not in it is refused.
constexpr Transition transitions[] = {
    {State::submitted, Step::confirm, Leads::confirmed},  //
    {State::submitted, Step::cancel, Leads::cancelled},   //
    {State::submitted, Step::refuse, Leads::refused},     //
    {State::submitted, Step::lapse, Leads::lapsed},       //
    {State::lapsed, Step::confirm, Leads::confirmed},     // late, but perhaps there is room
    {State::pending, Step::approve, Leads::placed},       //
    {State::pending, Step::refuse, Leads::refused},       //
    {State::pending, Step::cancel, Leads::cancelled},     //
    {State::refused, Step::approve, Leads::placed},       // the organiser thought better of it
    {State::waiting, Step::promote, Leads::promoted},     //
    {State::waiting, Step::refuse, Leads::refused},       //
    {State::waiting, Step::cancel, Leads::cancelled},     //
    {State::registered, Step::cancel, Leads::cancelled},  //
    {State::registered, Step::attend, Leads::attended},   //
    {State::attended, Step::undo_door, Leads::registered},
};

Leads leads_to(State from, Step step) {
  for (const auto& one : transitions)
    if (one.from == from && one.step == step) return one.leads;
  return Leads::nowhere;
}

Result<State> with_place(const Circumstances& circumstances) {
  if (circumstances.has_place) return State::registered;
  if (circumstances.waiting_list) return State::waiting;
  return Error(Errc::conflict, "every place is taken");
}

const FieldWords& first_written(const FormField& field) {
  for (const auto& words : field.words)
    if (!words.label.empty()) return words;
  return field.words.front();
}

const FieldWords& words_in(const FormField& field, Language language) {
  return field.words.at(static_cast<std::size_t>(language));
}

}  // namespace

std::string_view name_of(AttendanceFormat format) {
  return name_in(format_names, format);
}
std::optional<AttendanceFormat> attendance_format_of(std::string_view name) {
  return value_in<AttendanceFormat>(format_names, name);
}
std::string_view name_of(RegistrationState state) {
  return name_in(state_names, state);
}
std::optional<RegistrationState> registration_state_of(std::string_view name) {
  return value_in<RegistrationState>(state_names, name);
}
std::string_view name_of(RegistrationStep step) {
  return name_in(step_names, step);
}
std::optional<RegistrationStep> registration_step_of(std::string_view name) {
  return value_in<RegistrationStep>(step_names, name);
}
std::string_view name_of(FieldKind kind) {
  return name_in(kind_names, kind);
}
std::optional<FieldKind> field_kind_of(std::string_view name) {
  return value_in<FieldKind>(kind_names, name);
}

Result<RegistrationState> next_state(RegistrationState from, RegistrationStep step,
                                     const Circumstances& circumstances) {
  switch (leads_to(from, step)) {
    case Leads::confirmed:
      if (circumstances.moderated) return State::pending;
      return with_place(circumstances);
    case Leads::placed:
      return with_place(circumstances);
    case Leads::promoted:
      if (circumstances.has_place) return State::registered;
      return Error(Errc::conflict, "no place is free");
    case Leads::registered:
      return State::registered;
    case Leads::attended:
      return State::attended;
    case Leads::cancelled:
      return State::cancelled;
    case Leads::lapsed:
      return State::lapsed;
    case Leads::refused:
      return State::refused;
    case Leads::nowhere:
      break;
  }
  return Error(Errc::conflict,
               "'" + std::string(name_of(step)) + "' does not follow '" + std::string(name_of(from)) + "'");
}

const std::string& label_in(const FormField& field, Language language) {
  const auto& own = words_in(field, language);
  return own.label.empty() ? first_written(field).label : own.label;
}

const std::string& help_in(const FormField& field, Language language) {
  const auto& own = words_in(field, language);
  return own.label.empty() ? first_written(field).help : own.help;
}

std::vector<std::string> choices_in(const FormField& field, Language language) {
  const auto first =
      std::ranges::find_if(field.words, [](const FieldWords& one) { return !one.choices.empty(); });
  if (first == field.words.end()) return {};
  auto choices = first->choices;
  const auto& own = words_in(field, language).choices;
  for (std::size_t i = 0; i < std::min(choices.size(), own.size()); ++i)
    if (!own[i].empty()) choices[i] = own[i];
  return choices;
}

RegistrationDoor door_of(const RegistrationForm& form, std::optional<Instant> last, Instant now) {
  if (!form.on) return RegistrationDoor::off;
  if (form.opens && now < *form.opens) return RegistrationDoor::not_yet;
  if (form.closes && now >= *form.closes) return RegistrationDoor::closed;
  if (last && now >= *last) return RegistrationDoor::closed;
  return RegistrationDoor::open;
}

}  // namespace convoke
