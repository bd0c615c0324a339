// The workplace's first page: what waits for a decision, what is late, what is due soon and who has answered,
// which days nobody has named; and what organisers see of one event's execution.
#pragma once

#include "service/control.hpp"
#include "service/event_history.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

inline constexpr std::size_t most_control_rows = 100;  // of one list; the counts tell of all

struct ControlView {
  service::Control control;
  std::optional<PlanId> plan;  // only this one's lists
  Instant now{};
  std::string zone;
  bool impossible = false;  // what was approved a moment ago cannot be done any more
};

// `address`: the page's own, "/manage?plan=3": where its forms lead back to.
std::string render_control(const ControlView& view, const Frame& frame);

// Fills part_execution.html for an event's page: what waits, what organisers can do, the history.
void fill_execution(ctemplate::TemplateDictionary& values, const Event& event,
                    const std::vector<service::HistoryStep>& history, const Frame& frame);

}  // namespace convoke::web
