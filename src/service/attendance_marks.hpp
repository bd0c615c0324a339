// Who was there on which day of an event. A registration is "attended" as long as one of its days is marked:
// what counts people once (places, certificates, figures) reads the state, what is about days reads the
// marks.
#pragma once

#include "model/attendance_days.hpp"
#include "service/registration_steps.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace convoke::service {

// The day of the event on which whoever is seen at `moment` is marked.
Date day_of_moment(const Event& event, Instant moment);

// Marks as the days of their event are now: those of days that it left behind stand for the nearest; of an
// event without a day all are one, whatever day is asked for.
class DayMarks {
 public:
  DayMarks(const std::vector<AttendanceMark>& marks, std::vector<Date> days);

  // Since when somebody is here on that day; none: is not.
  std::optional<Instant> since(RegistrationId who, Date day) const;
  // The last mark of that day, whatever it says.
  const AttendanceMark* last(RegistrationId who, Date day) const;
  bool on_any_day(RegistrationId who) const;
  bool has_any(RegistrationId who) const;  // also those taken back
  const std::vector<Date>& days() const { return days_; }

 private:
  std::vector<Date> days_;
  std::map<std::pair<RegistrationId, Date>, AttendanceMark> marks_;
};

// Since when somebody who takes part is here on that day; none: is not. Of an event of one day the state says
// it.
std::optional<Instant> here_since(const DayMarks& marks, const Registration& one, Date day);

// Those of one person, or of everybody.
DayMarks marks_of(db::Unit& unit, const Event& event, RegistrationId who);
DayMarks marks_of(db::Unit& unit, const Event& event);

// Marks somebody who takes part on one day of the event, or takes that back, at work.now; `heard` is the
// clock's. The state follows: the first day is the step through the door, taking the last one back undoes it.
// Errors: those of take_step().
Result<RegistrationState> mark_day(const RegistrationWork& work, const RegistrationForm& form,
                                   const Event& event, Registration& who, Date day, bool here, Instant heard);
// The same for all days at once: the desk's "was here after all", on the day of work.now, and "was never
// here".
Result<RegistrationState> mark_at_desk(const RegistrationWork& work, const RegistrationForm& form,
                                       const Event& event, Registration& who, bool here);

}  // namespace convoke::service
