// What was read last, kept for as long as nothing can have changed it. Units of work that share a commit
// mostly want the same row: the form and the event of a conference whose registration has just opened.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

namespace convoke::db::sqlite {

template<class Id, class Row>
class Recent {
 public:
  // `state`: of SqliteChanges, now. Null when another row was read last, or this one may be another by now.
  const Row* find(Id id, std::uint64_t state) const {
    return row_ && id_ == id && state_ == state ? &*row_ : nullptr;
  }
  // `state`: of SqliteChanges, when the row was read.
  const Row& keep(Id id, std::uint64_t state, Row row) {
    id_ = id;
    state_ = state;
    row_ = std::move(row);
    return *row_;
  }

 private:
  Id id_{};
  std::uint64_t state_ = 0;
  std::optional<Row> row_;
};

}  // namespace convoke::db::sqlite
