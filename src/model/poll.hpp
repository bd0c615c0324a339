// A date poll: days that an organiser puts to people before an event is dated, and what each of them says.
// Nothing is dated by the poll itself: whoever keeps it picks the winner.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "model/ids.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

using PollId = Id<struct PollTag>;

inline constexpr std::size_t least_poll_days = 2, most_poll_days = 8;
inline constexpr std::size_t most_polled = 300;  // people of one poll

enum class PollChoice { no, if_need_be, yes };
std::string_view name_of(PollChoice choice);
std::optional<PollChoice> poll_choice_of(std::string_view name);

// A day that is put to people.
struct PollDay {
  Date day{};
  std::optional<TimeOfDay> time, end_time;  // local to the event's zone

  auto operator<=>(const PollDay&) const = default;
};

struct Poll {
  PollId id;
  EventId event;
  std::string note;           // what the organiser says of it; may be empty
  std::vector<PollDay> days;  // ascending, none twice
  Instant opened{};
  Instant deadline{};                 // from here on nobody answers
  std::optional<Instant> closed;      // a day was chosen, or it ended without one
  std::optional<Instant> reminded;    // those who had not answered, once
  std::optional<std::size_t> winner;  // which of `days` was chosen
  std::string keeper;                 // the recipient key of who opened it: "account:5"
  std::string keeper_name;

  // Whether answers are taken at `now`.
  bool is_open(Instant now) const { return !closed && now < deadline; }
};

// One who was asked, and what they said.
struct PollVoice {
  std::string who;   // a recipient key: "person:12"
  std::string name;  // as when they were asked
  std::optional<Instant> answered;
  std::vector<PollChoice> choices;  // one a day of the poll; empty until answered
  std::string note;

  bool operator==(const PollVoice&) const = default;
};

// What the answers make of one day.
struct PollTally {
  int yes = 0, if_need_be = 0, no = 0;

  bool operator==(const PollTally&) const = default;
};

// One a day, in the order of the poll. Voices whose choices are of another number of days are passed over.
std::vector<PollTally> tally_of(const Poll& poll, const std::vector<PollVoice>& voices);

// The days of the tallies from the best: most who can at all, then most who gladly can, then the earlier one.
std::vector<std::size_t> ranked(const std::vector<PollTally>& tallies);

}  // namespace convoke
