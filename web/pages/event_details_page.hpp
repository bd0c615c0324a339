// What people are told of an event, for those who write it.
#pragma once

#include "service/event_details.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

struct EventDetailsPage {
  const Event* event = nullptr;  // as it stands
  service::EventDetails typed;
  std::string problem;     // the field that cannot be used
  bool added = false;      // the event was entered a moment ago
  bool overtaken = false;  // somebody changed the event since this form was opened

  EventDetailsPage() = default;
};

std::string event_details_path(EventId event);
std::string minutes_path(EventId event);
std::string render_event_details(const EventDetailsPage& page, const Frame& frame);

}  // namespace convoke::web
