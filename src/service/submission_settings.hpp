// Reading what an organiser entered about a call, and the list of papers as a file: pure.
#pragma once

#include "service/submission_desk.hpp"

#include <string>

namespace convoke::service {

// Into the call. `zone`: the event's. Errors: invalid_input naming the field first; the call may be changed in
// part then.
Result<void> take_settings(Call& call, const CallSettings& settings, const std::string& zone);

}  // namespace convoke::service
