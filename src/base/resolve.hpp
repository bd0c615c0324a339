// Looking up a name without waiting for it longer than one is willing to.
#pragma once

#include "base/outside_address.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

namespace convoke {

// All addresses behind `host`, by the system's resolver (getaddrinfo); empty when there are none, the
// deadline passed or `interrupted` became true.
std::vector<IpAddress> resolve_host(const std::string& host, std::chrono::milliseconds deadline,
                                    const std::atomic<bool>& interrupted);

}  // namespace convoke
