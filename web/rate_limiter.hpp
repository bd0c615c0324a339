// How many requests one address may send: so many at once, and then one more each time a minute has gone on
// by its share. Pure: the time comes as an argument. Owns the counts of the addresses seen last.
#pragma once

#include "web/limits.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>

namespace convoke::web {

// What requests are counted by: an IPv4 address, or the first 64 bits of an IPv6 one, since a client that has
// one address of such a network has them all. An IPv4 address in IPv6 clothes (::ffff:…) counts as itself.
using CountedAddress = std::array<std::uint8_t, 9>;
CountedAddress counted_address(const boost::asio::ip::address& address);

class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Uses requests_per_minute, changes_per_minute and addresses_counted; each at least 1.
  explicit RateLimiter(const Limits& limits);

  // Counts a request; `changes`: it is to change something and counts among changes as well. Zero: let it
  // pass. Otherwise it was one too many and does not count: the whole seconds after which one more would
  // pass. Any thread.
  std::chrono::seconds take(const CountedAddress& address, bool changes, Time now);

  // How many addresses have a count, never more than addresses_counted. Any thread.
  std::size_t counted() const;

 private:
  // A token bucket kept as one moment: when it will be full again. Full is the past.
  struct Buckets {
    CountedAddress address;
    Time requests_full, changes_full;
  };
  using Kept = std::list<Buckets>;

  Buckets& buckets_of(const CountedAddress& address, Time now);

  const std::chrono::nanoseconds request_share_, change_share_;
  const std::size_t most_;
  mutable std::mutex mutex_;
  Kept kept_;  // the one seen last stands first
  std::map<CountedAddress, Kept::iterator> by_address_;
};

}  // namespace convoke::web
