// Rows that a killed process had claimed: taken back when the next one starts.
#pragma once

#include "db/unit.hpp"
#include "notify/hand_overs.hpp"
#include "notify/message.hpp"

#include <optional>
#include <vector>

namespace convoke::notify {

struct Abandoned {
  db::Claims claims = db::Claims::mails;
  // Claims with a lease up to here may be another process's, alive. A later one was given before the clock
  // was set back: it would never lapse. Empty: no other process sends, all are taken.
  std::optional<Instant> respected_until;
};

// What the hand-overs say of a mail counts; of those of which they cannot be asked, each may have arrived.
// One that was answered is settled by its answer, with its copy and what becomes true with it. How many rows.
int take_back(db::Unit& unit, const Abandoned& which, const HandOvers& hand_overs, const MailSettings& mail,
              Instant now);

}  // namespace convoke::notify
