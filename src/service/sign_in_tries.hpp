// How often somebody tried a wrong password of late (threats B2): by the login tried, by the address it came
// from, and by the browser when it is one its owner signed in from before. In memory; the time comes as an
// argument.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"

#include <chrono>
#include <deque>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::service {

class SignInTries {
 public:
  static constexpr std::chrono::minutes window{15};
  static constexpr std::size_t most_of_account = 10, most_of_address = 50;  // wrong ones in the window
  static constexpr std::size_t most_codes = 5;                              // wrong codes of a second factor
  static constexpr std::size_t most_mails_asked = 10;  // links to sign in, by one network
  static constexpr std::size_t most_counted = 20'000;  // logins, addresses and browsers; then the eldest goes

  // Somebody whose tries are counted, and how many are let through.
  struct Counted {
    std::string key;
    std::size_t most = 0;
  };

  // Counts a try for each of `who` before its password is looked at, so that tries at once cannot slip by
  // together. Zero: go on. Otherwise nothing was counted: the whole seconds until the next may pass.
  std::chrono::seconds begin(const std::vector<Counted>& who, Instant now);
  // The password was right, or was never looked at: the try begun at `begun` is forgotten.
  void forget(const std::vector<Counted>& who, Instant begun);

  // How many have a count, never more than most_counted.
  std::size_t counted() const;

 private:
  struct Kept {
    std::string key;
    std::deque<Instant> tries;  // eldest first
  };
  using Order = std::list<Kept>;  // the one that tried last stands first

  Kept& kept_of(const std::string& key, Instant now);

  mutable std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string, Order::iterator> by_key_;
};

// Whose tries a try counts among. `peer` is an IP address; the first 64 bits of an IPv6 one stand for all of
// its network. Keys hold hashes of what was typed, not the text. `device` is empty for a browser not known.
std::vector<SignInTries::Counted> counted_for(const std::string& login, const std::string& peer,
                                              const std::string& device);

// The same of a code of the account's second factor; an empty `peer` is not counted.
std::vector<SignInTries::Counted> counted_codes(AccountId account, const std::string& peer);
// The same of asking for a mail with a link.
std::vector<SignInTries::Counted> counted_mails(const std::string& peer);

}  // namespace convoke::service
