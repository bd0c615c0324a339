// A set of rules as the API writes and reads it.
#pragma once

#include "base/result.hpp"
#include "model/reminder_rules.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace convoke::service {

// {"id":3,"scope":{"organisation":1,"plan":null,"kind":"seminar","event":null},"rules":[{"id":"own.14d",
// "applies_to":"dated","anchor":"start","offset":-14,"working_days":false,"at":"08:30","reason":"upcoming",
// "tells":"responsible"}],"quiet_from":"21:00","quiet_to":"07:00","on_days_off":false,"country":""}
boost::json::value rules_json(const ReminderRules& set);

// The same, without "id"; what is left out is as in a new set, except "rules", which must be there. Errors:
// invalid_input naming the member, for one that is unknown too. check_rules() says the rest.
Result<ReminderRules> read_rules(std::string_view body);

}  // namespace convoke::service
