// The repository of registrations. Part of db/unit.hpp. Places are counted here and nowhere else: take() is
// one conditional write inside the transaction, so that nobody, however many come at once, gets a place that
// is not there (threats 0.10, C1).
#pragma once

#include "model/attendance_days.hpp"
#include "model/registration.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoke::db {

// Which registrations a listing shows.
struct RegistrationSelection {
  EventId event;
  std::optional<RegistrationState> state;
  std::string words;  // folded: must stand in name, e-mail or institution
  int limit = 1'000'000;
  int offset = 0;

  RegistrationSelection() = default;
};

// How many there are, for the figures of an event.
struct RegistrationCount {
  RegistrationState state = RegistrationState::submitted;
  AttendanceFormat format = AttendanceFormat::hall;
  std::string institution;
  int count = 0;

  RegistrationCount() = default;
};

// Forms stand in the change log as "registration_form" (with the event's number). What participants do does
// not: nothing that is published follows it, and hundreds may come in a minute. Registrations outlive an
// event that is removed, since it may be put back.
class Registrations {
 public:
  virtual ~Registrations() = default;
  // The form as a whole, all but what is taken. Throws StorageError (refused) when a format would have fewer
  // places than are taken.
  virtual void save_form(const RegistrationForm& form) = 0;
  virtual std::optional<RegistrationForm> form(EventId event) = 0;
  // Of every event whose answers are not erased, by event.
  virtual std::vector<RegistrationForm> forms() = 0;
  // What the registered know of the event by now; not in the change log.
  virtual void mark_told(EventId event, const std::string& told) = 0;

  // Takes `count` places, all or none: false when not so many are free.
  virtual bool take(EventId event, AttendanceFormat format, int count) = 0;
  virtual void give_back(EventId event, AttendanceFormat format, int count) = 0;

  virtual RegistrationId insert(const Registration& registration) = 0;
  virtual void update(const Registration& registration) = 0;
  virtual std::optional<Registration> find(RegistrationId id) = 0;
  virtual std::optional<Registration> find_by_code(const std::string& code) = 0;
  virtual std::vector<Registration> of_party(
      const std::string& party) = 0;  // by id: the first gets the mails
  virtual std::vector<Registration> of_address(EventId event, const std::string& email) = 0;  // by id
  virtual std::vector<Registration> list(const RegistrationSelection& selection) = 0;         // by id
  virtual std::vector<RegistrationCount> counts(EventId event) = 0;
  // Replaces the mark of that person and day.
  virtual void mark(const AttendanceMark& mark) = 0;
  virtual std::vector<AttendanceMark> marks(EventId event) = 0;  // by person and day, those taken back too
  virtual std::vector<AttendanceMark> marks_of(RegistrationId registration) = 0;  // by day
  // Whose turn it is, if anybody waits: the whole party.
  virtual std::vector<Registration> first_waiting(EventId event, AttendanceFormat format) = 0;
  virtual bool anybody_waits(EventId event, AttendanceFormat format) = 0;
  // The next number of the event's waiting list.
  virtual std::int64_t next_queued(EventId event) = 0;
  // Not confirmed, held until before or at `now`; the longest due first.
  virtual std::vector<Registration> lapsing(Instant now, int limit) = 0;
  // Mails since `since` to people of this address who had not confirmed (threats M3).
  virtual int unconfirmed_mails(const std::string& email, Instant since) = 0;
  // Names, addresses and answers of an event's registrations are gone; states and formats stay.
  virtual int erase_people(EventId event) = 0;
};

}  // namespace convoke::db
