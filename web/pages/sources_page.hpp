// The page of neighbours' calendars: what is read, how it goes, and for organisers how to change it.
#pragma once

#include "base/clock.hpp"
#include "model/source.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

// What is wrong with a new calendar.
enum class SourceProblem { address, known, too_many, other };

struct SourcesView {
  std::vector<CalendarSource> sources;  // as list_sources() shows them to this reader
  bool may_change = false;
  Instant now{};
  std::string zone;
  // What was entered and could not be used.
  std::string name, url;
  std::optional<SourceProblem> problem;
};

std::string render_sources(const SourcesView& view, const Frame& frame);

// "read 2 hours ago" or "cannot be read since 3 May 2027: the server does not answer".
std::string source_state_text(const CalendarSource& source, Instant now, const std::string& zone,
                              Language language);

}  // namespace convoke::web
