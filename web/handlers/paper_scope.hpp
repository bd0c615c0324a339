// Which paper of which event an organiser's page or program asks for.
#pragma once

#include "model/submission.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"

namespace convoke::web {

struct OnePaper {
  service::DeskScope scope;
  SubmissionId id;
};

// The event is the first capture, the paper the second. Errors: not_found for what is no number.
inline Result<OnePaper> paper_in(const Request& request) {
  const auto scope = desk_scope(request);
  if (!scope) return scope.error();
  const auto id = number_in(request.captures.at(1));
  if (!id) return id.error();
  return OnePaper{*scope, SubmissionId{*id}};
}

}  // namespace convoke::web
