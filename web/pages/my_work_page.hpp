// The page that somebody signed in begins with: what needs them now.
#pragma once

#include "service/my_work.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

std::string render_my_work(const service::MyWork& work, const Frame& frame);

}  // namespace convoke::web
