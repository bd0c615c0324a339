// Who is asked to an event and what they have said: for its page and the API. Whatever way an answer came (a
// calendar program, a link in the mail, the API), it is the same answer.
#pragma once

#include "base/deferred.hpp"
#include "calendar/itip.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct Participant {
  std::string who;     // a recipient key (notify/recipients.hpp); of one nobody has entered: that of the name
  std::string name;    // as the directory has it, else as the plan does
  bool asked = false;  // an invitation left for them
  // To the day that was announced last: what was said of an earlier one does not count.
  calendar::Participation status = calendar::Participation::needs_action;
  std::optional<Instant> answered;
  std::string note;  // what they wrote beside it
};

// In the plan's order, an office or a group as those who stand behind it now; nobody twice. Empty for what
// nobody can take part in (calendar::can_be_attended). Errors: not_found.
Deferred<std::vector<Participant>> participants_of(Context& context, EventId event);

}  // namespace convoke::service
