// The repository of db/polls.hpp over one SQLite connection.
#pragma once

#include "db/polls.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqlitePolls final : public Polls {
 public:
  SqlitePolls(Connection& connection, SqliteChanges& changes) : connection_(connection), changes_(changes) {}
  PollId insert(const Poll& poll, const std::vector<PollVoice>& asked) override;
  std::optional<Poll> find(PollId id) override;
  std::vector<Poll> of_event(EventId event) override;
  std::vector<Poll> open() override;
  bool close(PollId id, Instant at, std::optional<std::size_t> winner) override;
  bool mark_reminded(PollId id, Instant at) override;
  std::vector<PollVoice> voices(PollId id) override;
  bool answer(PollId id, const PollVoice& voice) override;

 private:
  void read_days(Poll& poll);
  std::vector<Poll> read_all(Query rows);

  Connection& connection_;
  SqliteChanges& changes_;
};

}  // namespace convoke::db::sqlite
