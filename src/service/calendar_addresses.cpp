#include "service/calendar_addresses.hpp"

#include "service/context.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {

std::shared_ptr<CalendarAddresses> make_calendar_addresses() {
  return std::make_shared<CalendarAddresses>();
}

std::shared_ptr<const CalendarAddress> CalendarAddresses::find(const std::string& hash, std::int64_t change) {
  const std::lock_guard lock(mutex_);
  if (change != right_at_) return nullptr;
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->second;
}

std::shared_ptr<const CalendarAddress> CalendarAddresses::read(db::Unit& unit, const std::string& hash) {
  const std::int64_t last = unit.changes().last();
  std::int64_t right_at = 0;
  {
    const std::lock_guard lock(mutex_);
    right_at = right_at_;
  }
  // Other readings may go on meanwhile: what they keep is right at their own entry of the log, and the one
  // with the newest wins.
  if (last != right_at) {
    const auto changes = last > right_at
                             ? unit.changes().since(right_at, static_cast<int>(most_changes_read) + 1)
                             : std::vector<db::Change>();
    const std::lock_guard lock(mutex_);
    if (last > right_at_) {
      forget_changed(changes);
      right_at_ = last;
    }
  }
  if (auto kept = find(hash, last)) return kept;
  const auto calendar = unit.personal_calendars().find_by_hash(hash);
  if (!calendar) return nullptr;
  auto account = unit.accounts().find(calendar->account);
  if (!account) return nullptr;
  account->password.clear();  // nobody needs it here
  auto address = std::make_shared<CalendarAddress>(CalendarAddress{*calendar, *account, {}, last});
  if (calendar->scope == PersonalScope::registrations)
    address->attended = unit.attendances().of_account(account->id);
  keep(hash, address);
  return address;
}

void CalendarAddresses::keep(const std::string& hash, std::shared_ptr<const CalendarAddress> address) {
  const std::lock_guard lock(mutex_);
  if (address->change != right_at_ || by_hash_.contains(hash)) return;
  if (order_.size() == most_kept) forget(std::prev(order_.end()));
  order_.emplace_front(hash, std::move(address));
  by_hash_[hash] = order_.begin();
}

void CalendarAddresses::forget(Order::iterator entry) {
  by_hash_.erase(entry->first);
  order_.erase(entry);
}

void CalendarAddresses::forget_changed(const std::vector<db::Change>& changes) {
  std::set<std::int64_t> accounts, calendars;
  bool all = changes.size() > most_changes_read;
  for (const auto& change : changes) {
    if (change.entity == "account" || change.entity == "attendance") accounts.insert(change.entity_id);
    if (change.entity == "personal_calendar") calendars.insert(change.entity_id);
    if (change.entity == "database") all = true;
  }
  if (all) {
    order_.clear();
    by_hash_.clear();
  }
  if (accounts.empty() && calendars.empty()) return;
  for (auto entry = order_.begin(); entry != order_.end();) {
    const auto here = entry++;
    const auto& calendar = here->second->calendar;
    if (accounts.contains(calendar.account.value) || calendars.contains(calendar.id.value)) forget(here);
  }
}

void CalendarAddresses::note_reading(db::Store& store, const CalendarAddress& address,
                                     const std::string& reader, Instant now) {
  const auto id = address.calendar.id;
  {
    const std::lock_guard lock(mutex_);
    const auto noted = noted_.find(id);
    const auto before = noted != noted_.end() ? std::optional(noted->second) : address.calendar.last_read;
    if (before && *before <= now && now < *before + read_again_after) return;
    if (noted_.size() >= most_kept) noted_.clear();
    noted_[id] = now;
    if (unwritten_.size() < most_kept) unwritten_[id] = {now, reader};
  }
  write_readings(store);
}

void CalendarAddresses::write_readings(db::Store& store) {
  std::map<PersonalCalendarId, Reading> readings;
  {
    const std::lock_guard lock(mutex_);
    if (writing_ || unwritten_.empty()) return;
    writing_ = true;
    readings.swap(unwritten_);
  }
  const Instant at = readings.begin()->second.at;
  store.submit_write(
      db::Author("system", at),
      [readings = std::move(readings)](db::Unit& unit) {
        for (const auto& [id, reading] : readings)
          unit.personal_calendars().touch(id, reading.at, reading.reader);
        return true;
      },
      // A reading that cannot be remembered is none of its reader's business.
      [self = shared_from_this(), &store](const std::exception_ptr&) {
        {
          const std::lock_guard lock(self->mutex_);
          self->writing_ = false;
        }
        self->write_readings(store);
      });
}

std::size_t CalendarAddresses::kept() const {
  const std::lock_guard lock(mutex_);
  return order_.size();
}

}  // namespace convoke::service
