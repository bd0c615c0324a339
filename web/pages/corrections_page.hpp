// What was put right in earlier documents, so that the next ones are read so: a list, each line with a button
// that forgets it.
#pragma once

#include "service/kept_corrections.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

std::string render_corrections(const std::vector<service::KeptCorrection>& kept, const Frame& frame);

}  // namespace convoke::web
