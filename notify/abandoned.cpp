#include "notify/abandoned.hpp"

#include "notify/composer.hpp"
#include "notify/settlement.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view lost_with_the_process = "the sender was stopped before the answer came";

std::vector<Reminder> claimed_rows(db::Unit& unit, const Abandoned& which) {
  db::ReminderSelection selection;
  selection.state = ReminderState::claimed;
  selection.limit = std::numeric_limits<int>::max();
  auto rows = unit.reminders().list(selection);
  std::erase_if(rows, [&which](const Reminder& row) {
    const bool hook = row.reason == ReminderReason::hook;
    const bool respected =
        which.respected_until && row.lease_until && *row.lease_until <= *which.respected_until;
    return hook != (which.claims == db::Claims::hooks) || respected;
  });
  return rows;
}

Settlement found(Reminder row, const HandOvers& hand_overs, const std::vector<HandOvers::Left>& left,
                 Instant now) {
  Delivery lost{Outcome::retry_later, std::string(lost_with_the_process), true, true};
  if (!hand_overs.is_of(row.claimed_by)) return settlement_of(std::move(row), lost, now);
  const auto one = std::ranges::find(left, row.id, &HandOvers::Left::reminder);
  if (one == left.end() || !one->end_sent) return returned(std::move(row), std::nullopt);
  return settlement_of(std::move(row), one->delivery ? *one->delivery : lost, now);
}

// What the killed one had not come to: the copy of the mail, and what becomes true with it.
void complete(db::Unit& unit, Settlement& settlement, const MailSettings& mail, Instant now) {
  const auto compose = composer_of(settlement.row.reason);
  if (compose == nullptr) return;
  auto composition = compose(Composing{unit, settlement.row, mail, now});
  if (composition.kind != Composition::Kind::send) return;
  settlement.then = std::move(composition.then);
  settlement.copy = composition.write().copy;
}

}  // namespace

int take_back(db::Unit& unit, const Abandoned& which, const HandOvers& hand_overs, const MailSettings& mail,
              Instant now) {
  const auto left = hand_overs.left();
  int taken = 0;
  for (auto& row : claimed_rows(unit, which)) {
    auto settlement = found(row, hand_overs, left, now);
    if (settlement.row.state == ReminderState::sent) complete(unit, settlement, mail, now);
    if (settle_in(unit, std::move(settlement), now)) ++taken;
  }
  return taken;
}

}  // namespace convoke::notify
