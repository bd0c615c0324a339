// The repository of db/programmes.hpp over one SQLite connection.
#pragma once

#include "base/result.hpp"
#include "db/programmes.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

#include <string>
#include <string_view>

namespace convoke::db::sqlite {

class SqliteProgrammes final : public Programmes {
 public:
  SqliteProgrammes(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  std::optional<Programme> find(EventId event) override;
  void save(const Programme& programme) override;
  std::vector<EventId> parts_of(EventId event) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

// The sections of a programme, and what waits for one, as the JSON of one column.
std::string programme_json(const Programme& programme);
// Errors: invalid_input for what programme_json() never wrote.
Result<Programme> parse_programme_json(std::string_view text);

}  // namespace convoke::db::sqlite
