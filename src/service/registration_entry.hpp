// Checking what was entered into a registration form against the form: pure, the same for pages, the API and
// files.
#pragma once

#include "model/registration.hpp"
#include "service/registration_steps.hpp"
#include "service/registrations.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::service {

struct EntryProblem {
  RegistrationProblem problem = RegistrationProblem::name;
  std::string field;

  EntryProblem(RegistrationProblem p, std::string f = {}) : problem(p), field(std::move(f)) {}
};

// Cleans `entry` in place (NFC, trimmed, address in lower case) and says what is wrong first. The consent and
// the form's key are not looked at.
std::optional<EntryProblem> check_entry(const RegistrationForm& form, RegistrationEntry& entry);

// The organiser's own fields alone: keeps those the form has, in its order. A consent is "yes" or empty.
// Those of files are left out: service/registration_files.hpp. `answers_optional`: required ones may be
// missing.
std::optional<EntryProblem> check_answers(const RegistrationForm& form,
                                          std::vector<std::pair<std::string, std::string>>& answers,
                                          bool answers_optional = false);

// What the form page carries: for which event and when it was asked for, signed (the time trap). The random
// part becomes the party of what the form registers: a form that comes twice is known by it.
std::string new_form_key(std::string_view signing_key, EventId event, Instant now);
struct FormKey {
  Instant made{};
  std::string party;

  FormKey(Instant m, std::string p) : made(m), party(std::move(p)) {}
};
std::optional<FormKey> read_form_key(std::string_view signing_key, std::string_view key, EventId event);

// register_for() inside the caller's transaction.
Result<RegistrationOutcome> enter_form(const RegistrationWork& work, EventId event, RegistrationEntry entry);

}  // namespace convoke::service
