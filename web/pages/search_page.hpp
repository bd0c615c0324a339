// What was found for some words.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::web {

// "/search?q=круглий+стіл"
std::string search_path(const std::string& text);

struct SearchView {
  std::shared_ptr<const service::Snapshot> snapshot;  // owns the events
  std::string text;                                   // as asked for; empty: nothing yet
  std::vector<const Event*> found;                    // the best first
  bool more = false;                                  // there are others beyond the limit
};

std::string render_search(const SearchView& view, const Frame& frame);

}  // namespace convoke::web
