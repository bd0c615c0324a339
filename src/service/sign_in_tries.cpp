#include "service/sign_in_tries.hpp"

#include "base/id.hpp"
#include "service/context.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace convoke::service {
namespace {

// An IPv4 address in IPv6 clothes counts as itself; what is no address counts by its text.
std::string network_of(const std::string& peer) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, peer.c_str(), bytes.data()) != 1) return peer;
  constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, bytes.data() + mapped.size(), text.data(), text.size());
    return text.data();
  }
  return "net:" + sha256_hex({reinterpret_cast<const char*>(bytes.data()), 8});
}

}  // namespace

std::shared_ptr<SignInTries> make_sign_in_tries() {
  return std::make_shared<SignInTries>();
}

std::vector<SignInTries::Counted> counted_for(const std::string& login, const std::string& peer,
                                              const std::string& device) {
  // A browser that its owner signed in from before has a count of its own: strangers cannot lock it out.
  if (!device.empty()) return {{"device " + sha256_hex(device), SignInTries::most_of_account}};
  std::vector<SignInTries::Counted> who{{"login " + sha256_hex(login), SignInTries::most_of_account}};
  if (!peer.empty()) who.push_back({"address " + network_of(peer), SignInTries::most_of_address});
  return who;
}

std::vector<SignInTries::Counted> counted_codes(AccountId account, const std::string& peer) {
  std::vector<SignInTries::Counted> who{{"code " + std::to_string(account.value), SignInTries::most_codes}};
  if (!peer.empty()) who.push_back({"address " + network_of(peer), SignInTries::most_of_address});
  return who;
}

std::vector<SignInTries::Counted> counted_mails(const std::string& peer) {
  if (peer.empty()) return {};
  return {{"mails " + network_of(peer), SignInTries::most_mails_asked}};
}

SignInTries::Kept& SignInTries::kept_of(const std::string& key, Instant now) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    order_.splice(order_.begin(), order_, found->second);
  } else {
    if (order_.size() == most_counted) {
      by_key_.erase(order_.back().key);
      order_.pop_back();
    }
    order_.push_front({key, {}});
    by_key_[key] = order_.begin();
  }
  Kept& kept = order_.front();
  while (!kept.tries.empty() && kept.tries.front() + window <= now) kept.tries.pop_front();
  return kept;
}

std::chrono::seconds SignInTries::begin(const std::vector<Counted>& who, Instant now) {
  const std::lock_guard lock(mutex_);
  std::chrono::seconds wait{0};
  for (const auto& counted : who) {
    const auto& tries = kept_of(counted.key, now).tries;
    if (tries.size() >= counted.most)
      wait = std::max(wait, std::max(tries.front() + window - now, std::chrono::seconds{1}));
  }
  if (wait.count() > 0) return wait;
  for (const auto& counted : who) kept_of(counted.key, now).tries.push_back(now);
  return wait;
}

void SignInTries::forget(const std::vector<Counted>& who, Instant begun) {
  const std::lock_guard lock(mutex_);
  for (const auto& counted : who) {
    const auto found = by_key_.find(counted.key);
    if (found == by_key_.end()) continue;
    auto& tries = found->second->tries;
    if (const auto one = std::find(tries.begin(), tries.end(), begun); one != tries.end()) tries.erase(one);
  }
}

std::size_t SignInTries::counted() const {
  const std::lock_guard lock(mutex_);
  return order_.size();
}

}  // namespace convoke::service
