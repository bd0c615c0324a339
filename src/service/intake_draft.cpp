#include "service/intake_draft.hpp"

#include "service/period_json.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace convoke::service {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

// Thrown by what reads members, and caught in parse_draft_json() alone.
struct Broken {};

const json::value& member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(view(name));
  if (value == nullptr) throw Broken{};
  return *value;
}

std::string text(const json::object& object, std::string_view name) {
  const auto* found = member(object, name).if_string();
  if (found == nullptr) throw Broken{};
  return {found->data(), found->size()};
}

std::int64_t number(const json::object& object, std::string_view name) {
  const auto* found = member(object, name).if_int64();
  if (found == nullptr) throw Broken{};
  return *found;
}

const json::array& array(const json::object& object, std::string_view name) {
  const auto* found = member(object, name).if_array();
  if (found == nullptr) throw Broken{};
  return *found;
}

const json::object& object_in(const json::value& value) {
  const auto* found = value.if_object();
  if (found == nullptr) throw Broken{};
  return *found;
}

template<class T>
T known(std::optional<T> value) {
  if (!value) throw Broken{};
  return *value;
}

template<class T>
T known(Result<T> value) {
  if (!value) throw Broken{};
  return std::move(*value);
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array out;
  for (const auto& one : texts) out.push_back(json::value(view(one)));
  return out;
}

std::vector<std::string> texts(const json::object& object, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& one : array(object, name)) {
    const auto* found = one.if_string();
    if (found == nullptr) throw Broken{};
    out.emplace_back(found->data(), found->size());
  }
  return out;
}

json::object responsible_json(const Responsible& who) {
  return {{"name", who.name},
          {"post", who.post},
          {"organisation", who.organisation},
          {"person", who.person.value}};
}

Responsible read_responsible(const json::object& object) {
  Responsible who;
  who.name = text(object, "name");
  who.post = text(object, "post");
  who.organisation = text(object, "organisation");
  who.person = PersonId{number(object, "person")};
  return who;
}

json::object as_read_json(const RowAsRead& row) {
  return {{"title", row.title},        {"kind", view(name_of(row.kind))},
          {"period", row.period_text}, {"place", row.place},
          {"note", row.note},          {"responsible", row.responsible_text}};
}

RowAsRead read_as_read(const json::object& object) {
  RowAsRead row;
  row.title = text(object, "title");
  row.kind = known(event_kind_of(text(object, "kind")));
  row.period_text = text(object, "period");
  row.place = text(object, "place");
  row.note = text(object, "note");
  row.responsible_text = text(object, "responsible");
  return row;
}

json::object event_json(const Event& event) {
  json::array responsible;
  for (const auto& who : event.responsible) responsible.push_back(responsible_json(who));
  json::object out{{"section", event.section},
                   {"number", event.number},
                   {"title", event.title},
                   {"kind", view(name_of(event.kind))},
                   {"involvement", view(name_of(event.involvement))},
                   {"period", period_json(event.period)},
                   {"zone", event.zone},
                   {"place", event.place},
                   {"note", event.note},
                   {"responsible_text", event.responsible_text},
                   {"responsible", std::move(responsible)},
                   {"agenda", texts_json(event.agenda)},
                   {"audience", texts_json(event.audience)}};
  if (event.level) out["level"] = view(name_of(*event.level));
  if (event.as_read) out["as_read"] = as_read_json(*event.as_read);
  return out;
}

Event read_event(const json::object& object) {
  Event event;
  event.section = text(object, "section");
  event.number = text(object, "number");
  event.title = text(object, "title");
  event.kind = known(event_kind_of(text(object, "kind")));
  event.involvement = known(involvement_of(text(object, "involvement")));
  auto period = parse_period_json(member(object, "period"));
  if (!period) throw Broken{};
  event.period = std::move(*period);
  event.zone = text(object, "zone");
  event.place = text(object, "place");
  event.note = text(object, "note");
  event.responsible_text = text(object, "responsible_text");
  for (const auto& who : array(object, "responsible"))
    event.responsible.push_back(read_responsible(object_in(who)));
  event.agenda = texts(object, "agenda");
  event.audience = texts(object, "audience");
  if (object.contains("level")) event.level = known(level_of(text(object, "level")));
  if (object.contains("as_read")) event.as_read = read_as_read(object_in(member(object, "as_read")));
  return event;
}

json::object row_json(const DraftRow& row) {
  return {{"key", row.key},
          {"event", event_json(row.item.event)},
          {"warnings", texts_json(row.item.warnings)},
          {"raw", row.item.raw},
          {"left_out", row.left_out},
          {"put_right", row.put_right},
          {"remembered", row.remembered}};
}

DraftRow read_row(const json::object& object) {
  DraftRow row;
  row.key = static_cast<int>(number(object, "key"));
  row.item.event = read_event(object_in(member(object, "event")));
  row.item.warnings = texts(object, "warnings");
  row.item.raw = text(object, "raw");
  row.left_out = member(object, "left_out") == json::value(true);
  row.put_right = static_cast<unsigned>(number(object, "put_right")) & all_row_fields;
  row.remembered = static_cast<unsigned>(number(object, "remembered")) & all_row_fields;
  return row;
}

json::object plan_json(const Plan& plan) {
  json::array approvals, preamble;
  for (const auto& one : plan.approvals) {
    json::object approval{{"verb", one.verb}, {"post", one.post}, {"name", one.name}, {"act", one.act}};
    if (one.date) approval["date"] = format_iso(*one.date);
    approvals.push_back(std::move(approval));
  }
  for (const auto& one : plan.preamble)
    preamble.push_back(json::object{{"caption", one.caption}, {"text", one.text}});
  return {{"organisation", plan.organisation.value},
          {"title", plan.title},
          {"organisation_name", plan.organisation_name},
          {"language", plan.language},
          {"year_kind", static_cast<int>(plan.year.kind)},
          {"first", format_iso(plan.year.first)},
          {"last", format_iso(plan.year.last)},
          {"approvals", std::move(approvals)},
          {"preamble", std::move(preamble)},
          {"source_name", plan.source_name}};
}

Plan read_plan(const json::object& object) {
  Plan plan;
  plan.organisation = OrganisationId{number(object, "organisation")};
  plan.title = text(object, "title");
  plan.organisation_name = text(object, "organisation_name");
  plan.language = text(object, "language");
  const auto kind = number(object, "year_kind");
  if (kind < 0 || kind > static_cast<int>(YearKind::month)) throw Broken{};
  plan.year.kind = static_cast<YearKind>(kind);
  plan.year.first = known(parse_iso_date(text(object, "first")));
  plan.year.last = known(parse_iso_date(text(object, "last")));
  plan.source_name = text(object, "source_name");
  for (const auto& value : array(object, "approvals")) {
    const auto& one = object_in(value);
    Approval approval;
    approval.verb = text(one, "verb");
    approval.post = text(one, "post");
    approval.name = text(one, "name");
    approval.act = text(one, "act");
    if (one.contains("date")) approval.date = known(parse_iso_date(text(one, "date")));
    plan.approvals.push_back(std::move(approval));
  }
  for (const auto& value : array(object, "preamble")) {
    const auto& one = object_in(value);
    plan.preamble.push_back({text(one, "caption"), text(one, "text")});
  }
  return plan;
}

IntakeDraft read_draft(const json::object& object) {
  IntakeDraft draft;
  draft.plan = read_plan(object_in(member(object, "plan")));
  draft.warnings = texts(object, "warnings");
  for (const auto& row : array(object, "rows")) draft.rows.push_back(read_row(object_in(row)));
  draft.aims = static_cast<int>(number(object, "aims"));
  draft.last_key = static_cast<int>(number(object, "last_key"));
  draft.made_from = PlanId{number(object, "made_from")};
  for (const auto& value : array(object, "names")) {
    const auto& one = object_in(value);
    NameDecision decision;
    const auto what = number(one, "what");
    if (what < 0 || what > static_cast<int>(NameDecision::What::same_as)) throw Broken{};
    decision.what = static_cast<NameDecision::What>(what);
    decision.person = PersonId{number(one, "person")};
    decision.name = text(one, "name");
    decision.remembered = member(one, "remembered") == json::value(true);
    draft.names.emplace(text(one, "key"), std::move(decision));
  }
  return draft;
}

}  // namespace

DraftRow* IntakeDraft::find(int key) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const DraftRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

std::string draft_json(const IntakeDraft& draft) {
  json::array rows, names;
  for (const auto& row : draft.rows) rows.push_back(row_json(row));
  for (const auto& [key, one] : draft.names)
    names.push_back(json::object{{"key", key},
                                 {"what", static_cast<int>(one.what)},
                                 {"person", one.person.value},
                                 {"name", one.name},
                                 {"remembered", one.remembered}});
  json::object object{{"plan", plan_json(draft.plan)},     {"warnings", texts_json(draft.warnings)},
                      {"rows", std::move(rows)},           {"aims", draft.aims},
                      {"names", std::move(names)},         {"last_key", draft.last_key},
                      {"made_from", draft.made_from.value}};
  return json::serialize(object);
}

Result<IntakeDraft> parse_draft_json(std::string_view stored) {
  const Error broken{Errc::internal, "a stored draft is not what was written"};
  json::error_code failure;
  const auto value = json::parse(view(stored), failure);
  if (failure) return broken;
  try {
    return read_draft(object_in(value));
  } catch (const Broken&) {
    return broken;
  }
}

}  // namespace convoke::service
