// Signing in, the first administrator, and what a signed-in person sees of the account.
#pragma once

#include "service/accounts.hpp"
#include "web/pages/account_words.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

// What a form is shown with again. Passwords never are.
struct FormState {
  std::optional<FormProblem> problem;
  std::chrono::seconds wait{};
};

// `next`: where signing in leads. What was entered is not shown again: whether an address is known here must
// not show in a byte (threats B1).
std::string render_login(const Frame& frame, const std::string& next, const FormState& state = {});

struct SetupView {
  std::string token, login, name;
  FormState state;
};
std::string render_setup(const Frame& frame, const SetupView& view);

struct AccountView {
  std::vector<Session> sessions;  // newest first; the present one among them
  Instant now{};
  std::string zone;
  FormState password;  // of the form that changes it
  bool password_changed = false;
};
// The frame's `who` must be there.
std::string render_account(const Frame& frame, const AccountView& view);

}  // namespace convoke::web
