// Speaking HTTP to somebody else's server without being led where we may not go (threats E2): a name is
// resolved once, by us, every address behind it is judged, and libcurl connects to the addresses that were
// judged and to nothing else, whatever it makes of the name itself. Calendars are read and webhooks posted
// this way.
#pragma once

#include "base/outside_address.hpp"
#include "base/result.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace convoke::notify {

// Where a name leads; empty when it leads nowhere. `deadline` is that of the whole exchange.
using Resolve =
    std::function<std::vector<IpAddress>(const std::string& host, std::chrono::milliseconds deadline)>;

// The addresses that may be connected to for `address`. Errors: forbidden when the address or one of those
// behind its name may not be; not_found when there is none behind it.
Result<std::vector<IpAddress>> judged_addresses(const OutsideAddress& address,
                                                const OutsideExceptions& exceptions, const Resolve& resolve,
                                                std::chrono::milliseconds left);

// One request. Must outlive the handle's transfer.
class OutsideConnection {
 public:
  OutsideConnection(OutsideAddress address, std::vector<IpAddress> judged);
  ~OutsideConnection();
  OutsideConnection(const OutsideConnection&) = delete;
  OutsideConnection& operator=(const OutsideConnection&) = delete;

  // Sets at a libcurl easy handle (CURL*) the address, http and https alone, no redirect, no proxy, no netrc,
  // no signals, checked certificates of TLS 1.2 or later, the time that is left, and the guard of its
  // sockets. Throws std::runtime_error when libcurl knows one of these not.
  void guard(void* curl, std::chrono::milliseconds left);

 private:
  OutsideAddress address_;
  std::vector<IpAddress> judged_;
  void* resolved_ = nullptr;  // curl_slist
};

// Once a process, before the first handle. Throws std::runtime_error when libcurl cannot be initialised.
void initialise_outside();

}  // namespace convoke::notify
