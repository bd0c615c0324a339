// The door a webhook's request leaves by: one POST to where somebody asked for it. That may be anywhere, so
// it goes the guarded way (notify/outside_connection.hpp, threats E2) and follows no redirect.
#pragma once

#include "base/outside_address.hpp"
#include "notify/channel.hpp"
#include "notify/outside_connection.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace convoke::notify {

struct HookSettings {
  OutsideExceptions exceptions;  // none by default
  std::string agent = "Convoke/" CONVOKE_VERSION;
  std::chrono::milliseconds deadline{10'000};  // of looking up, connecting, sending and answering together
  // A receiver that could not be reached, or gave no answer in time, is left alone for so long: others must
  // not wait behind it.
  std::chrono::seconds pause{60};
  Resolve resolve;  // absent: the system's resolver
};

// Which receivers are left alone just now. Shared by the channels of one dispatcher.
class HookPauses;
std::shared_ptr<HookPauses> make_hook_pauses();

// Delivered: 2xx. Refused: every other answer but 408, 425, 429 and 5xx; an address that may not be connected
// to; a redirect. Anything else is for later. The reply that is kept is the status and what HTTP calls it,
// never a byte of the receiver's body. Throws std::runtime_error when libcurl cannot be had.
std::unique_ptr<Channel> hook_channel(HookSettings settings, std::shared_ptr<HookPauses> pauses);

}  // namespace convoke::notify
