#include "service/source_entries.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace convoke::service {
namespace {

constexpr std::size_t longest_uid = 255;  // bytes; what calendar programs take (RFC 7986 5.3)

// The same event in other hands: its title and first day.
bool same_occasion(const Event& a, const Event& b) {
  return fold(a.title) == fold(b.title) && a.period.first == b.period.first;
}

// In the form of a UUID, and the same for the same entry: version 8 is for such (RFC 9562 5.8).
std::string own_uid(SourceId source, const std::string& foreign_uid) {
  auto digits = sha256_hex("source " + std::to_string(source.value) + "\n" + foreign_uid).substr(0, 32);
  digits[12] = '8';
  digits[16] = 'a';
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
         digits.substr(16, 4) + "-" + digits.substr(20);
}

class Application {
 public:
  Application(db::Unit& unit, const CalendarSource& source, Instant now)
      : unit_(unit), source_(source), now_(now) {
    for (auto& event : unit.events().of_source(source.id)) events_.emplace(event.id, std::move(event));
    for (auto& entry : unit.sources().entries(source.id)) known_.emplace(entry.foreign_uid, entry.event);
  }

  void take(Event event) {
    const std::string foreign_uid = event.uid;
    const auto taken = unit_.events().find_by_uid(foreign_uid);
    if (taken && is_ours(*taken, event, foreign_uid)) {
      ++applied_.ours;
      return;
    }
    prepare(event);
    if (const auto known = known_.find(foreign_uid); known != known_.end()) {
      update(events_.at(known->second), std::move(event));
      seen_.insert(known->second);
      return;
    }
    insert(std::move(event), foreign_uid, taken.has_value());
  }

  AppliedCalendar finish() {
    for (const auto& [foreign_uid, event] : known_) {
      if (seen_.contains(event)) continue;
      unit_.events().remove(event);
      ++applied_.removed;
    }
    return applied_;
  }

 private:
  // `taken`: the event here that has this UID.
  bool is_ours(const Event& taken, const Event& event, const std::string& foreign_uid) {
    if (!taken.source) return same_occasion(taken, event);
    const auto entry = unit_.sources().entry_of(taken.id);
    return entry && entry->foreign_uid != foreign_uid;
  }

  void prepare(Event& event) const {
    event.source = source_.id;
    event.organisation = source_.organisation;
    event.plan = {};
    event.parent = {};
    event.as_read.reset();
    for (auto& responsible : event.responsible) responsible.person = {};
    if (is_open(event.status) && event.period.is_dated()) event.status = EventStatus::dated;
  }

  void insert(Event event, const std::string& foreign_uid, bool uid_is_taken) {
    if (uid_is_taken || foreign_uid.size() > longest_uid) event.uid = free_uid(foreign_uid);
    event.sequence = 0;
    event.created = event.modified = now_;
    const auto id = unit_.events().insert(event);
    unit_.sources().link(source_.id, {foreign_uid, id});
    ++applied_.added;
  }

  // A neighbour may have guessed the one that would be made.
  std::string free_uid(const std::string& foreign_uid) {
    auto uid = own_uid(source_.id, foreign_uid);
    return unit_.events().find_by_uid(uid) ? random_uuid() : uid;
  }

  void update(const Event& before, Event event) {
    event.id = before.id;
    event.uid = before.uid;
    event.created = before.created;
    if (same_to_readers(before, event)) {
      ++applied_.unchanged;
      return;
    }
    event.sequence = before.sequence + 1;
    event.modified = std::max(now_, before.modified + std::chrono::seconds{1});
    unit_.events().update(event);
    ++applied_.updated;
  }

  db::Unit& unit_;
  const CalendarSource& source_;
  const Instant now_;
  std::map<EventId, Event> events_;
  std::map<std::string, EventId> known_;
  std::set<EventId> seen_;
  AppliedCalendar applied_;
};

}  // namespace

AppliedCalendar apply_calendar(db::Unit& unit, const CalendarSource& source,
                               const calendar::ImportedCalendar& calendar, Instant now) {
  Application application(unit, source, now);
  for (const auto& imported : calendar.events) application.take(imported.event);
  return application.finish();
}

int remove_entries(db::Unit& unit, SourceId source) {
  const auto events = unit.events().of_source(source);
  for (const auto& event : events) unit.events().remove(event.id);
  return static_cast<int>(events.size());
}

}  // namespace convoke::service
