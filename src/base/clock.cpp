#include "base/clock.hpp"

namespace convoke {

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + offset_;
}

}  // namespace convoke
