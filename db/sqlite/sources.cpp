#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define SOURCE_COLUMNS                                                                            \
  "id, organisation, name, url, every, shared, created, last_try, last_good, next_try, trouble, " \
  "last_error, failures, broken_since, told, etag, last_modified, digest, events, left_out, removed"

CalendarSource read_source(const Query& row) {
  CalendarSource source;
  source.id = row.id<SourceId>(0);
  source.organisation = row.id<OrganisationId>(1);
  source.name = row.text(2);
  source.url = row.text(3);
  source.every = std::chrono::minutes{row.integer(4)};
  source.shared = row.flag(5);
  source.created = row.instant(6);
  source.last_try = row.maybe_instant(7);
  source.last_good = row.maybe_instant(8);
  source.next_try = row.maybe_instant(9);
  source.trouble = known(source_trouble_of(row.text(10)), "trouble of a source");
  source.last_error = row.text(11);
  source.failures = row.number(12);
  source.broken_since = row.maybe_instant(13);
  source.told = row.maybe_instant(14);
  source.etag = row.text(15);
  source.last_modified = row.text(16);
  source.digest = row.text(17);
  source.events = row.number(18);
  source.left_out = row.number(19);
  source.removed = row.maybe_instant(20);
  return source;
}

std::vector<CalendarSource> read_sources(Query rows) {
  std::vector<CalendarSource> sources;
  while (rows.step()) sources.push_back(read_source(rows));
  return sources;
}

}  // namespace

SourceId SqliteSources::insert(const CalendarSource& source) {
  Query row = connection_.query(
      "INSERT INTO source (organisation, name, url, every, shared, created, last_try, last_good, next_try,"
      " trouble, last_error, failures, broken_since, told, etag, last_modified, digest, events, left_out,"
      " removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20) RETURNING id");
  row.bind(source.organisation, source.name, source.url, std::int64_t{source.every.count()}, source.shared,
           source.created, source.last_try, source.last_good, source.next_try, name_of(source.trouble),
           source.last_error, source.failures, source.broken_since, source.told, source.etag,
           source.last_modified, source.digest, source.events, source.left_out, source.removed);
  row.step();
  const auto id = row.id<SourceId>(0);
  row.run();
  changes_.append("source", id.value, "insert");
  return id;
}

void SqliteSources::settle(const CalendarSource& source) {
  const int changed =
      connection_
          .query(
              "UPDATE source SET last_try = ?2, last_good = ?3, next_try = ?4, trouble = ?5, last_error = ?6,"
              " failures = ?7, broken_since = ?8, told = ?9, etag = ?10, last_modified = ?11, digest = ?12,"
              " events = ?13, left_out = ?14 WHERE id = ?1")
          .bind(source.id, source.last_try, source.last_good, source.next_try, name_of(source.trouble),
                source.last_error, source.failures, source.broken_since, source.told, source.etag,
                source.last_modified, source.digest, source.events, source.left_out)
          .run();
  if (changed == 0) throw_unknown("source");
}

std::optional<CalendarSource> SqliteSources::find(SourceId id) {
  Query row = connection_.query("SELECT " SOURCE_COLUMNS " FROM source WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_source(row);
}

std::vector<CalendarSource> SqliteSources::list() {
  return read_sources(
      connection_.query("SELECT " SOURCE_COLUMNS " FROM source WHERE removed IS NULL ORDER BY id"));
}

std::vector<CalendarSource> SqliteSources::due(Instant now, int limit) {
  Query rows = connection_.query("SELECT " SOURCE_COLUMNS
                                 " FROM source WHERE next_try IS NOT NULL AND removed IS NULL"
                                 " AND next_try <= ?1 ORDER BY next_try, id LIMIT ?2");
  rows.bind(now, limit);
  return read_sources(std::move(rows));
}

bool SqliteSources::remove(SourceId id, Instant at) {
  const int changed =
      connection_.query("UPDATE source SET removed = ?2, next_try = NULL WHERE id = ?1 AND removed IS NULL")
          .bind(id, at)
          .run();
  if (changed > 0) changes_.append("source", id.value, "remove");
  return changed > 0;
}

std::vector<SourceEntry> SqliteSources::entries(SourceId id) {
  Query rows =
      connection_.query("SELECT foreign_uid, event FROM source_entry WHERE source = ?1 ORDER BY foreign_uid");
  rows.bind(id);
  std::vector<SourceEntry> entries;
  while (rows.step()) entries.push_back({rows.text(0), rows.id<EventId>(1)});
  return entries;
}

void SqliteSources::link(SourceId id, const SourceEntry& entry) {
  connection_.query("INSERT INTO source_entry (source, foreign_uid, event) VALUES (?1, ?2, ?3)")
      .bind(id, entry.foreign_uid, entry.event)
      .run();
}

std::optional<SourceEntry> SqliteSources::entry_of(EventId event) {
  Query row = connection_.query("SELECT foreign_uid, event FROM source_entry WHERE event = ?1");
  row.bind(event);
  if (!row.step()) return std::nullopt;
  return SourceEntry{row.text(0), row.id<EventId>(1)};
}

}  // namespace convoke::db::sqlite
