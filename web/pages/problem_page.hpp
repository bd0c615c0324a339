// What a person sees when a page cannot be shown: what happened and what to do, in their language.
#pragma once

#include "model/language.hpp"

#include <string>

namespace convoke::web {

// `detail`: one line about this very request, in English, shown beneath; empty for none. A status without
// words of its own is explained as a fault of ours from 500 on, else as a bad request.
std::string render_problem(unsigned status, Language language, const std::string& detail);

}  // namespace convoke::web
