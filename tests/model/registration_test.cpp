// The life of a registration: every step from every state, allowed and refused.
#include "model/registration.hpp"
#include "tests/support/catch.hpp"

#include <map>
#include <utility>

using namespace convoke;

namespace {

using State = RegistrationState;
using Step = RegistrationStep;

constexpr Circumstances free_place(false, true, true), full(false, false, true),
    full_without_list(false, false, false), moderated(true, true, true),
    moderated_and_full(true, false, true);

std::string outcome(State from, Step step, const Circumstances& circumstances) {
  const auto next = next_state(from, step, circumstances);
  if (!next) {
    CHECK(next.error().code == Errc::conflict);
    return "-";
  }
  return std::string(name_of(*next));
}

Instant at(int seconds) {
  return Instant{std::chrono::seconds{1'800'000'000 + seconds}};
}

}  // namespace

TEST_CASE("every step of a registration leads where the table says and no other step leads anywhere") {
  struct Allowed {
    const char *free, *full, *no_list, *moderated;
  };
  const std::map<std::pair<State, Step>, Allowed> table = {
      {{State::submitted, Step::confirm}, {"registered", "waiting", "-", "pending"}},
      {{State::submitted, Step::cancel}, {"cancelled", "cancelled", "cancelled", "cancelled"}},
      {{State::submitted, Step::refuse}, {"refused", "refused", "refused", "refused"}},
      {{State::submitted, Step::lapse}, {"lapsed", "lapsed", "lapsed", "lapsed"}},
      {{State::lapsed, Step::confirm}, {"registered", "waiting", "-", "pending"}},
      {{State::pending, Step::approve}, {"registered", "waiting", "-", "registered"}},
      {{State::pending, Step::refuse}, {"refused", "refused", "refused", "refused"}},
      {{State::pending, Step::cancel}, {"cancelled", "cancelled", "cancelled", "cancelled"}},
      {{State::refused, Step::approve}, {"registered", "waiting", "-", "registered"}},
      {{State::waiting, Step::promote}, {"registered", "-", "-", "registered"}},
      {{State::waiting, Step::refuse}, {"refused", "refused", "refused", "refused"}},
      {{State::waiting, Step::cancel}, {"cancelled", "cancelled", "cancelled", "cancelled"}},
      {{State::registered, Step::cancel}, {"cancelled", "cancelled", "cancelled", "cancelled"}},
      {{State::registered, Step::attend}, {"attended", "attended", "attended", "attended"}},
      {{State::attended, Step::undo_door}, {"registered", "registered", "registered", "registered"}},
  };
  int allowed = 0;
  for (std::size_t i = 0; i < registration_state_count; ++i)
    for (std::size_t j = 0; j < registration_step_count; ++j) {
      const auto from = static_cast<State>(i);
      const auto step = static_cast<Step>(j);
      const auto row = table.find({from, step});
      allowed += row == table.end() ? 0 : 1;
      const Allowed expected = row == table.end() ? Allowed{"-", "-", "-", "-"} : row->second;
      CAPTURE(name_of(from), name_of(step));
      CHECK(outcome(from, step, free_place) == expected.free);
      CHECK(outcome(from, step, full) == expected.full);
      CHECK(outcome(from, step, full_without_list) == expected.no_list);
      CHECK(outcome(from, step, moderated) == expected.moderated);
    }
  CHECK(allowed == 15);
  CHECK(outcome(State::submitted, Step::confirm, moderated_and_full) == "pending");
}

TEST_CASE("states and steps and fields of registration have names that lead back to them") {
  for (std::size_t i = 0; i < registration_state_count; ++i) {
    const auto state = static_cast<State>(i);
    CHECK(registration_state_of(name_of(state)) == state);
    CHECK(is_alive(state) ==
          (state != State::cancelled && state != State::lapsed && state != State::refused));
    CHECK(takes_part(state) == (state == State::registered || state == State::attended));
  }
  for (std::size_t i = 0; i < registration_step_count; ++i) {
    const auto step = static_cast<Step>(i);
    CHECK(registration_step_of(name_of(step)) == step);
  }
  for (const auto kind :
       {FieldKind::text, FieldKind::long_text, FieldKind::choice, FieldKind::number, FieldKind::consent})
    CHECK(field_kind_of(name_of(kind)) == kind);
  for (const auto format : all_attendance_formats) CHECK(attendance_format_of(name_of(format)) == format);
  CHECK_FALSE(registration_state_of("gone"));
}

TEST_CASE("a form is open between its two moments and until the event begins") {
  RegistrationForm form;
  form.opens = at(100);
  form.closes = at(200);
  CHECK(door_of(form, std::nullopt, at(150)) == RegistrationDoor::off);
  form.on = true;
  CHECK(door_of(form, std::nullopt, at(99)) == RegistrationDoor::not_yet);
  CHECK(door_of(form, std::nullopt, at(100)) == RegistrationDoor::open);
  CHECK(door_of(form, std::nullopt, at(199)) == RegistrationDoor::open);
  CHECK(door_of(form, std::nullopt, at(200)) == RegistrationDoor::closed);
  form.closes.reset();
  CHECK(door_of(form, at(300), at(299)) == RegistrationDoor::open);
  CHECK(door_of(form, at(300), at(300)) == RegistrationDoor::closed);
}

TEST_CASE("a field without words in a language borrows them from the first that has some") {
  FormField field;
  field.words[0].label = "Секція";
  field.words[0].help = "Одна з двох";
  field.words[0].choices = {"Фонди", "Читання"};
  field.words[3].label = "Section";
  field.words[3].choices = {"Holdings"};
  CHECK(label_in(field, Language::uk) == "Секція");
  CHECK(label_in(field, Language::be) == "Секція");
  CHECK(help_in(field, Language::be) == "Одна з двох");
  CHECK(label_in(field, Language::en) == "Section");
  CHECK(help_in(field, Language::en).empty());
  CHECK(choices_in(field, Language::en) == std::vector<std::string>{"Holdings", "Читання"});
  CHECK(choices_in(field, Language::ru) == std::vector<std::string>{"Фонди", "Читання"});
  CHECK(choices_in(FormField(), Language::ru).empty());
}
