// Programmes over the API.
#include "service/programme.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/json_members.hpp"
#include "web/handlers/programme.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <limits>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::object row_json(const ProgrammeRow& row, const Stretch* time) {
  json::object out;
  out["talk"] = nullptr;
  if (row.talk) out["talk"] = row.talk.value;
  out["break"] = row.is_break;
  out["title"] = row.title;
  json::array speakers;
  for (const auto& one : row.speakers) speakers.emplace_back(one);
  out["speakers"] = std::move(speakers);
  out["abstract"] = row.abstract;
  out["minutes"] = row.minutes;
  out["at"] = nullptr;
  if (row.at) out["at"] = format_iso(*row.at);
  out["cancelled"] = row.cancelled && !row.with_all;
  if (time != nullptr) out["begin"] = format_iso(TimeOfDay{time->begin});
  return out;
}

json::object programme_json(const Programme& programme, bool with_waiting) {
  json::array sections;
  for (const auto& section : programme.sections) {
    json::object out;
    out["number"] = section.number;
    out["title"] = section.title;
    out["room"] = section.room;
    out["chair"] = section.chair;
    out["day"] = section.day;
    out["begin"] = format_iso(section.begin);
    const auto times = times_of(section);
    json::array rows;
    for (std::size_t i = 0; i < section.rows.size(); ++i)
      rows.push_back(row_json(section.rows[i], &times[i]));
    out["rows"] = std::move(rows);
    sections.push_back(std::move(out));
  }
  json::object out;
  out["event"] = programme.event.value;
  out["version"] = programme.version;
  out["sections"] = std::move(sections);
  if (!with_waiting) return out;
  json::array waiting;
  for (const auto& row : programme.unplaced) waiting.push_back(row_json(row, nullptr));
  out["unplaced"] = std::move(waiting);
  return out;
}

template<class T, std::string T::*field>
std::optional<Error> take_text(const json::key_value_pair& member, T& into) {
  auto given = text_of(member);
  if (!given) return given.error();
  into.*field = std::move(*given);
  return std::nullopt;
}

template<class T, int T::*field>
std::optional<Error> take_number(const json::key_value_pair& member, T& into) {
  const auto given = number_of(member);
  if (!given) return given.error();
  if (*given < 0 || *given > std::numeric_limits<int>::max())
    return bad(std::string_view(member.key()), "a number that is not below zero");
  into.*field = static_cast<int>(*given);
  return std::nullopt;
}

template<class T, bool T::*field>
std::optional<Error> take_flag(const json::key_value_pair& member, T& into) {
  if (!member.value().is_bool()) return bad(std::string_view(member.key()), "true or false");
  into.*field = member.value().get_bool();
  return std::nullopt;
}

std::optional<Error> take_talk(const json::key_value_pair& member, ProgrammeRow& row) {
  if (member.value().is_null()) return std::nullopt;
  const auto given = number_of(member);
  if (!given || *given <= 0) return bad("talk", "the number of a talk, or null");
  row.talk = EventId{*given};
  return std::nullopt;
}

std::optional<Error> take_at(const json::key_value_pair& member, ProgrammeRow& row) {
  if (member.value().is_null()) return std::nullopt;
  const auto given = text_of(member);
  const auto time = given ? parse_iso_time(*given) : Result<TimeOfDay>(Error());
  if (!time) return bad("at", "a time like \"10:00\", or null");
  row.at = *time;
  return std::nullopt;
}

// Computed by us: what a program read may be sent back as it was.
std::optional<Error> pass_over(const json::key_value_pair&, ProgrammeRow&) {
  return std::nullopt;
}

std::optional<Error> take_speakers(const json::key_value_pair& member, ProgrammeRow& row) {
  if (!member.value().is_array()) return bad("speakers", "an array of texts");
  for (const auto& one : member.value().get_array()) {
    if (!one.is_string()) return bad("speakers", "an array of texts");
    row.speakers.emplace_back(one.get_string());
  }
  return std::nullopt;
}

constexpr std::array row_members = {
    Member<ProgrammeRow>{"talk", take_talk},
    Member<ProgrammeRow>{"break", take_flag<ProgrammeRow, &ProgrammeRow::is_break>},
    Member<ProgrammeRow>{"title", take_text<ProgrammeRow, &ProgrammeRow::title>},
    Member<ProgrammeRow>{"speakers", take_speakers},
    Member<ProgrammeRow>{"abstract", take_text<ProgrammeRow, &ProgrammeRow::abstract>},
    Member<ProgrammeRow>{"minutes", take_number<ProgrammeRow, &ProgrammeRow::minutes>},
    Member<ProgrammeRow>{"at", take_at},
    Member<ProgrammeRow>{"begin", pass_over},
    Member<ProgrammeRow>{"cancelled", take_flag<ProgrammeRow, &ProgrammeRow::cancelled>}};

std::optional<Error> read_rows(const json::key_value_pair& member, std::vector<ProgrammeRow>& rows) {
  if (!member.value().is_array()) return bad(std::string_view(member.key()), "an array of rows");
  for (const auto& one : member.value().get_array()) {
    if (!one.is_object()) return bad(std::string_view(member.key()), "an array of rows");
    ProgrammeRow row;
    if (auto error = read_members<ProgrammeRow>(one.get_object(), row, row_members)) return error;
    rows.push_back(std::move(row));
  }
  return std::nullopt;
}

std::optional<Error> take_rows(const json::key_value_pair& member, ProgrammeSection& section) {
  return read_rows(member, section.rows);
}

std::optional<Error> take_begin(const json::key_value_pair& member, ProgrammeSection& section) {
  const auto given = text_of(member);
  const auto time = given ? parse_iso_time(*given) : Result<TimeOfDay>(Error());
  if (!time) return bad("begin", "a time like \"10:00\"");
  section.begin = *time;
  return std::nullopt;
}

constexpr std::array section_members = {
    Member<ProgrammeSection>{"number", take_number<ProgrammeSection, &ProgrammeSection::number>},
    Member<ProgrammeSection>{"title", take_text<ProgrammeSection, &ProgrammeSection::title>},
    Member<ProgrammeSection>{"room", take_text<ProgrammeSection, &ProgrammeSection::room>},
    Member<ProgrammeSection>{"chair", take_text<ProgrammeSection, &ProgrammeSection::chair>},
    Member<ProgrammeSection>{"day", take_number<ProgrammeSection, &ProgrammeSection::day>},
    Member<ProgrammeSection>{"begin", take_begin},
    Member<ProgrammeSection>{"rows", take_rows}};

struct Wanted {
  Programme programme;
  std::optional<int> version;
};

std::optional<Error> take_sections(const json::key_value_pair& member, Wanted& wanted) {
  if (!member.value().is_array()) return bad("sections", "an array of sections");
  for (const auto& one : member.value().get_array()) {
    if (!one.is_object()) return bad("sections", "an array of sections");
    ProgrammeSection section;
    if (auto error = read_members<ProgrammeSection>(one.get_object(), section, section_members)) return error;
    wanted.programme.sections.push_back(std::move(section));
  }
  return std::nullopt;
}

std::optional<Error> take_unplaced(const json::key_value_pair& member, Wanted& wanted) {
  return read_rows(member, wanted.programme.unplaced);
}

std::optional<Error> take_version(const json::key_value_pair& member, Wanted& wanted) {
  const auto given = number_of(member);
  if (!given) return given.error();
  if (*given < 0 || *given > std::numeric_limits<int>::max())
    return bad("version", "the version that was read");
  wanted.version = static_cast<int>(*given);
  return std::nullopt;
}

std::optional<Error> pass_event(const json::key_value_pair&, Wanted&) {
  return std::nullopt;
}

constexpr std::array programme_members = {
    Member<Wanted>{"event", pass_event}, Member<Wanted>{"version", take_version},
    Member<Wanted>{"sections", take_sections}, Member<Wanted>{"unplaced", take_unplaced}};

}  // namespace

awaitable<Reply> get_programme_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::published_programme(services.context, *snapshot, EventId{*number});
  const auto programme = co_await await(std::move(deferred));
  if (!programme) co_return error_reply(request, programme.error());
  auto reply = json_reply(programme_json(programme->programme, false));
  reply.set("Cache-Control", "no-cache");
  co_return reply;
}

awaitable<Reply> put_programme_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto object = read_object(request.body);
  if (!object) co_return error_reply(request, object.error());
  Wanted wanted;
  if (const auto problem = read_members<Wanted>(*object, wanted, programme_members))
    co_return error_reply(request, *problem);
  auto deferred = service::replace_programme(services.context, request.actor, EventId{*number},
                                             std::move(wanted.programme), wanted.version);
  const auto stored = co_await await(std::move(deferred));
  if (!stored) co_return error_reply(request, stored.error());
  auto reply = json_reply(programme_json(*stored, true));
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

}  // namespace convoke::web
