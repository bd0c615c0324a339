#include "db/sqlite/repositories.hpp"

#include <algorithm>
#include <array>

namespace convoke::db::sqlite {
namespace {

#define CHANGE_COLUMNS "number, at, author, entity, entity_id, action, unit"

Change read_change(const Query& row) {
  Change change;
  change.number = row.integer(0);
  change.at = row.instant(1);
  change.author = row.text(2);
  change.entity = row.text(3);
  change.entity_id = row.integer(4);
  change.action = row.text(5);
  change.unit = row.integer(6);
  return change;
}

// What a feed may show; a restored backup ("database") changes all of it.
constexpr std::array<std::string_view, 4> visible_entities = {"event", "plan", "organisation", "database"};

std::vector<Change> read_changes(Query rows) {
  std::vector<Change> changes;
  while (rows.step()) changes.push_back(read_change(rows));
  return changes;
}

}  // namespace

std::int64_t SqliteChanges::last() {
  return connection_.integer("SELECT coalesce(max(number), 0) FROM change_log");
}

std::optional<Change> SqliteChanges::last_visible() {
  std::optional<Change> newest;
  for (const auto entity : visible_entities) {
    Query row = connection_.query("SELECT " CHANGE_COLUMNS
                                  " FROM change_log WHERE entity = ?1 ORDER BY number DESC LIMIT 1");
    row.bind(entity);
    if (row.step() && (!newest || newest->number < row.integer(0))) newest = read_change(row);
  }
  return newest;
}

std::vector<Change> SqliteChanges::of_entity(const std::string& entity, std::int64_t id) {
  Query rows = connection_.query("SELECT " CHANGE_COLUMNS
                                 " FROM change_log WHERE entity = ?1 AND entity_id = ?2 ORDER BY number");
  rows.bind(entity, id);
  return read_changes(std::move(rows));
}

std::vector<Change> SqliteChanges::since(std::int64_t number, int limit) {
  Query rows = connection_.query("SELECT " CHANGE_COLUMNS
                                 " FROM change_log WHERE number > ?1 ORDER BY number LIMIT ?2");
  rows.bind(number, limit);
  return read_changes(std::move(rows));
}

void SqliteChanges::begin_unit(const Author& author, std::int64_t last) {
  author_ = author;
  number_ = last;
  unit_ = 0;
  visible_at_.reset();
}

// Later than every visible change before, whatever the clocks of those who write say: two states of a feed
// must never share a Last-Modified second (feeds.md rules 9 and 27).
Instant SqliteChanges::visible_at() {
  if (!visible_at_) {
    const auto before = last_visible();
    visible_at_ = before ? std::max(author_.at, before->at + std::chrono::seconds{1}) : author_.at;
  }
  return *visible_at_;
}

void SqliteChanges::append(std::string_view entity, std::int64_t entity_id, std::string_view action) {
  note_other_state();
  const auto number = number_ + 1;
  const auto unit = unit_ == 0 ? number : unit_;
  const bool visible =
      std::find(visible_entities.begin(), visible_entities.end(), entity) != visible_entities.end();
  const Instant at = visible ? visible_at() : author_.at;
  connection_
      .query(
          "INSERT INTO change_log (number, at, author, entity, entity_id, action, unit)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .bind(number, at, author_.name, entity, entity_id, action, unit)
      .run();
  number_ = number;
  unit_ = unit;
}

}  // namespace convoke::db::sqlite
