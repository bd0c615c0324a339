#include "web/handlers/json_input.hpp"

#include "base/text.hpp"
#include "web/handlers/json_members.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>

namespace convoke::web {
namespace {

namespace json = boost::json;

// ---- what an event may be told

using Change = service::EventChange;

template<std::optional<std::string> Change::*field>
std::optional<Error> read_text(const json::key_value_pair& member, Change& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.*field = std::move(*text);
  return std::nullopt;
}

// A text of one line: what was pasted with line breaks or runs of spaces is that line.
template<std::optional<std::string> Change::*field>
std::optional<Error> read_line(const json::key_value_pair& member, Change& into) {
  const auto text = text_of(member);
  if (!text) return text.error();
  into.*field = collapse_spaces(*text);
  return std::nullopt;
}

template<std::optional<Date> Change::*field>
std::optional<Error> read_day(const json::key_value_pair& member, Change& into) {
  const auto text = text_of(member);
  const auto day = text ? parse_iso_date(*text) : Result<Date>(text.error());
  if (!day) return bad(std::string_view(member.key()), "a day like 2024-11-14");
  into.*field = *day;
  return std::nullopt;
}

template<std::optional<TimeOfDay> Change::*field>
std::optional<Error> read_time(const json::key_value_pair& member, Change& into) {
  const auto text = text_of(member);
  const auto time = text ? parse_iso_time(*text) : Result<TimeOfDay>(text.error());
  if (!time) return bad(std::string_view(member.key()), "a time like 10:00");
  into.*field = *time;
  return std::nullopt;
}

std::optional<Error> read_kind(const json::key_value_pair& member, Change& into) {
  const auto text = text_of(member);
  into.kind = text ? event_kind_of(*text) : std::nullopt;
  if (into.kind) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < event_kind_count; ++i)
    names += (i == 0 ? "" : ", ") + std::string(name_of(static_cast<EventKind>(i)));
  return bad("kind", "one of " + names);
}

std::optional<Error> read_status(const json::key_value_pair& member, Change& into) {
  const auto text = text_of(member);
  into.status = text ? event_status_of(*text) : std::nullopt;
  if (into.status) return std::nullopt;
  return bad("status", "one of planned, dated, held, moved, cancelled");
}

std::optional<Error> read_level(const json::key_value_pair& member, Change& into) {
  into.level.emplace();
  if (member.value().is_null()) return std::nullopt;
  const auto text = text_of(member);
  *into.level = text ? level_of(*text) : std::nullopt;
  if (*into.level) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < level_count; ++i) names += std::string(name_of(static_cast<Level>(i))) + ", ";
  return bad("level", "one of " + names + "or null");
}

std::optional<Error> read_parent(const json::key_value_pair& member, Change& into) {
  into.parent.emplace();
  if (member.value().is_null()) return std::nullopt;
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad("parent", "the number of an event, or null");
  into.parent = EventId{*number};
  return std::nullopt;
}

template<std::optional<std::vector<std::string>> Change::*field>
std::optional<Error> read_lines(const json::key_value_pair& member, Change& into) {
  constexpr std::string_view expected = "a list of texts";
  if (!member.value().is_array()) return bad(std::string_view(member.key()), expected);
  auto& lines = (into.*field).emplace();
  for (const auto& one : member.value().get_array()) {
    if (!one.is_string()) return bad(std::string_view(member.key()), expected);
    lines.emplace_back(one.get_string());
  }
  return std::nullopt;
}

template<std::string Attachment::*field>
std::optional<Error> read_file_text(const json::key_value_pair& member, Attachment& into) {
  const auto text = text_of(member);
  if (!text) return text.error();
  into.*field = collapse_spaces(*text);
  return std::nullopt;
}

constexpr std::array attachment_members = {
    Member<Attachment>{"url", read_file_text<&Attachment::url>},
    Member<Attachment>{"name", read_file_text<&Attachment::name>},
    Member<Attachment>{"media_type", read_file_text<&Attachment::media_type>},
};

std::optional<Error> read_attachments(const json::key_value_pair& member, Change& into) {
  constexpr std::string_view expected = "a list of objects with url, name and media_type";
  if (!member.value().is_array()) return bad("attachments", expected);
  into.attachments.emplace();
  for (const auto& one : member.value().get_array()) {
    if (!one.is_object()) return bad("attachments", expected);
    Attachment file;
    if (auto error = read_members<Attachment>(one.get_object(), file, attachment_members)) return error;
    into.attachments->push_back(std::move(file));
  }
  return std::nullopt;
}

std::optional<Error> read_sequence(const json::key_value_pair& member, Change& into) {
  constexpr std::int64_t most = 2'147'483'647;  // RFC 5545 3.8.7.4: an INTEGER
  const auto number = number_of(member);
  if (!number || *number < 0 || *number > most) return bad("expected_sequence", "a whole number from 0 on");
  into.expected_sequence = static_cast<int>(*number);
  return std::nullopt;
}

std::optional<Error> read_attended(const json::key_value_pair& member, Change& into) {
  into.attended.emplace();
  if (member.value().is_null()) return std::nullopt;
  const auto number = number_of(member);
  if (!number || *number < 0 || *number > service::most_attended)
    return bad("attended", "how many people came, or null");
  into.attended = static_cast<int>(*number);
  return std::nullopt;
}

constexpr std::array change_members = {
    Member<Change>{"date", read_day<&Change::date>},
    Member<Change>{"last_date", read_day<&Change::last_date>},
    Member<Change>{"time", read_time<&Change::time>},
    Member<Change>{"end_time", read_time<&Change::end_time>},
    Member<Change>{"period", read_line<&Change::period>},
    Member<Change>{"place", read_line<&Change::place>},
    Member<Change>{"status", read_status},
    Member<Change>{"title", read_line<&Change::title>},
    Member<Change>{"note", read_text<&Change::note>},
    Member<Change>{"online_url", read_text<&Change::online_url>},
    Member<Change>{"description", read_text<&Change::description>},
    Member<Change>{"kind", read_kind},
    Member<Change>{"image_url", read_text<&Change::image_url>},
    Member<Change>{"contact", read_line<&Change::contact>},
    Member<Change>{"attended", read_attended},
    Member<Change>{"outcome", read_text<&Change::outcome>},
    Member<Change>{"minutes_url", read_text<&Change::minutes_url>},
    Member<Change>{"level", read_level},
    Member<Change>{"audience", read_lines<&Change::audience>},
    Member<Change>{"agenda", read_lines<&Change::agenda>},
    Member<Change>{"parent", read_parent},
    Member<Change>{"attachments", read_attachments},
    Member<Change>{"expected_sequence", read_sequence},
};

// ---- people

template<std::string service::PersonChange::*field>
std::optional<Error> read_person_text(const json::key_value_pair& member, service::PersonChange& into) {
  const auto text = text_of(member);
  if (!text) return text.error();
  into.*field = collapse_spaces(*text);
  return std::nullopt;
}

// As it stands: white space within an address makes it none, and the service says so.
std::optional<Error> read_person_email(const json::key_value_pair& member, service::PersonChange& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.email = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_person_language(const json::key_value_pair& member, service::PersonChange& into) {
  const auto text = text_of(member);
  const auto language = text ? language_of(*text) : std::nullopt;
  if (!language) return bad("language", "one of uk, be, ru, en");
  into.language = *language;
  return std::nullopt;
}

std::optional<Error> read_person_organisation(const json::key_value_pair& member,
                                              service::PersonChange& into) {
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad("organisation", "the number of an association");
  into.organisation = OrganisationId{*number};
  return std::nullopt;
}

constexpr std::array person_members = {
    Member<service::PersonChange>{"name", read_person_text<&service::PersonChange::name>},
    Member<service::PersonChange>{"email", read_person_email},
    Member<service::PersonChange>{"post", read_person_text<&service::PersonChange::post>},
    Member<service::PersonChange>{"language", read_person_language},
    Member<service::PersonChange>{"organisation", read_person_organisation},
};

}  // namespace

Result<service::EventChange> read_event_change(std::string_view body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  Change change;
  if (auto error = read_members<Change>(*object, change, change_members)) return std::move(*error);
  return change;
}

Result<service::NewEvent> read_new_event(std::string_view body) {
  auto object = read_object(body);
  if (!object) return object.error();
  service::NewEvent event;
  if (const auto* member = object->find("organisation"); member != object->end()) {
    const auto number = number_of(*member);
    if (!number || *number <= 0) return bad("organisation", "the number of an association");
    event.organisation = OrganisationId{*number};
    object->erase("organisation");
  }
  for (const auto& [name, text] :
       {std::pair("timezone", &event.zone), std::pair("responsible", &event.responsible)}) {
    const auto* member = object->find(name);
    if (member == object->end()) continue;
    auto given = text_of(*member);
    if (!given) return given.error();
    *text = std::move(*given);
    object->erase(name);
  }
  if (auto error = read_members<Change>(*object, event.details, change_members)) return std::move(*error);
  if (!event.details.title || trim(*event.details.title).empty()) return bad("title", "there");
  event.title = *event.details.title;
  if (event.details.kind) event.kind = *event.details.kind;
  return event;
}

Result<service::PersonChange> read_person(std::string_view body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  service::PersonChange person;
  if (auto error = read_members<service::PersonChange>(*object, person, person_members))
    return std::move(*error);
  if (trim(person.name).empty()) return bad("name", "there");
  return person;
}

}  // namespace convoke::web
