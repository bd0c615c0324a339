// The door of an event: who is here, by a ticket's code or by name, walk-ins, and taking a step back. Several
// people may stand at it, with telephones that lose their connection: what they saw comes when it comes, and
// counts once.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/registration.hpp"
#include "service/context.hpp"
#include "service/registration_desk.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

// What a telephone brings at once, and from how long ago.
inline constexpr std::size_t most_arrivals = 500;
inline constexpr std::chrono::hours oldest_arrival{7 * 24};
// How many people a telephone is told of; beyond it asks by name.
inline constexpr int most_door_people = 5'000;

// Of each format: who has a place, and who of them is here.
struct DoorCounts {
  std::array<int, 2> came{}, expected{};  // by AttendanceFormat

  bool operator==(const DoorCounts&) const = default;
};

struct Door {
  Event event;
  std::vector<Date> days;              // of the event, on each of which people are marked (attendance_days())
  Date day = make_date(1970, 1, 1);    // that is shown, one of them
  Date today = make_date(1970, 1, 1);  // in the event's zone
  std::map<RegistrationId, Instant> here;  // on that day, of `people`: since when
  std::array<bool, 2> offered{};           // by format
  DoorCounts counts;
  std::vector<Registration> people;  // those who were asked for, by name
  bool more = false;                 // there are more than `people`
  Instant now{};                     // what is heard after this is news
  std::string consent;               // what a walk-in agrees to

  Door() = default;
};

// Which people a door shows.
struct DoorSelection {
  std::string words;             // stand in name, e-mail or institution; empty: all
  std::optional<Date> day;       // none: today, or the nearest day of the event
  std::optional<Instant> since;  // heard of then or later
  std::optional<RegistrationId> person;
  int limit = most_door_people;
  Language language = Language::uk;  // of the consent

  DoorSelection() = default;
};

// Errors: unauthenticated, forbidden; not_found, also for an event without registration.
Deferred<Door> door_of_event(Context& context, Actor actor, DeskScope scope, DoorSelection selection);

// Somebody was seen, or was not after all.
struct Arrival {
  std::string code;       // of the ticket; or
  RegistrationId person;  // whoever was found by name
  bool undo = false;
  std::chrono::seconds ago{0};  // when, on the clock of the telephone
  std::optional<Date> day;      // for which day of the event; none: that of the moment

  Arrival() = default;
};

enum class ArrivalAnswer {
  here,         // now
  already,      // since `since`
  undone,       // was not here after all
  absent,       // there is nothing to undo
  waiting,      // on the waiting list: no place is free
  unconfirmed,  // the mail was not answered, or the organiser has not decided
  gone,         // cancelled, lapsed or refused
  other_event,  // whose title is `title`
  unknown,      // nobody of ours
  outdated,     // somebody decided otherwise after this was seen, or it is too long ago
};
std::string_view name_of(ArrivalAnswer answer);
std::optional<ArrivalAnswer> arrival_answer_of(std::string_view name);

struct Arrived {
  ArrivalAnswer answer = ArrivalAnswer::unknown;
  std::optional<Registration> who;   // of this event
  std::optional<Instant> since;      // of `here` and `already`
  Date day = make_date(1970, 1, 1);  // which was meant
  std::string title;                 // of the other event

  Arrived() = default;
};

// What comes twice counts once: each step is taken at the moment at which it was seen, and only when nothing
// was decided about that person and day later. Answers in the order of what came. Errors: those of
// door_of_event(); limit_exceeded above most_arrivals.
Deferred<std::vector<Arrived>> arrive(Context& context, Actor actor, DeskScope scope,
                                      std::vector<Arrival> seen);

// Somebody who was not registered takes a free place and is here. Nobody gets a place that is not there, nor
// before those who wait. The same entry.key (of 16 to 64 characters, random, made on the telephone) twice
// enters one person, however often and late it comes: of it `seen` tells when, no longer ago than
// oldest_arrival, and the day. Whoever was entered by it before and taken back since stays so: `answer` says
// what they are. Errors: conflict when every place is taken; those of door_of_event().
struct WalkIn {
  std::optional<RegistrationProblem> problem;
  bool known = false;  // the address is registered already
  std::optional<Registration> who;
  ArrivalAnswer answer = ArrivalAnswer::here;  // of `who`: here, outdated, or without a place by now

  WalkIn() = default;
};
Deferred<WalkIn> walk_in(Context& context, Actor actor, DeskScope scope, RegistrationEntry entry,
                         Arrival seen = {});

// What the page behind a ticket's code shows.
struct DoorTicket {
  Event event;
  std::string association;
  bool valid = false;               // a place in the hall, or here already
  bool here = false;                // today, or on the nearest day of the event
  std::optional<Registration> who;  // for the event's organiser alone

  DoorTicket() = default;
};
// Changes nothing. Errors: not_found for what is no code of ours.
Deferred<DoorTicket> door_ticket(Context& context, Actor actor, OrganisationId within, std::string code);

}  // namespace convoke::service
