// Registration as the organiser of an event works with it: switching it on, the form's fields, who comes, and
// what is done with each. What is of another association is not found.
#pragma once

#include "base/deferred.hpp"
#include "db/registrations.hpp"
#include "model/event.hpp"
#include "model/registration.hpp"
#include "service/context.hpp"
#include "service/registrations.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// Whose desk it is: the account's association; 0: all.
struct DeskScope {
  EventId event;
  OrganisationId within;

  DeskScope(EventId e, OrganisationId w) : event(e), within(w) {}
};

// Of those who take part; whoever came is registered as well.
struct Attendance {
  int registered = 0, came = 0;
};
struct RegistrationFigures {
  std::map<RegistrationState, int> by_state;
  std::map<AttendanceFormat, Attendance> by_format;
  std::vector<std::pair<std::string, Attendance>> by_institution;  // the most registered first
  std::vector<std::pair<Date, int>> by_day;  // who came on each; of an event of several days alone
};

struct RegistrationDesk {
  Event event;
  std::optional<RegistrationForm> form;  // none: never switched on
  RegistrationDoor door = RegistrationDoor::off;
  std::vector<Registration> rows;  // by id
  bool more = false;               // there are more than `rows`
  RegistrationFigures figures;

  RegistrationDesk() = default;
};
inline constexpr int registrations_a_page = 100;

// Errors: unauthenticated, forbidden, not_found.
Deferred<RegistrationDesk> registration_desk(Context& context, Actor actor, DeskScope scope,
                                             db::RegistrationSelection selection);

// As entered: days and times local to the event.
struct RegistrationSettings {
  bool on = true;
  std::string opens_date, opens_time, closes_date, closes_time;  // empty: none
  std::array<bool, 2> offered = {true, false};                   // by format
  std::array<std::string, 2> places;                             // empty: as many as come
  bool moderated = false, waiting_list = true;
  std::string join_url;
  std::string keep_months = "12";
  std::array<std::string, 4> consent;

  RegistrationSettings() = default;
};

// Stores them. A later closing than before is told to the registered; more places go to those who wait.
// Errors: invalid_input naming the field first ("'places': …"); those of registration_desk().
Deferred<RegistrationForm> save_registration(Context& context, Actor actor, DeskScope scope,
                                             RegistrationSettings settings);

// One field of the form: a new one without a key, else that one as it is now.
struct FieldChange {
  enum class What { put, remove, higher, lower } what = What::put;
  FormField field;  // only its key counts when it is not put

  FieldChange() = default;
};
// The form after the change, which is not stored. Errors: invalid_input naming what is wrong; limit_exceeded.
Result<RegistrationForm> with_change(RegistrationForm form, const FieldChange& change);
// Errors: invalid_input, limit_exceeded; those of registration_desk().
Deferred<RegistrationForm> change_field(Context& context, Actor actor, DeskScope scope, FieldChange change);

// approve, refuse, cancel, promote (past the queue, when a place is free), attend, undo_door. Errors:
// conflict, when the step does not follow; those of registration_desk().
Deferred<Registration> step_registration(Context& context, Actor actor, DeskScope scope, RegistrationId id,
                                         RegistrationStep step);

// A walk-in, or somebody who called. Errors: those of registration_desk(); conflict when every place is taken
// and nobody may wait.
Deferred<RegistrationOutcome> add_registration(Context& context, Actor actor, DeskScope scope,
                                               RegistrationEntry entry);

struct RegistrationExport {
  Event event;
  RegistrationForm form;
  std::vector<Registration> rows;
  std::vector<Date> days;                                  // on which people are marked (attendance_days())
  std::map<RegistrationId, std::map<Date, Instant>> here;  // on which of them, since when

  RegistrationExport() = default;
};
Deferred<RegistrationExport> export_registrations(Context& context, Actor actor, DeskScope scope);

// The table of an export as a file, "csv" or "xlsx". Headings: those of `headings`, one a fixed column (name,
// address, institution, format, state, submitted, confirmed), then the form's own; states and formats by
// `word`.
struct ExportWords {
  std::vector<std::string> headings;
  std::map<RegistrationState, std::string> states;
  std::map<AttendanceFormat, std::string> formats;
  Language language = Language::uk;

  ExportWords() = default;
};
std::string registration_file(const RegistrationExport& what, const ExportWords& words, bool xlsx);

}  // namespace convoke::service
