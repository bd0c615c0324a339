// Reminders are counted in working days, so a new or edited file of holidays moves some of them. What they
// were planned by is noted in a small file beside the database; when that is not what is in force at the
// start of the server, all are planned anew before any is sent.
#pragma once

#include "base/result.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>

namespace convoke::app {

// How many events were planned anew; nothing when the days off are those that `noted` names. Without the file
// they are taken to be the program's own: who keeps no holidays of his own pays nothing. Blocks. Errors:
// those of replan_all(); a file that cannot be written is logged, and the next start plans once more.
Result<std::optional<int>> replan_for_days_off(service::Context& context, const std::string& noted);

}  // namespace convoke::app
