// The page of responsibles whom no mail reaches: why, for what, and a field to mend it.
#pragma once

#include "service/unreachable.hpp"
#include "web/pages/directory_words.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

inline constexpr std::size_t unreachable_page_size = 50, most_events_shown = 4;

struct UnreachableView {
  std::vector<service::UnreachableRow> rows;  // the most urgent first
  std::size_t page = 1;
  bool saved = false;
  // What was entered and could not be used: for the row of that key.
  std::optional<DirectoryProblem> problem;
  service::Remedy entered;
};

std::string render_unreachable(const Frame& frame, const UnreachableView& view);

}  // namespace convoke::web
