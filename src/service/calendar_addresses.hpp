// The addresses of personal calendars that were read of late: what each stands for, so that a reading asks no
// database while nobody's account or calendar changed. In memory and bounded; holds hashes, not tokens.
#pragma once

#include "db/store.hpp"
#include "model/account.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::service {

// What an address stands for: whose calendar it is, and what its owner takes part in (its third scope only).
struct CalendarAddress {
  PersonalCalendar calendar;
  Account account;
  std::vector<EventId> attended;
  std::int64_t change = 0;  // the newest entry of the change log when this was read
};

class CalendarAddresses : public std::enable_shared_from_this<CalendarAddresses> {
 public:
  static constexpr std::size_t most_kept = 20'000;        // then the one that was read longest ago goes
  static constexpr std::size_t most_changes_read = 1000;  // of the log at once; when it holds more, all go
  static constexpr std::chrono::seconds read_again_after{60};  // how exact last_read is

  // What is kept under `hash`, if it is right at `change` (Store::last_change()); null otherwise.
  std::shared_ptr<const CalendarAddress> find(const std::string& hash, std::int64_t change);
  // Reads what `hash` stands for, in one unit of work; first lets go of everything that the change log says
  // is no longer right. Null when there is no such calendar.
  std::shared_ptr<const CalendarAddress> read(db::Unit& unit, const std::string& hash);

  // Remembers that `reader` read the calendar at `now`, unless one did within the minute. Written to the
  // store in the background, many at a time; what cannot be written is forgotten.
  void note_reading(db::Store& store, const CalendarAddress& address, const std::string& reader, Instant now);

  std::size_t kept() const;

 private:
  using Order = std::list<std::pair<std::string, std::shared_ptr<const CalendarAddress>>>;
  struct Reading {
    Instant at{};
    std::string reader;
  };

  void forget(Order::iterator entry);
  void forget_changed(const std::vector<db::Change>& changes);
  void keep(const std::string& hash, std::shared_ptr<const CalendarAddress> address);
  void write_readings(db::Store& store);

  mutable std::mutex mutex_;
  std::int64_t right_at_ = 0;  // what is kept is right at this entry of the change log
  Order order_;                // the one read last stands first
  std::unordered_map<std::string, Order::iterator> by_hash_;
  std::unordered_map<PersonalCalendarId, Instant> noted_;  // when a reading was last remembered
  std::map<PersonalCalendarId, Reading> unwritten_;
  bool writing_ = false;
};

}  // namespace convoke::service
