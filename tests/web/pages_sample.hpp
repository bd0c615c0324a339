// An invented association with one plan that has everything a page must show: approvals signed and pending, a
// preamble, sections, every kind of period, fixed, held, moved and cancelled events.
#pragma once

#include "service/snapshot.hpp"

#include <memory>

namespace convoke::tests {

// The day on which the sample is looked at.
inline constexpr Date sample_today = make_date(2024, 10, 7);

Organisation sample_organisation();
Plan sample_plan();
// Without ids; in the order of the plan.
std::vector<Event> sample_events();

// All of it with ids from 1 on.
std::shared_ptr<service::Snapshot> sample_snapshot();

}  // namespace convoke::tests
