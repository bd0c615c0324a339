// Invitations as calendar programs understand them (RFC 5546): an event asked of one person, its changes and
// its end. The same UID, SEQUENCE and times as in the feeds, so that who has both has one entry.
#pragma once

#include "calendar/ical_event.hpp"
#include "model/event.hpp"

#include <string>
#include <string_view>

namespace convoke::calendar {

// RFC 5545 3.2.12, of those that an event may have and we keep.
enum class Participation { needs_action, accepted, tentative, declined };
std::string_view name_of(Participation participation);  // "NEEDS-ACTION"

// Whom a mail is about. A name may hold anything; an address is a bare "name@host".
struct CalendarUser {
  std::string name, address;
};

struct Invitation {
  CalendarUser organizer;  // where answers of calendar programs go
  CalendarUser attendee;   // the one person that this mail is for: nobody is shown the others
  Participation answered = Participation::needs_action;
};

// Whether the event takes place on days that are known, so that somebody can say that they will come: not
// work that is due, not a month that nobody has named a day of, nothing that is cancelled, held or a
// neighbour's.
bool can_be_attended(const Event& event);

// METHOD:REQUEST (RFC 5546 3.2.2): the event, its days that differ as RECURRENCE-ID parts, its cancelled days
// as EXDATE (a REQUEST may not say CANCELLED). Empty when `view` shows nothing of the event, or when an
// address is none.
std::string itip_request(const Event& event, const FeedView& view, const Invitation& invitation,
                         const EventContext& context = {});

enum class Ends {
  event,       // it does not take place
  invitation,  // it does, without this person (RFC 5546 3.2.5: no STATUS)
};
// METHOD:CANCEL (RFC 5546 3.2.5), of all days of a series. Empty as itip_request() is.
std::string itip_cancel(const Event& event, const FeedView& view, const Invitation& invitation, Ends ends,
                        const EventContext& context = {});

}  // namespace convoke::calendar
