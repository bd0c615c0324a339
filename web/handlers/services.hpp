// What handlers work with. Owned by the program; outlives every request.
#pragma once

#include "service/context.hpp"
#include "service/feeds.hpp"
#include "service/snapshot.hpp"

namespace convoke::web {

struct Services {
  service::Context& context;
  service::Snapshots& snapshots;
  service::Feeds& feeds;
};

}  // namespace convoke::web
