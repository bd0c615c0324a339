#include "notify/participation.hpp"

#include "base/time_zone.hpp"
#include "notify/directory.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

namespace convoke::notify {
namespace {

std::optional<calendar::Participation> participation_in(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::accepted:
      return calendar::Participation::accepted;
    case AnswerKind::tentative:
      return calendar::Participation::tentative;
    case AnswerKind::declined:
      return calendar::Participation::declined;
    default:
      return std::nullopt;
  }
}

}  // namespace

const Answer* last_participation(const std::vector<Answer>& answers, const std::string& who, int sequence,
                                 const std::string& occurrence) {
  const Answer* last = nullptr;
  for (const auto& answer : answers) {
    if (answer.who != who || answer.occurrence != occurrence || answer.sequence < sequence) continue;
    if (!participation_in(answer.kind)) continue;
    if (last == nullptr || std::tie(last->sequence, last->at) <= std::tie(answer.sequence, answer.at))
      last = &answer;
  }
  return last;
}

calendar::Participation participation_of(const std::vector<Answer>& answers, const std::string& who,
                                         int sequence, const std::string& occurrence) {
  const auto* last = last_participation(answers, who, sequence, occurrence);
  return last == nullptr ? calendar::Participation::needs_action : *participation_in(last->kind);
}

int announced_sequence(db::Unit& unit, EventId event) {
  db::ReminderSelection selection;
  selection.event = event;
  selection.limit = std::numeric_limits<int>::max();
  int sequence = 0;
  for (const auto& row : unit.reminders().list(selection))
    if (row.reason == ReminderReason::invitation) sequence = std::max(sequence, row.event_sequence);
  return sequence;
}

bool stands_behind(db::Unit& unit, const Event& event, PersonId person, Instant now) {
  const auto keys = recipient_keys(event);
  const std::string own = person_key(person);
  if (std::find(keys.begin(), keys.end(), own) != keys.end()) return true;
  const AddressBook book(read_directory(unit));
  const auto occasion = occasion_of(event, civil_date(now, zone_of(event)));
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const auto reached = book.resolve(key, occasion).to;
    return std::any_of(reached.begin(), reached.end(), [&](const Addressee& one) { return one.key == own; });
  });
}

}  // namespace convoke::notify
