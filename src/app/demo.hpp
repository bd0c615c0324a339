// The sample association of `serve --demo`: a plan and its people, invented for the project.
#pragma once

#include "base/result.hpp"
#include "service/context.hpp"

namespace convoke::app {

// Fills a database in which nothing was ever written; leaves any other alone. The plan is for the academic
// year that `context.clock` lies in.
Result<bool> fill_demo(service::Context& context);

}  // namespace convoke::app
