#include "service/shared_sources.hpp"

#include <algorithm>

namespace convoke::service {

SharedSources::SharedSources(std::vector<CalendarSource> all) {
  for (auto& source : all)
    if (source.shared && !source.removed) shared_.push_back({source.id, std::move(source.name)});
  std::sort(shared_.begin(), shared_.end(), [](const Named& a, const Named& b) { return a.id < b.id; });
}

const std::string* SharedSources::name_of(SourceId id) const {
  const auto found = std::lower_bound(shared_.begin(), shared_.end(), id,
                                      [](const Named& one, SourceId wanted) { return one.id < wanted; });
  return found != shared_.end() && found->id == id ? &found->name : nullptr;
}

}  // namespace convoke::service
