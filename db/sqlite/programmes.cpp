#include "db/sqlite/programmes.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <limits>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& one : texts) array.emplace_back(one);
  return array;
}

json::object object_of(const ProgrammeRow& row) {
  json::object out;
  out["minutes"] = row.minutes;
  if (row.at) out["at"] = row.at->count();
  if (row.with_all) out["with_all"] = true;
  if (row.talk) {
    out["talk"] = row.talk.value;
    return out;
  }
  out["title"] = row.title;
  if (row.is_break) {
    out["break"] = true;
    return out;
  }
  out["speakers"] = array_of(row.speakers);
  out["abstract"] = row.abstract;
  if (row.cancelled) out["cancelled"] = true;
  return out;
}

json::array rows_array(const std::vector<ProgrammeRow>& rows) {
  json::array array;
  for (const auto& row : rows) array.push_back(object_of(row));
  return array;
}

std::optional<std::string> text_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<std::int64_t> number_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

std::optional<int> small_in(const json::object& object, const char* name) {
  const auto number = number_in(object, name);
  if (!number || *number < 0 || *number > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<TimeOfDay> time_in(const json::object& object, const char* name) {
  const auto minutes = small_in(object, name);
  if (!minutes || *minutes >= 24 * 60) return std::nullopt;
  return TimeOfDay{*minutes};
}

bool read_words(const json::object& object, ProgrammeRow& row) {
  auto title = text_in(object, "title");
  if (!title) return false;
  row.title = std::move(*title);
  row.is_break = object.contains("break");
  if (row.is_break) return true;
  auto abstract = text_in(object, "abstract");
  const auto* speakers = object.if_contains("speakers");
  if (!abstract || speakers == nullptr || !speakers->is_array()) return false;
  row.abstract = std::move(*abstract);
  row.cancelled = object.contains("cancelled");
  for (const auto& one : speakers->get_array()) {
    if (!one.is_string()) return false;
    row.speakers.emplace_back(one.get_string());
  }
  return true;
}

std::optional<ProgrammeRow> row_in(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  ProgrammeRow row;
  const auto minutes = small_in(*object, "minutes");
  if (!minutes) return std::nullopt;
  row.minutes = *minutes;
  row.with_all = object->contains("with_all");
  if (object->contains("at")) {
    row.at = time_in(*object, "at");
    if (!row.at) return std::nullopt;
  }
  if (const auto talk = number_in(*object, "talk"))
    row.talk = EventId{*talk};
  else if (!read_words(*object, row))
    return std::nullopt;
  return row;
}

std::optional<std::vector<ProgrammeRow>> rows_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<ProgrammeRow> rows;
  for (const auto& one : value->get_array()) {
    auto row = row_in(one);
    if (!row) return std::nullopt;
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::optional<ProgrammeSection> section_in(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  auto title = text_in(*object, "title"), room = text_in(*object, "room"), chair = text_in(*object, "chair");
  const auto number = small_in(*object, "number"), day = small_in(*object, "day");
  const auto begin = time_in(*object, "begin");
  auto rows = rows_in(*object, "rows");
  if (!title || !room || !chair || !number || !day || !begin || !rows) return std::nullopt;
  ProgrammeSection section;
  section.title = std::move(*title);
  section.room = std::move(*room);
  section.chair = std::move(*chair);
  section.number = *number;
  section.day = *day;
  section.begin = *begin;
  section.rows = std::move(*rows);
  return section;
}

}  // namespace

std::string programme_json(const Programme& programme) {
  json::array sections;
  for (const auto& section : programme.sections) {
    json::object out;
    out["number"] = section.number;
    out["title"] = section.title;
    out["room"] = section.room;
    out["chair"] = section.chair;
    out["day"] = section.day;
    out["begin"] = section.begin.count();
    out["rows"] = rows_array(section.rows);
    sections.push_back(std::move(out));
  }
  json::object out;
  out["sections"] = std::move(sections);
  out["unplaced"] = rows_array(programme.unplaced);
  return json::serialize(out);
}

Result<Programme> parse_programme_json(std::string_view text) {
  const Error broken(Errc::invalid_input, "a programme is not what was written");
  json::error_code failure;
  const auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure || !value.is_object()) return broken;
  const auto* sections = value.get_object().if_contains("sections");
  auto unplaced = rows_in(value.get_object(), "unplaced");
  if (sections == nullptr || !sections->is_array() || !unplaced) return broken;
  Programme programme;
  programme.unplaced = std::move(*unplaced);
  for (const auto& one : sections->get_array()) {
    auto section = section_in(one);
    if (!section) return broken;
    programme.sections.push_back(std::move(*section));
  }
  return programme;
}

std::optional<Programme> SqliteProgrammes::find(EventId event) {
  Query row = connection_.query("SELECT version, body FROM programme WHERE event = ?1");
  row.bind(event);
  if (!row.step()) return std::nullopt;
  auto programme = parse_programme_json(row.text(1));
  if (!programme) throw StorageError(StorageError::Kind::broken, "a stored programme cannot be read");
  programme->event = event;
  programme->version = static_cast<int>(row.integer(0));
  return std::move(*programme);
}

void SqliteProgrammes::save(const Programme& programme) {
  connection_
      .query(
          "INSERT INTO programme (event, version, body) VALUES (?1, ?2, ?3)"
          " ON CONFLICT (event) DO UPDATE SET version = excluded.version, body = excluded.body")
      .bind(programme.event, programme.version, programme_json(programme))
      .run();
  changes_.append("programme", programme.event.value, "update");
}

std::vector<EventId> SqliteProgrammes::parts_of(EventId event) {
  Query rows = connection_.query("SELECT id FROM event WHERE parent = ?1 AND plan IS NULL ORDER BY id");
  rows.bind(event);
  std::vector<EventId> parts;
  while (rows.step()) parts.push_back(rows.id<EventId>(0));
  return parts;
}

}  // namespace convoke::db::sqlite
