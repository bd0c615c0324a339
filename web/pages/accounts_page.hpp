// Accounts in the workplace: who has one, who was invited, what each may; and the page behind an invitation.
#pragma once

#include "service/account_desk.hpp"
#include "web/pages/account_pages.hpp"
#include "web/pages/directory_page.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

// What is wrong with a form about accounts.
enum class AccountProblem {
  address,
  name,
  known,
  role,
  organisation,
  person,
  namesakes,
  often,
  last_administrator,
  settled,
  other
};

struct AccountsView {
  service::AccountDesk desk;
  DirectoryQuery query;
  service::Invitation entered;  // shown again
  std::optional<AccountProblem> problem;
  bool saved = false;
  Instant now{};
  std::string zone;
};

std::string render_accounts(const Frame& frame, const AccountsView& view);
// One account. Precondition: the desk has it.
std::string render_one_account(const Frame& frame, const AccountsView& view, AccountId id);

std::string account_path(AccountId id);

struct InvitationPage {
  std::string token;
  service::InvitationView invitation;
  std::string name;  // as entered
  FormState state;
};
std::string render_invitation(const Frame& frame, const InvitationPage& page);

// The page of a link that acts no more, or never did.
std::string render_dead_link(const Frame& frame, bool was_ours);

}  // namespace convoke::web
