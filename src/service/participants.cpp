#include "service/participants.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/directory.hpp"
#include "notify/participation.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace convoke::service {
namespace {

class Listing {
 public:
  Listing(db::Unit& unit, const Event& event)
      : answers_(unit.answers().of_event(event.id)), sequence_(notify::announced_sequence(unit, event.id)) {
    db::ReminderSelection selection;
    selection.event = event.id;
    selection.state = ReminderState::sent;
    selection.limit = std::numeric_limits<int>::max();
    for (const auto& row : unit.reminders().list(selection))
      if (row.reason == ReminderReason::invitation) asked_.insert(row.key.recipient);
  }

  void add(const std::string& key, const std::string& name) {
    const bool known =
        std::any_of(listed_.begin(), listed_.end(), [&](const Participant& one) { return one.who == key; });
    if (known) return;
    Participant one;
    one.who = key;
    one.name = name;
    one.asked = asked_.contains(key);
    if (const auto* answer = notify::last_participation(answers_, key, sequence_)) {
      one.status = notify::participation_of(answers_, key, sequence_);
      one.answered = answer->at;
      one.note = answer->note;
    }
    listed_.push_back(std::move(one));
  }

  std::vector<Participant> take() { return std::move(listed_); }

 private:
  std::vector<Answer> answers_;
  int sequence_;
  std::set<std::string> asked_;
  std::vector<Participant> listed_;
};

std::vector<Participant> listed(db::Unit& unit, const Event& event, Instant now) {
  if (!calendar::can_be_attended(event)) return {};
  const notify::AddressBook book(notify::read_directory(unit));
  const auto occasion = notify::occasion_of(event, civil_date(now, notify::zone_of(event)));
  Listing listing(unit, event);
  for (const auto& responsible : event.responsible) {
    const auto key = notify::recipient_key(responsible);
    if (key.empty()) continue;
    const auto behind = book.resolve(key, occasion);
    for (const auto& one : behind.to) listing.add(one.key, one.person.name);
    for (const auto& one : behind.missed)
      listing.add(one.person.id ? notify::person_key(one.person.id) : key, one.person.name);
    if (!behind.reached() && behind.missed.empty())
      listing.add(key, responsible.name.empty() ? responsible.post : responsible.name);
  }
  return listing.take();
}

}  // namespace

Deferred<std::vector<Participant>> participants_of(Context& context, EventId id) {
  return context.store.read(
      [id, now = context.clock.now()](db::Unit& unit) -> Result<std::vector<Participant>> {
        const auto event = unit.events().find(id);
        if (!event) return Error{Errc::not_found, "there is no such event"};
        return listed(unit, *event, now);
      });
}

}  // namespace convoke::service
