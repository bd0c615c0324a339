// What handlers work with. Owned by the program; outlives every request.
#pragma once

#include "service/context.hpp"
#include "service/feeds.hpp"
#include "service/snapshot.hpp"
#include "web/rate_limiter.hpp"
#include "web/twins/twin_cache.hpp"

#include <memory>

namespace convoke::service {
class SourceRefresher;
}

namespace convoke::web {

// Of personal calendars, by one address (threats G6): so many at once and a minute. A right one is never
// refused: calendar services fetch those of many people from few addresses.
inline constexpr std::size_t wrong_calendars_per_minute = 30;
std::shared_ptr<RateLimiter> make_wrong_calendar_limits();

// Forms of registration, by one address (threats C7).
inline constexpr std::size_t registrations_per_minute = 20;
std::shared_ptr<RateLimiter> make_registration_limits();

struct Services {
  service::Context& context;
  service::Snapshots& snapshots;
  service::Feeds& feeds;
  std::shared_ptr<TwinCache> twins = std::make_shared<TwinCache>();
  std::shared_ptr<RateLimiter> wrong_calendars = make_wrong_calendar_limits();
  std::shared_ptr<RateLimiter> registrations = make_registration_limits();
  service::SourceRefresher* refresher = nullptr;  // null: nobody's calendars are read here
};

}  // namespace convoke::web
