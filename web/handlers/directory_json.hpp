// The directory as JSON, out and in.
#pragma once

#include "service/unreachable.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace convoke::web {

boost::json::object roster_json(const Roster& roster, const service::DirectoryView& directory);
boost::json::object absence_json(const Absence& absence, const service::DirectoryView& directory);
boost::json::object unreachable_json(const service::UnreachableRow& row);

// Each from the body of a request. Errors: invalid_input naming the member.
Result<service::PersonPatch> read_person_patch(std::string_view body);
// What is not named stays as in `roster`.
Result<Roster> read_roster(std::string_view body, Roster roster);
Result<service::NewAbsence> read_absence(std::string_view body, service::NewAbsence absence);

}  // namespace convoke::web
