#include "notify/relay_watch.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "notify/retry.hpp"

#include <algorithm>

namespace convoke::notify {

bool refuses_by_policy(std::string_view reply) {
  if (!reply.starts_with('5')) return false;
  for (const std::string_view code : {"530", "535", "503"})
    if (reply.starts_with(code)) return true;
  constexpr std::size_t after_code = 4;  // "550 "
  const auto words = reply.substr(std::min(after_code, reply.size()));
  if (words.starts_with("5.")) return words.starts_with("5.7.");
  return fold(words).find("relay") != std::string::npos;
}

Delivery RelayWatch::note(Delivery delivery, Instant now) {
  if (delivery.outcome == Outcome::delivered) refusals_ = 0;
  if (judges_policy_ && delivery.outcome == Outcome::refused && refuses_by_policy(delivery.reply) &&
      ++refusals_ > believed_refusals) {
    delivery.outcome = Outcome::retry_later;
    delivery.unreachable = true;
  }
  if (delivery.unreachable)
    note_failure(delivery, now);
  else
    note_well();
  return delivery;
}

void RelayWatch::note_well() {
  if (alarmed_) log::info("mail_relay_back", {{"after_failures", failures_}});
  failures_ = 0;
  alarmed_ = false;
}

void RelayWatch::note_failure(const Delivery& delivery, Instant now) {
  // Several mails that were on their way when it went are one failure.
  if (holds(now)) return;
  if (++failures_ == 1) since_ = now;
  hold_since_ = now;
  hold_until_ = now + retry_delay(failures_, seed_);
  log::warning("mail_relay_unreachable",
               {{"failures", failures_}, {"why", without_addresses(delivery.reply)}});
  if (!alarmed_ && now - since_ >= alarm_after) {
    alarmed_ = true;
    log::error("mail_relay_down", {{"minutes", (now - since_) / std::chrono::minutes{1}}});
  }
}

}  // namespace convoke::notify
