#include "base/resolve.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace convoke {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_round{100};
// getaddrinfo cannot be interrupted: a question whose asker gave up keeps its thread until it is answered.
constexpr int most_questions = 8;
std::atomic<int> questions{0};

// Owned by the asker and by the thread that asks the system, whichever lives longer.
struct Question {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<std::vector<IpAddress>> answer;
};

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

std::vector<IpAddress> ask_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, ::freeaddrinfo);
  return addresses_in(found);
}

// False when the system gives no thread.
bool ask_on_a_thread(const std::shared_ptr<Question>& question, const std::string& host) {
  ++questions;
  try {
    std::thread([question, host] {
      auto addresses = ask_system(host);
      {
        const std::lock_guard lock(question->mutex);
        question->answer = std::move(addresses);
      }
      question->answered.notify_one();
      --questions;
    }).detach();
  } catch (const std::system_error&) {
    --questions;
    return false;
  }
  return true;
}

}  // namespace

std::vector<IpAddress> resolve_host(const std::string& host, std::chrono::milliseconds deadline,
                                    const std::atomic<bool>& interrupted) {
  if (questions >= most_questions) return {};
  const auto question = std::make_shared<Question>();
  if (!ask_on_a_thread(question, host)) return {};
  const auto end = SteadyClock::now() + deadline;
  std::unique_lock lock(question->mutex);
  while (!question->answer && !interrupted && SteadyClock::now() < end)
    question->answered.wait_until(lock, std::min(end, SteadyClock::now() + look_round));
  return question->answer ? std::move(*question->answer) : std::vector<IpAddress>();
}

}  // namespace convoke
