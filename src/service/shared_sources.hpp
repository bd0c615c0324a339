// Which neighbours' events everybody may see. What pages, feeds and the API publish asks here; a source that
// is not known hides its events.
#pragma once

#include "model/event.hpp"
#include "model/source.hpp"

#include <vector>

namespace convoke::service {

class SharedSources {
 public:
  SharedSources() = default;
  explicit SharedSources(std::vector<CalendarSource> all);

  // Whether everybody may see `event`.
  bool shows(const Event& event) const { return !event.source || name_of(event.source) != nullptr; }
  // What pages call the source; null for one that is not shared.
  const std::string* name_of(SourceId id) const;

 private:
  struct Named {
    SourceId id;
    std::string name;
  };
  std::vector<Named> shared_;  // by id
};

}  // namespace convoke::service
