// The repository of date polls. Part of db/unit.hpp.
#pragma once

#include "model/poll.hpp"

#include <optional>
#include <vector>

namespace convoke::db {

// In the change log as "poll"; answers do not stand there. What belongs to an event goes with it.
class Polls {
 public:
  virtual ~Polls() = default;
  // With everybody who is asked.
  virtual PollId insert(const Poll& poll, const std::vector<PollVoice>& asked) = 0;
  virtual std::optional<Poll> find(PollId id) = 0;
  virtual std::vector<Poll> of_event(EventId event) = 0;  // newest first
  // Those nobody has closed, by deadline.
  virtual std::vector<Poll> open() = 0;
  // False when it was closed before: two who close get one true.
  virtual bool close(PollId id, Instant at, std::optional<std::size_t> winner) = 0;
  // False when it was done before, or the poll is closed.
  virtual bool mark_reminded(PollId id, Instant at) = 0;

  // In the order in which they were asked.
  virtual std::vector<PollVoice> voices(PollId id) = 0;
  // Takes the place of an earlier answer. False for somebody who was not asked.
  virtual bool answer(PollId id, const PollVoice& voice) = 0;
};

}  // namespace convoke::db
