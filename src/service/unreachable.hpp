// Responsibles whom no mail reaches: who, why, for which events, and the way to mend it. Nobody vanishes
// because an address is missing.
#pragma once

#include "notify/recipients.hpp"
#include "service/directory.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

using notify::chair_key;

struct AffectedEvent {
  EventId id;
  std::string title;
  std::optional<Date> last;  // its last day; absent when the plan gives none
};

struct UnreachableRow {
  std::string key;  // "person:12", "post:рада": what mend_unreachable() takes
  notify::Unreached why = notify::Unreached::none;
  Person person;                // id 0 when nobody is known
  std::string name;             // the person's, or the office as the plan writes it; empty for duty:chair
  OrganisationId organisation;  // of the events; 0: of none
  bool others_reached = false;  // somebody else of the same office or group does get the mail
  std::vector<AffectedEvent> events;  // by last day, those without one last
};

// Every responsible of an open event that is not over whom mail would not reach today, the most urgent first;
// of a group also single members. Of an association with open events also who hears of what is overdue: a
// chair who cannot be reached; and where there is neither a chair nor an account that controls a row
// "duty:chair" with what nobody hears of. Events of neighbours' calendars and directions of work ask nobody
// for anything.
Deferred<std::vector<UnreachableRow>> list_unreachable(Context& context, Keeper keeper);

// What an organiser enters beside a row.
struct Remedy {
  std::string key;
  OrganisationId organisation;  // of the row
  std::string office;  // as the plan writes it (UnreachableRow::name); for keys post:… and name:…
  std::string name;    // who holds the office; for keys post:…
  std::string email;
};
// person:… gets the address; name:… is entered with it; post:… becomes an office (or gets one more holder
// from today) that `name` holds. Errors: invalid_input for an address or a name that is none, not_found for
// somebody unknown or of another association, conflict for a name that several bear.
Deferred<Person> mend_unreachable(Context& context, Keeper keeper, Remedy remedy);

}  // namespace convoke::service
