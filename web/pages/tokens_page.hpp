// A person's own keys to the API.
#pragma once

#include "service/tokens.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

enum class TokenProblem { name, full };

struct TokensView {
  std::vector<service::TokenRow> tokens;  // in force first
  std::string made;                       // a token just made: shown this once
  std::string name;                       // as entered
  std::optional<TokenProblem> problem;
  Instant now{};
  std::string zone;
};
std::string render_tokens(const Frame& frame, const TokensView& view);

}  // namespace convoke::web
