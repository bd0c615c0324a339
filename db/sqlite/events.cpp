#include "db/sqlite/event_columns.hpp"
#include "db/sqlite/event_words.hpp"
#include "db/sqlite/period_columns.hpp"
#include "db/sqlite/repositories.hpp"
#include "db/sqlite/row_column.hpp"

#include <boost/json.hpp>

#include <type_traits>
#include <unordered_map>

namespace convoke::db::sqlite {
namespace {

// The columns in the order of bind_event() and read_event().
#define EVENT_COLUMNS EVENT_COLUMNS_WITH("as_read")
#define EVENT_COLUMNS_WITH(as_read)                                                                     \
  "id, uid, plan, organisation, position, section, number, title, kind, involvement, status, "          \
  "period_precision, "                                                                                  \
  "period_first, period_last, period_time, period_end_time, period_deadline, period_recurrence, "       \
  "period_source, "                                                                                     \
  "zone, place, online_url, note, description, responsible_text, sequence, created, modified, " as_read \
  ", "                                                                                                  \
  "level, audience, parent, image_url, contact, attachments, overrides, source, "                       \
  "attended, outcome, minutes_url"

std::optional<std::string> recurrence_text(const Period& period) {
  if (!period.recurrence) return std::nullopt;
  return recurrence_json(*period.recurrence);
}

std::optional<std::string> row_text(const Event& event) {
  if (!event.as_read) return std::nullopt;
  return row_json(*event.as_read);
}

std::optional<std::string> level_text(const Event& event) {
  if (!event.level) return std::nullopt;
  return std::string(name_of(*event.level));
}

std::optional<std::string> audience_text(const Event& event) {
  if (event.audience.empty()) return std::nullopt;
  return audience_json(event.audience);
}

std::optional<std::string> attachments_text(const Event& event) {
  if (event.attachments.empty()) return std::nullopt;
  return attachments_json(event.attachments);
}

std::optional<std::string> overrides_text(const Event& event) {
  if (event.overrides.empty()) return std::nullopt;
  return overrides_json(event.overrides);
}

void bind_event(Query& query, const Event& e) {
  const Period& p = e.period;
  query.bind(e.id, e.uid, e.plan, e.organisation, e.position, e.section, e.number, e.title, name_of(e.kind),
             name_of(e.involvement), name_of(e.status), name_of(p.precision), p.first, p.last, p.time,
             p.end_time, p.deadline, recurrence_text(p), p.source_text, e.zone, e.place, e.online_url, e.note,
             e.description, e.responsible_text, e.sequence, e.created, e.modified, row_text(e), level_text(e),
             audience_text(e), e.parent, e.image_url, e.contact, attachments_text(e), overrides_text(e),
             e.source, e.attended, e.outcome, e.minutes_url);
}

Period read_period(const Query& row, int column) {
  Period period;
  period.precision = known(precision_of(row.text(column)), "precision");
  period.first = row.maybe_date(column + 1);
  period.last = row.maybe_date(column + 2);
  period.time = row.maybe_time(column + 3);
  period.end_time = row.maybe_time(column + 4);
  period.deadline = row.flag(column + 5);
  if (!row.is_null(column + 6)) {
    auto recurrence = parse_recurrence_json(row.text(column + 6));
    if (!recurrence) throw StorageError(StorageError::Kind::broken, recurrence.error().message);
    period.recurrence = std::move(*recurrence);
  }
  period.source_text = row.text(column + 7);
  return period;
}

template<class T>
T stored(Result<T> value) {
  if (!value) throw StorageError(StorageError::Kind::broken, value.error().message);
  return std::move(*value);
}

// What few events have.
void read_details(const Query& row, int column, Event& event) {
  if (!row.is_null(column)) event.level = known(level_of(row.text(column)), "level");
  if (!row.is_null(column + 1)) event.audience = stored(parse_audience_json(row.text(column + 1)));
  event.parent = row.id<EventId>(column + 2);
  event.image_url = row.text(column + 3);
  event.contact = row.text(column + 4);
  if (!row.is_null(column + 5)) event.attachments = stored(parse_attachments_json(row.text(column + 5)));
  if (!row.is_null(column + 6)) event.overrides = stored(parse_overrides_json(row.text(column + 6)));
  event.source = row.id<SourceId>(column + 7);
  if (!row.is_null(column + 8)) event.attended = row.number(column + 8);
  event.outcome = row.text(column + 9);
  event.minutes_url = row.text(column + 10);
}

Event read_event(const Query& row) {
  Event event;
  event.id = row.id<EventId>(0);
  event.uid = row.text(1);
  event.plan = row.id<PlanId>(2);
  event.organisation = row.id<OrganisationId>(3);
  event.position = row.number(4);
  event.section = row.text(5);
  event.number = row.text(6);
  event.title = row.text(7);
  event.kind = known(event_kind_of(row.text(8)), "kind of event");
  event.involvement = known(involvement_of(row.text(9)), "involvement");
  event.status = known(event_status_of(row.text(10)), "status");
  event.period = read_period(row, 11);
  event.zone = row.text(19);
  event.place = row.text(20);
  event.online_url = row.text(21);
  event.note = row.text(22);
  event.description = row.text(23);
  event.responsible_text = row.text(24);
  event.sequence = row.number(25);
  event.created = row.instant(26);
  event.modified = row.instant(27);
  if (!row.is_null(28)) event.as_read = stored(parse_row_json(row.text(28)));
  read_details(row, 29, event);
  return event;
}

// Which events, and the same choice for their parts: three statements, however many events there are.
struct Selection {
  std::string_view events, responsible, agenda;
};

#define SELECT_EVENTS(condition, order)                                                             \
  Selection {                                                                                       \
    "SELECT " EVENT_COLUMNS " FROM event WHERE " condition " ORDER BY " order,                      \
        "SELECT event, person, name, post, organisation FROM event_responsible WHERE event IN"      \
        " (SELECT id FROM event WHERE " condition ") ORDER BY event, position",                     \
        "SELECT event, text FROM agenda_item WHERE event IN (SELECT id FROM event WHERE " condition \
        ") ORDER BY event, position"                                                                \
  }

Responsible read_responsible(const Query& row) {
  return {row.id<PersonId>(1), row.text(2), row.text(3), row.text(4)};
}

template<class Value>
std::vector<Event> load(Connection& connection, const Selection& selection, const Value& value) {
  std::vector<Event> events;
  std::unordered_map<std::int64_t, std::size_t> index;
  Query rows = connection.query(selection.events);
  rows.bind(value);
  while (rows.step()) {
    index[rows.integer(0)] = events.size();
    events.push_back(read_event(rows));
  }
  if (events.empty()) return events;
  Query responsible = connection.query(selection.responsible);
  responsible.bind(value);
  while (responsible.step())
    events[index.at(responsible.integer(0))].responsible.push_back(read_responsible(responsible));
  Query agenda = connection.query(selection.agenda);
  agenda.bind(value);
  while (agenda.step()) events[index.at(agenda.integer(0))].agenda.push_back(agenda.text(1));
  return events;
}

template<class Value>
std::string list_of(const std::vector<Value>& values) {
  boost::json::array list;
  for (const auto& value : values) {
    if constexpr (std::is_enum_v<Value>)
      list.emplace_back(name_of(value));
    else
      list.emplace_back(value.value);
  }
  return boost::json::serialize(list);
}

// One condition with the value it needs; both stand only when the selection says something.
class Conditions {
 public:
  template<class Value>
  void among(std::string_view column, const std::vector<Value>& values) {
    if (!values.empty()) add(std::string(column) + " IN (SELECT value FROM json_each(?))", list_of(values));
  }
  void add(std::string condition, std::string value) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
    if (!value.empty()) values_.push_back(std::move(value));
  }
  const std::string& sql() const { return sql_; }
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::string sql_;
  std::vector<std::string> values_;
};

Conditions conditions_of(const EventSelection& selection) {
  Conditions all;
  all.among("kind", selection.kinds);
  all.among("organisation", selection.organisations);
  all.among("level", selection.levels);
  all.among("status", selection.statuses);
  if (!selection.people.empty())
    all.add("id IN (SELECT event FROM event_responsible WHERE person IN (SELECT value FROM json_each(?)))",
            list_of(selection.people));
  if (selection.with_audience) all.add("audience IS NOT NULL", "");
  if (selection.from) all.add("period_last >= ?", format_iso(*selection.from));
  if (selection.to) all.add("period_first <= ?", format_iso(*selection.to));
  return all;
}

// The numbers as a JSON list, for json_each().
std::string ids_of(Connection& connection, const EventSelection& selection) {
  const auto conditions = conditions_of(selection);
  Query rows = connection.query("SELECT id FROM event" + conditions.sql());
  int index = 0;
  for (const auto& value : conditions.values()) rows.bind_at(++index, std::string_view(value));
  boost::json::array ids;
  while (rows.step()) ids.emplace_back(rows.integer(0));
  return boost::json::serialize(ids);
}

// Hands `take` the rows of one event, of a statement that goes through all of them in the order of events.
class Parts {
 public:
  explicit Parts(Query rows) : rows_(std::move(rows)), more_(rows_.step()) {}

  template<class Take>
  void of(EventId event, Take take) {
    while (more_ && rows_.integer(0) < event.value) more_ = rows_.step();
    for (; more_ && rows_.integer(0) == event.value; more_ = rows_.step()) take(rows_);
  }

 private:
  Query rows_;
  bool more_;
};

std::optional<Event> only(std::vector<Event> events) {
  if (events.empty()) return std::nullopt;
  return std::move(events.front());
}

}  // namespace

void SqliteEvents::insert_parts(const Event& event) {
  for (std::size_t i = 0; i < event.responsible.size(); ++i) {
    const auto& who = event.responsible[i];
    connection_
        .query(
            "INSERT INTO event_responsible (event, position, person, name, post, organisation)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(event.id, static_cast<std::int64_t>(i), who.person, who.name, who.post, who.organisation)
        .run();
  }
  for (std::size_t i = 0; i < event.agenda.size(); ++i)
    connection_.query("INSERT INTO agenda_item (event, position, text) VALUES (?1, ?2, ?3)")
        .bind(event.id, static_cast<std::int64_t>(i), event.agenda[i])
        .run();
}

EventId SqliteEvents::insert(const Event& event) {
  Event stored = event;
  stored.id = EventId{};  // NULL: the database numbers it
  return insert_row(stored);
}

void SqliteEvents::restore(const Event& event) {
  insert_row(event);
}

EventId SqliteEvents::insert_row(const Event& event) {
  Event stored = event;
  {
    Query row = connection_.query(
        "INSERT INTO event (" EVENT_COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
        " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, "
        "?40) RETURNING id");
    bind_event(row, stored);
    row.step();
    stored.id = row.id<EventId>(0);
    row.run();
  }
  insert_parts(stored);
  index_event(connection_, stored);
  changes_.append("event", stored.id.value, "insert");
  return stored.id;
}

void SqliteEvents::update(const Event& event) {
  Query row = connection_.query(
      "UPDATE event SET uid = ?2, plan = ?3, organisation = ?4, position = ?5, section = ?6, number = ?7,"
      " title = ?8, kind = ?9, involvement = ?10, status = ?11, period_precision = ?12, period_first = ?13,"
      " period_last = ?14, period_time = ?15, period_end_time = ?16, period_deadline = ?17,"
      " period_recurrence = ?18, period_source = ?19, zone = ?20, place = ?21, online_url = ?22, note = ?23,"
      " description = ?24, responsible_text = ?25, sequence = ?26, created = ?27, modified = ?28,"
      " as_read = ?29, level = ?30, audience = ?31, parent = ?32, image_url = ?33, contact = ?34,"
      " attachments = ?35, overrides = ?36, source = ?37, attended = ?38, outcome = ?39, minutes_url = ?40 "
      "WHERE id = ?1");
  bind_event(row, event);
  if (row.run() == 0) throw_unknown("event");
  connection_.query("DELETE FROM event_responsible WHERE event = ?1").bind(event.id).run();
  connection_.query("DELETE FROM agenda_item WHERE event = ?1").bind(event.id).run();
  insert_parts(event);
  index_event(connection_, event);
  changes_.append("event", event.id.value, "update");
}

std::optional<Event> SqliteEvents::find(EventId id) {
  static constexpr auto selection = SELECT_EVENTS("id = ?1", "id");
  const auto state = changes_.state();
  if (const auto* known = recent_.find(id, state)) return *known;
  return recent_.keep(id, state, only(load(connection_, selection, id)));
}

std::optional<Event> SqliteEvents::find_by_uid(const std::string& uid) {
  static constexpr auto selection = SELECT_EVENTS("uid = ?1", "id");
  return only(load(connection_, selection, uid));
}

std::vector<Event> SqliteEvents::of_plan(PlanId plan) {
  static constexpr auto selection = SELECT_EVENTS("plan = ?1", "position, id");
  return load(connection_, selection, plan);
}

std::vector<Event> SqliteEvents::all() {
  static constexpr auto selection = SELECT_EVENTS("id > ?1", "id");
  return load(connection_, selection, std::int64_t{0});
}

std::vector<Event> SqliteEvents::select(const EventSelection& selection) {
  static constexpr auto chosen = SELECT_EVENTS("id IN (SELECT value FROM json_each(?1))", "id");
  return load(connection_, chosen, ids_of(connection_, selection));
}

void SqliteEvents::each(const std::function<void(Event)>& visit) {
  Query rows = connection_.query("SELECT " EVENT_COLUMNS_WITH("NULL") " FROM event ORDER BY id");
  Parts responsible(connection_.query(
      "SELECT event, person, name, post, organisation FROM event_responsible ORDER BY event, position"));
  Parts agenda(connection_.query("SELECT event, text FROM agenda_item ORDER BY event, position"));
  while (rows.step()) {
    Event event = read_event(rows);
    responsible.of(event.id, [&](const Query& row) { event.responsible.push_back(read_responsible(row)); });
    agenda.of(event.id, [&](const Query& row) { event.agenda.push_back(row.text(1)); });
    visit(std::move(event));
  }
}

std::vector<Event> SqliteEvents::changed_since(std::int64_t change) {
  static constexpr auto selection =
      SELECT_EVENTS("id IN (SELECT entity_id FROM change_log WHERE number > ?1 AND +entity = 'event')", "id");
  return load(connection_, selection, change);
}

std::vector<Event> SqliteEvents::of_responsible(PersonId person) {
  static constexpr auto selection =
      SELECT_EVENTS("id IN (SELECT event FROM event_responsible WHERE person = ?1)", "id");
  return load(connection_, selection, person);
}

std::vector<Event> SqliteEvents::of_source(SourceId source) {
  static constexpr auto selection = SELECT_EVENTS("source = ?1", "id");
  return load(connection_, selection, source);
}

std::vector<EventId> SqliteEvents::removed_since(std::int64_t change) {
  Query rows = connection_.query(
      "SELECT DISTINCT entity_id FROM change_log WHERE number > ?1 AND +entity = 'event' AND action = "
      "'remove' AND NOT EXISTS (SELECT 1 FROM event WHERE id = entity_id)"
      " ORDER BY entity_id");
  rows.bind(change);
  std::vector<EventId> removed;
  while (rows.step()) removed.push_back(rows.id<EventId>(0));
  return removed;
}

void SqliteEvents::remove(EventId id) {
  Query parts = connection_.query("UPDATE event SET parent = NULL WHERE parent = ?1 RETURNING id");
  parts.bind(id);
  std::vector<std::int64_t> orphans;
  while (parts.step()) orphans.push_back(parts.integer(0));
  for (const auto part : orphans) changes_.append("event", part, "update");
  if (connection_.query("DELETE FROM event WHERE id = ?1").bind(id).run() == 0) throw_unknown("event");
  forget_event(connection_, id);
  changes_.append("event", id.value, "remove");
}

std::vector<EventId> SqliteEvents::search(const std::vector<std::string>& beginnings, int limit) {
  return find_events(connection_, beginnings, limit);
}

}  // namespace convoke::db::sqlite
