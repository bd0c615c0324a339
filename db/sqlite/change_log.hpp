// The change log as the other repositories write it.
#pragma once

#include "db/sqlite/connection.hpp"
#include "db/store.hpp"
#include "db/unit.hpp"

namespace convoke::db::sqlite {

// The change log: read through Changes, written by the other repositories through append().
class SqliteChanges final : public Changes {
 public:
  explicit SqliteChanges(Connection& connection) : connection_(connection) {}

  std::int64_t last() override;
  std::optional<Change> last_visible() override;
  std::vector<Change> of_entity(const std::string& entity, std::int64_t id) override;
  std::vector<Change> since(std::int64_t number, int limit) override;

  // What follows is written by `author`, as one unit, after the entry `last`.
  void begin_unit(const Author& author, std::int64_t last);
  void append(std::string_view entity, std::int64_t entity_id, std::string_view action);
  // The newest entry written or, before the first, what begin_unit() was told.
  std::int64_t number() const { return number_; }

  // A number that rises with whatever may change what is read here: an entry of the log, a transaction that
  // begins, a rollback. What was read in one state stands in that state (recent.hpp).
  std::uint64_t state() const { return state_; }
  // For a new transaction, a rollback, and a change of a row that the log does not tell of.
  void note_other_state() { ++state_; }

 private:
  Instant visible_at();
  Connection& connection_;
  Author author_{"", Instant{}};
  std::int64_t number_ = 0;
  std::int64_t unit_ = 0;
  std::uint64_t state_ = 0;
  std::optional<Instant> visible_at_;  // of this unit, once it has made a visible change
};

// For an update of what is not there: a fault of the caller, who found it before.
[[noreturn]] inline void throw_unknown(std::string_view entity) {
  throw StorageError(StorageError::Kind::refused, "no such " + std::string(entity));
}

}  // namespace convoke::db::sqlite
