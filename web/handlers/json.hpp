// Domain values as JSON, in one place: what the API's description (assets/openapi.json) promises.
#pragma once

#include "model/event.hpp"
#include "model/person.hpp"
#include "model/plan.hpp"
#include "service/people.hpp"
#include "service/plans.hpp"
#include "service/reminders.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace convoke::web {

boost::json::object period_json(const Period& period);
// `base_url`: what the member "url" begins with.
boost::json::object event_json(const Event& event, const std::string& base_url);
boost::json::object plan_json(const Plan& plan, const std::string& base_url);
boost::json::object organisation_json(const Organisation& organisation);
// With the address of mail: for token holders only.
boost::json::object person_json(const Person& person);
boost::json::object reminder_json(const service::ReminderRow& row);
boost::json::object import_json(const service::ImportSummary& summary);
boost::json::object people_summary_json(const service::PeopleSummary& summary);

}  // namespace convoke::web
