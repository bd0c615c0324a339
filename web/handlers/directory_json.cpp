#include "web/handlers/directory_json.hpp"

#include "base/text.hpp"
#include "web/handlers/json_members.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace convoke::web {
namespace {

namespace json = boost::json;
using Pair = json::key_value_pair;

json::value number_or_null(std::int64_t number) {
  return number == 0 ? json::value(nullptr) : json::value(number);
}

json::value day_or_null(const std::optional<Date>& day) {
  return day ? json::value(format_iso(*day)) : json::value(nullptr);
}

// ---- in

template<class T, std::optional<std::string> T::*field>
std::optional<Error> read_text_of(const Pair& member, T& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.*field = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_language(const Pair& member, service::PersonPatch& into) {
  const auto text = text_of(member);
  into.language = text ? language_of(*text) : std::nullopt;
  return into.language ? std::nullopt : std::optional(bad("language", "one of uk, be, ru, en"));
}

std::optional<Error> read_rhythm(const Pair& member, service::PersonPatch& into) {
  const auto text = text_of(member);
  into.rhythm = text ? mail_rhythm_of(*text) : std::nullopt;
  return into.rhythm ? std::nullopt : std::optional(bad("rhythm", "one of each, daily, weekly"));
}

using Patch = service::PersonPatch;
constexpr std::array patch_members = {
    Member<Patch>{"name", read_text_of<Patch, &Patch::name>},
    Member<Patch>{"email", read_text_of<Patch, &Patch::email>},
    Member<Patch>{"post", read_text_of<Patch, &Patch::post>},
    Member<Patch>{"language", read_language},
    Member<Patch>{"rhythm", read_rhythm},
};

// A day, or null for none.
Result<std::optional<Date>> day_of(const Pair& member) {
  if (member.value().is_null()) return std::optional<Date>();
  const auto text = text_of(member);
  const auto day = text ? parse_iso_date(*text) : Result<Date>(text.error());
  if (!day) return bad(std::string_view(member.key()), "a day like 2026-11-14");
  return std::optional(*day);
}

Result<PersonId> person_of(const Pair& member) {
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad(std::string_view(member.key()), "the number of a person");
  return PersonId{*number};
}

std::optional<Error> read_name(const Pair& member, Roster& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.name = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_section(const Pair& member, Roster& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.section = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_kind(const Pair& member, Roster& into) {
  const auto text = text_of(member);
  const auto kind = text ? roster_kind_of(*text) : std::nullopt;
  if (!kind) return bad("kind", "one of office, group");
  into.kind = *kind;
  return std::nullopt;
}

std::optional<Error> read_duty(const Pair& member, Roster& into) {
  const auto text = text_of(member);
  const auto duty = text ? duty_of(*text) : std::nullopt;
  if (!duty) return bad("duty", "one of none, section_head, chair");
  into.duty = *duty;
  return std::nullopt;
}

std::optional<Error> read_organisation(const Pair& member, Roster& into) {
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad("organisation", "the number of an association");
  into.organisation = OrganisationId{*number};
  return std::nullopt;
}

std::optional<Error> read_tenure_person(const Pair& member, Tenure& into) {
  const auto person = person_of(member);
  if (!person) return person.error();
  into.person = *person;
  return std::nullopt;
}

template<std::optional<Date> Tenure::*field>
std::optional<Error> read_tenure_day(const Pair& member, Tenure& into) {
  const auto day = day_of(member);
  if (!day) return day.error();
  into.*field = *day;
  return std::nullopt;
}

std::optional<Error> skip_name(const Pair&, Tenure&) {
  return std::nullopt;  // what GET gives may be sent back
}

constexpr std::array tenure_members = {
    Member<Tenure>{"person", read_tenure_person},
    Member<Tenure>{"first", read_tenure_day<&Tenure::first>},
    Member<Tenure>{"last", read_tenure_day<&Tenure::last>},
    Member<Tenure>{"name", skip_name},
};

std::optional<Error> read_tenures(const Pair& member, Roster& into) {
  if (!member.value().is_array()) return bad("tenures", "a list");
  into.tenures.clear();
  for (const auto& one : member.value().get_array()) {
    if (!one.is_object()) return bad("tenures", "a list of objects");
    Tenure tenure;
    if (auto error = read_members<Tenure>(one.get_object(), tenure, tenure_members)) return error;
    if (!tenure.person) return bad("person", "there in each of the tenures");
    into.tenures.push_back(tenure);
  }
  return std::nullopt;
}

constexpr std::array roster_members = {
    Member<Roster>{"name", read_name},
    Member<Roster>{"kind", read_kind},
    Member<Roster>{"duty", read_duty},
    Member<Roster>{"section", read_section},
    Member<Roster>{"organisation", read_organisation},
    Member<Roster>{"tenures", read_tenures},
};

using NewAbsence = service::NewAbsence;

std::optional<Error> read_absent(const Pair& member, NewAbsence& into) {
  const auto person = person_of(member);
  if (!person) return person.error();
  into.person.id = *person;
  return std::nullopt;
}

std::optional<Error> read_deputy(const Pair& member, NewAbsence& into) {
  into.deputy.id = {};
  if (member.value().is_null()) return std::nullopt;
  const auto person = person_of(member);
  if (!person) return person.error();
  into.deputy.id = *person;
  return std::nullopt;
}

template<Date NewAbsence::*field>
std::optional<Error> read_absent_day(const Pair& member, NewAbsence& into) {
  const auto day = day_of(member);
  if (!day || !*day) return bad(std::string_view(member.key()), "a day like 2026-11-14");
  into.*field = **day;
  return std::nullopt;
}

constexpr std::array absence_members = {
    Member<NewAbsence>{"person", read_absent},
    Member<NewAbsence>{"first", read_absent_day<&NewAbsence::first>},
    Member<NewAbsence>{"last", read_absent_day<&NewAbsence::last>},
    Member<NewAbsence>{"deputy", read_deputy},
};

}  // namespace

json::object roster_json(const Roster& roster, const service::DirectoryView& directory) {
  json::object out;
  out["id"] = roster.id.value;
  out["organisation"] = number_or_null(roster.organisation.value);
  out["kind"] = name_of(roster.kind);
  out["name"] = roster.name;
  out["duty"] = name_of(roster.duty);
  out["section"] = roster.section;
  json::array tenures;
  for (const auto& tenure : roster.tenures) {
    json::object one;
    one["person"] = tenure.person.value;
    one["name"] = directory.name_of(tenure.person);
    one["first"] = day_or_null(tenure.first);
    one["last"] = day_or_null(tenure.last);
    tenures.push_back(std::move(one));
  }
  out["tenures"] = std::move(tenures);
  return out;
}

json::object absence_json(const Absence& absence, const service::DirectoryView& directory) {
  json::object out;
  out["id"] = absence.id.value;
  out["person"] = absence.person.value;
  out["name"] = directory.name_of(absence.person);
  out["first"] = format_iso(absence.first);
  out["last"] = format_iso(absence.last);
  out["deputy"] = number_or_null(absence.deputy.value);
  return out;
}

json::object unreachable_json(const service::UnreachableRow& row) {
  json::object out;
  out["key"] = row.key;
  out["why"] = name_of(row.why);
  out["person"] = number_or_null(row.person.id.value);
  out["name"] = row.name;
  out["organisation"] = number_or_null(row.organisation.value);
  out["others_reached"] = row.others_reached;
  json::array events;
  for (const auto& event : row.events) {
    json::object one;
    one["id"] = event.id.value;
    one["title"] = event.title;
    one["last"] = day_or_null(event.last);
    events.push_back(std::move(one));
  }
  out["events"] = std::move(events);
  return out;
}

Result<service::PersonPatch> read_person_patch(std::string_view body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  service::PersonPatch patch;
  if (auto error = read_members<service::PersonPatch>(*object, patch, patch_members))
    return std::move(*error);
  return patch;
}

Result<Roster> read_roster(std::string_view body, Roster roster) {
  const auto object = read_object(body);
  if (!object) return object.error();
  if (auto error = read_members<Roster>(*object, roster, roster_members)) return std::move(*error);
  return roster;
}

Result<service::NewAbsence> read_absence(std::string_view body, service::NewAbsence absence) {
  const auto object = read_object(body);
  if (!object) return object.error();
  if (auto error = read_members<NewAbsence>(*object, absence, absence_members)) return std::move(*error);
  if (!absence.person.id) return bad("person", "there");
  if (absence.first == Date() || absence.last == Date()) return bad("first and last", "there");
  return absence;
}

}  // namespace convoke::web
