// Everything that stands in the way of a plan, by day, with what can be done about each.
#pragma once

#include "service/plan_clashes.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

std::string plan_clashes_path(PlanId plan);
// Where the day of an event is chosen, on its page.
std::string event_day_path(EventId event);

std::string render_plan_clashes(const service::PlanClashes& clashes, const Frame& frame);

}  // namespace convoke::web
