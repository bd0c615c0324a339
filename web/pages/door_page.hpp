// The door of an event on a telephone, and a ticket as its holder shows it.
#pragma once

#include "service/registration_door.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

std::string door_desk_path(EventId event);  // "/manage/events/7/door"

struct DoorPage {
  const service::Door* door = nullptr;
  std::string words;                             // that were looked for
  std::optional<service::ArrivalAnswer> answer;  // to what was done last
  std::optional<Registration> who;               // to whom
  std::optional<Instant> since;                  // who is here since then, on the day that is shown
  std::optional<Date> pinned;                    // a day that was chosen; none: today
  std::string title;                             // of another event
  std::string problem;                           // why a walk-in was not entered
  service::RegistrationEntry walk_in;            // what was entered of them
  std::string key;                               // of the next one, random
  bool entered = false;                          // a walk-in just now

  DoorPage() = default;
};
std::string render_door(const DoorPage& page, const Frame& frame);

struct TicketPage {
  const service::DoorTicket* ticket = nullptr;
  std::string code;

  TicketPage() = default;
};
std::string render_ticket(const TicketPage& page, const Frame& frame);

// "Here already since 10:05", as a sentence. `since`: local to the event.
std::string answer_text(service::ArrivalAnswer answer, const std::string& since, const std::string& title,
                        Language language);
// "10:05"; of another day than `now` with its date before it.
std::string since_text(Instant at, Instant now, const std::string& zone);
// Why a walk-in was not entered.
std::string walk_in_problem(service::RegistrationProblem problem, bool known, Language language);

}  // namespace convoke::web
