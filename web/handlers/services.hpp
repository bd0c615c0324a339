// What handlers work with. Owned by the program; outlives every request.
#pragma once

#include "service/context.hpp"
#include "service/feeds.hpp"
#include "service/snapshot.hpp"

namespace convoke::service {
class SourceRefresher;
}

namespace convoke::web {

struct Services {
  service::Context& context;
  service::Snapshots& snapshots;
  service::Feeds& feeds;
  service::SourceRefresher* refresher = nullptr;  // null: nobody's calendars are read here
};

}  // namespace convoke::web
