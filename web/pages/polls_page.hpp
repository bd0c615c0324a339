// The pages of date polls: the form that opens one, the table of answers, and what who was asked sees.
#pragma once

#include "service/conflicts.hpp"
#include "service/polls.hpp"
#include "web/pages/frame.hpp"

#include <array>
#include <optional>
#include <set>
#include <string>

namespace convoke::web {

std::string poll_path(PollId poll);
std::string new_poll_path(EventId event);

// A day as it was typed.
struct TypedPollDay {
  std::string date, time, end_time;
};

struct NewPollForm {
  std::array<TypedPollDay, most_poll_days> days;
  std::set<PersonId> people;
  std::set<RosterId> groups;
  std::string note, last_day;
  std::string problem;  // in English, as the service says it: "days: …"; empty: none

  NewPollForm() = default;
};
std::string render_new_poll(const service::PollChoices& choices, const service::DayChoice& days,
                            const NewPollForm& form, const Frame& frame);

struct PollDesk {
  service::PollView view;
  std::string done;  // "opened", "reminded", "closed"
  Instant now{};

  PollDesk() = default;
};
std::string render_poll(const PollDesk& desk, const Frame& frame);

// `problem`: not every day was chosen, or the note cannot be kept.
std::string render_poll_link(const service::PollPage& page, bool problem, const Frame& frame);

}  // namespace convoke::web
