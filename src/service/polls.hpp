// Date polls: an organiser puts days to people, each answers by a signed link in a mail, and the organiser
// picks the day that dates the event. Nothing is dated by itself: at the deadline the organiser is told the
// result.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/poll.hpp"
#include "model/roster.hpp"
#include "service/directory.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t longest_poll_note = 2'000;  // characters
inline constexpr int longest_poll = 90;                  // days from opening to the deadline

// Who can be asked, and what is there already.
struct PollChoices {
  Event event;
  std::vector<Person> people;  // whom the keeper knows, by name
  std::vector<Roster> groups;  // with somebody in them today
  std::vector<std::size_t> group_sizes;
  std::vector<PersonId> responsible;  // of the event
  std::optional<PollId> open;         // a poll about the event that nobody has closed

  PollChoices() = default;
};
// Errors of all that take a keeper: forbidden; not_found (an event or a poll that is none, or of another
// association), storage_unavailable.
Deferred<PollChoices> poll_choices(Context& context, Keeper keeper, EventId event);

struct NewPoll {
  EventId event;
  std::vector<PollDay> days;
  std::vector<PersonId> people;
  std::vector<RosterId> groups;  // their members of today
  std::string note;
  Date last_day{};                  // on which answers are taken
  std::string keeper, keeper_name;  // who opens it: "account:5"

  NewPoll() = default;
};
// Queues a mail to everybody who is asked. Errors: invalid_input naming what is wrong (days that are too few,
// too many or past, nobody asked, a last day that is past, behind the last of the days or too far off);
// conflict when a poll about the event is open, or the event is not to be dated; limit_exceeded.
Deferred<PollId> open_poll(Context& context, Keeper keeper, NewPoll poll);

// The poll about an event that nobody has closed, if there is one.
Deferred<std::optional<Poll>> unclosed_poll_of(Context& context, EventId event);

// A poll as who keeps it sees it.
struct PollView {
  Poll poll;
  Event event;
  std::vector<PollVoice> voices;
  std::vector<bool> unreached;  // of voices: no mail reaches them
  std::vector<PollTally> tallies;
  std::vector<std::size_t> ranking;
  bool takes_answers = false;

  PollView() = default;
};
Deferred<PollView> view_poll(Context& context, Keeper keeper, PollId poll);
// All that there were about an event, newest first.
Deferred<std::vector<PollView>> polls_of(Context& context, Keeper keeper, EventId event);

// Queues a second mail to everybody who has not answered; how many. Errors: conflict when that was done, or
// the poll takes no answers any more.
Deferred<int> remind_poll(Context& context, Keeper keeper, PollId poll);

// The winner dates the event, as a change by hand would: SEQUENCE, mails and calendars follow. Without one
// the poll just ends. Errors: conflict when it was closed; invalid_input for a day that there is not, or that
// is past.
Deferred<PollView> close_poll(Context& context, Keeper keeper, PollId poll,
                              std::optional<std::size_t> winner);

// What the page of a link shows.
struct PollPage {
  Poll poll;
  Event event;
  PollVoice voice;
  Language language = Language::uk;
  std::string association;
  bool takes_answers = false;
  bool stored = false;  // by this very request

  PollPage() = default;
};
// Changes nothing. Errors: not_found for what is no link of ours, gone when it has expired.
Deferred<PollPage> view_poll_link(Context& context, std::string token);
// One choice a day, in the order of the poll. Errors: those, and invalid_input for another number of choices
// or a note that cannot be kept. A poll that takes no answers any more stores none: PollPage::stored says so.
Deferred<PollPage> answer_poll(Context& context, std::string token, std::vector<PollChoice> choices,
                               std::string note);

}  // namespace convoke::service
