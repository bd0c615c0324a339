// Whether the relay can be sent through at all, told by what comes of the mails: a watch that needs no
// thread. While it cannot, nothing is claimed, so that no mail is spent on an outage: 1, 2, 4 ... 60 minutes.
#pragma once

#include "base/clock.hpp"
#include "notify/channel.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace convoke::notify {

// A refusal that speaks of what this relay lets through and not of an address: 5.7.x (RFC 3463: security or
// policy), 530 and 535 (RFC 4954: sign in first), 503 (out of turn), or words about relaying, which some
// servers say without a number. "550 5.1.1" and "552 5.2.2" are about the recipient, "552 5.3.4" about the
// mail.
bool refuses_by_policy(std::string_view reply);

class RelayWatch {
 public:
  // An outage is an error in the log after so long (threats F8).
  static constexpr std::chrono::minutes alarm_after{15};
  // So many refusals by policy are believed one after another; from the next one on, and until a mail is
  // taken, it is the relay that has turned everybody away, as one does whose settings were changed.
  static constexpr int believed_refusals = 3;

  // What came of one mail, as it is to be settled: a refusal that is not believed becomes "later". Logs the
  // relay's going, the alarm and its coming back. `seed` makes the jitter; `judges_policy` is false for doors
  // that are no mail relay.
  RelayWatch(std::string seed, bool judges_policy) : seed_(std::move(seed)), judges_policy_(judges_policy) {}
  Delivery note(Delivery delivery, Instant now);

  // A clock that was set back ends the pause, or it could last for days.
  bool holds(Instant now) const { return failures_ > 0 && hold_since_ <= now && now < hold_until_; }
  Instant held_until() const { return hold_until_; }

 private:
  void note_failure(const Delivery& delivery, Instant now);
  void note_well();

  std::string seed_;
  bool judges_policy_;
  int refusals_ = 0;  // by policy, since a mail was taken
  int failures_ = 0;  // in a row
  Instant since_{}, hold_since_{}, hold_until_{};
  bool alarmed_ = false;
};

}  // namespace convoke::notify
