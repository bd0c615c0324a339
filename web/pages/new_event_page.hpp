// The form with which an organiser adds an event that stands in no plan.
#pragma once

#include "model/period_reading.hpp"
#include "service/new_event.hpp"
#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

inline constexpr const char* new_event_path = "/manage/events/new";
// What the page's script sends as the year of a period (GET /manage/period): it is of no plan.
inline constexpr const char* coming_year = "coming";

struct NewEventPage {
  service::EventEntry typed;
  std::vector<service::RowProblem> problems;  // "organisation" among the fields: none was chosen of several
  std::optional<PeriodReading> reading;       // shown before it is saved
  EventId known;                              // such an event is there already
  std::string known_title;

  NewEventPage() = default;
};

// Whose events the reader may add.
std::vector<Organisation> organisations_to_choose(const service::Snapshot& snapshot, const Frame& frame);
std::string render_new_event(const NewEventPage& page, const service::Snapshot& snapshot, const Frame& frame);
// How the period was read, or how to write it.
std::string coming_period_text(const PeriodReading& reading, Language language);

}  // namespace convoke::web
