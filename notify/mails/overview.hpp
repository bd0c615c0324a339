// The chair's Monday mail (notify/overview.hpp).
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Superseded when there is nothing to say. A row for the chair becomes one for each of them.
Composition compose_overview(const Composing& composing);

}  // namespace convoke::notify
