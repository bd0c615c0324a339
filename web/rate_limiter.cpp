#include "web/rate_limiter.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using std::chrono::nanoseconds;
using Time = RateLimiter::Time;

constexpr nanoseconds minute = std::chrono::minutes(1);

nanoseconds share_of(std::size_t per_minute) {
  return minute / static_cast<nanoseconds::rep>(std::max<std::size_t>(per_minute, 1));
}

// When the bucket would be full after one more token is taken at `now`.
Time full_after(Time full, nanoseconds share, Time now) {
  return std::max(full, now) + share;
}

// A bucket holds a minute's tokens: one that would be full only later than that has none.
nanoseconds excess(Time full, Time now) {
  return std::max(full - now - minute, nanoseconds::zero());
}

}  // namespace

CountedAddress counted_address(const boost::asio::ip::address& address) {
  constexpr std::uint8_t four = 4, six = 6;
  constexpr std::size_t mapped_at = 12;  // where ::ffff:192.0.2.1 has the four bytes
  CountedAddress counted{};
  counted[0] = four;
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    std::copy(bytes.begin(), bytes.end(), counted.begin() + 1);
    return counted;
  }
  const auto bytes = address.to_v6().to_bytes();
  if (address.to_v6().is_v4_mapped()) {
    std::copy(bytes.begin() + mapped_at, bytes.end(), counted.begin() + 1);
    return counted;
  }
  counted[0] = six;
  std::copy_n(bytes.begin(), counted.size() - 1, counted.begin() + 1);
  return counted;
}

RateLimiter::RateLimiter(const Limits& limits)
    : request_share_(share_of(limits.requests_per_minute)),
      change_share_(share_of(limits.changes_per_minute)),
      most_(std::max<std::size_t>(limits.addresses_counted, 1)) {}

std::chrono::seconds RateLimiter::take(const CountedAddress& address, bool changes, Time now) {
  const std::lock_guard lock(mutex_);
  auto& buckets = buckets_of(address, now);
  const auto requests = full_after(buckets.requests_full, request_share_, now);
  const auto all_changes =
      changes ? full_after(buckets.changes_full, change_share_, now) : buckets.changes_full;
  const auto wait = std::max(excess(requests, now), excess(all_changes, now));
  if (wait > nanoseconds::zero()) return std::chrono::ceil<std::chrono::seconds>(wait);
  buckets.requests_full = requests;
  buckets.changes_full = all_changes;
  return std::chrono::seconds::zero();
}

RateLimiter::Buckets& RateLimiter::buckets_of(const CountedAddress& address, Time now) {
  if (const auto known = by_address_.find(address); known != by_address_.end()) {
    kept_.splice(kept_.begin(), kept_, known->second);
    return kept_.front();
  }
  if (kept_.size() >= most_) {
    by_address_.erase(kept_.back().address);
    kept_.pop_back();
  }
  kept_.push_front(Buckets{address, now, now});
  by_address_.emplace(address, kept_.begin());
  return kept_.front();
}

std::size_t RateLimiter::counted() const {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

}  // namespace convoke::web
