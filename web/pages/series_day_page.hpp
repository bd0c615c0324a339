// One day of a series, for those who write it.
#pragma once

#include "service/series_day.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <utility>

namespace convoke::web {

struct SeriesDayPage {
  const Event* event = nullptr;   // the series as it stands
  calendar::EventOccurrence day;  // as it stands
  service::DayWords typed;
  std::string problem;     // the field that cannot be used
  bool overtaken = false;  // somebody changed the series since this form was opened

  SeriesDayPage(const Event& series, calendar::EventOccurrence one) : event(&series), day(std::move(one)) {}
};

std::string series_day_path(EventId event, Date day);
std::string render_series_day(const SeriesDayPage& page, const Frame& frame);

}  // namespace convoke::web
