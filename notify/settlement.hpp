// What an attempt means for its row, and how it is written down: the row, the attempt with the server's words
// and the copy of the mail, in one transaction with whatever else has to be told.
#pragma once

#include "db/unit.hpp"
#include "model/delivery.hpp"
#include "model/reminder.hpp"
#include "notify/channel.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace convoke::notify {

// How long attempts and copies of settled mails are kept.
inline constexpr std::chrono::hours copies_kept{24 * 90};

struct Settlement {
  Reminder row;  // as claimed, or as it becomes
  std::optional<DeliveryAttempt> attempt;
  std::optional<MailCopy> copy;
  std::function<void(db::Unit&, Instant)> then;  // what becomes true when it is sent, or dropped
};

// The outcomes that attempts are recorded with.
inline constexpr std::string_view delivered_outcome = "delivered", later_outcome = "retry_later",
                                  refused_outcome = "refused", unknown_outcome = "unknown";

// sent, failed or retrying by what came of `row` at `now`. Pure.
Settlement settlement_of(Reminder row, const Delivery& delivery, Instant now);

// The same row, never begun: as it was before it was claimed (no attempt counts), to be claimed at `next`, or
// whenever it is due.
Settlement returned(Reminder row, std::optional<Instant> next);

// Writes it. A relay that has said "later" to this mail for give_up_after has refused it; so has one whose
// answer to the end of it was lost twice (it is there, most likely: a third would be a nuisance). A mail that
// failed is told to the chair, a webhook that is gone asked no more. False when the row was no longer the dispatcher's; the attempt is recorded all
// the same.
bool settle_in(db::Unit& unit, Settlement settlement, Instant now);

}  // namespace convoke::notify
