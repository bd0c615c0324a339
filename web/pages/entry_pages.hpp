// The pages of signing in that are not the password's: the second step, a link by mail, and what a person
// sees of their second factor.
#pragma once

#include "service/second_factor.hpp"
#include "service/sign_in_links.hpp"
#include "web/pages/account_pages.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

// Asks the code of the second step. `next`: where signing in leads.
std::string render_code_step(const Frame& frame, const std::string& ticket, const std::string& next,
                             const FormState& state = {});

// Asks the address to which a link is mailed; `sent`: says that it is on its way, if anybody is known there.
std::string render_link_request(const Frame& frame, bool sent, const FormState& state = {});

std::string render_sign_in_link(const Frame& frame, const std::string& token,
                                const service::SignInLinkView& link, const FormState& state = {});

struct FactorView {
  service::SecondFactor factor;
  std::optional<service::OfferedKey> offered;  // when none is in force
  std::vector<std::string> codes;              // just made: shown this once
  bool asked = false;                          // this installation asks one of this account
  FormState state;
};
// The frame's `who` must be there.
std::string render_factor(const Frame& frame, const FactorView& view);

}  // namespace convoke::web
