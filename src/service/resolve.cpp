#include "service/resolve.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <time.h>

#include <algorithm>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>

namespace convoke::service {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_round{100};

// One question to the resolver. It must stay where it is until the resolver has answered.
struct Lookup {
  std::string host;
  addrinfo hints{};
  gaicb question{};

  explicit Lookup(std::string name) : host(std::move(name)) {
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    question.ar_name = host.c_str();
    question.ar_request = &hints;
  }
  ~Lookup() {
    if (question.ar_result != nullptr) freeaddrinfo(question.ar_result);
  }
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
};

// Questions whose asker gave up. getaddrinfo cannot be interrupted: they are let go when they are answered.
class Abandoned {
 public:
  void keep(std::unique_ptr<Lookup> lookup) {
    const std::lock_guard lock(mutex_);
    lookups_.remove_if([](const auto& one) { return gai_error(&one->question) != EAI_INPROGRESS; });
    lookups_.push_back(std::move(lookup));
  }

 private:
  std::mutex mutex_;
  std::list<std::unique_ptr<Lookup>> lookups_;
};

Abandoned& abandoned() {
  // Never destroyed: the resolver's threads may still write to what it holds when the program ends.
  static auto* const all = new Abandoned;
  return *all;
}

bool wait(gaicb& question, std::chrono::milliseconds deadline, const std::atomic<bool>& interrupted) {
  const auto end = SteadyClock::now() + deadline;
  while (gai_error(&question) == EAI_INPROGRESS) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now());
    if (left.count() <= 0 || interrupted) return false;
    const auto slice = std::min(left, look_round);
    timespec pause{};
    pause.tv_sec = slice.count() / 1000;
    pause.tv_nsec = (slice.count() % 1000) * 1'000'000;
    const gaicb* const list[] = {&question};
    gai_suspend(list, 1, &pause);
  }
  return true;
}

std::vector<IpAddress> addresses_in(const addrinfo* found) {
  std::vector<IpAddress> addresses;
  for (; found != nullptr; found = found->ai_next) {
    IpAddress address;
    address.v6 = found->ai_family == AF_INET6;
    if (found->ai_family == AF_INET)
      std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in*>(found->ai_addr)->sin_addr, 4);
    else if (found->ai_family == AF_INET6)
      std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(found->ai_addr)->sin6_addr,
                  16);
    else
      continue;
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
      addresses.push_back(address);
  }
  return addresses;
}

}  // namespace

std::vector<IpAddress> resolve_host(const std::string& host, std::chrono::milliseconds deadline,
                                    const std::atomic<bool>& interrupted) {
  auto lookup = std::make_unique<Lookup>(host);
  gaicb* list[] = {&lookup->question};
  if (getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) return {};
  if (!wait(lookup->question, deadline, interrupted)) {
    gai_cancel(&lookup->question);
    abandoned().keep(std::move(lookup));
    return {};
  }
  if (gai_error(&lookup->question) != 0) return {};
  return addresses_in(lookup->question.ar_result);
}

}  // namespace convoke::service
