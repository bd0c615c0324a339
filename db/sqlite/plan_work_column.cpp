#include "db/sqlite/plan_work_column.hpp"

#include "db/sqlite/event_columns.hpp"
#include "db/sqlite/period_columns.hpp"
#include "db/sqlite/row_column.hpp"

#include <boost/json.hpp>

#include <array>
#include <stdexcept>
#include <utility>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<const char*, std::string Event::*>, 14> texts = {
    {{"uid", &Event::uid},
     {"section", &Event::section},
     {"number", &Event::number},
     {"title", &Event::title},
     {"zone", &Event::zone},
     {"place", &Event::place},
     {"online_url", &Event::online_url},
     {"note", &Event::note},
     {"description", &Event::description},
     {"responsible_text", &Event::responsible_text},
     {"image_url", &Event::image_url},
     {"contact", &Event::contact},
     {"outcome", &Event::outcome},
     {"minutes_url", &Event::minutes_url}}};

// Thrown while reading and caught at the door: what is read was written by us, or the database is damaged.
struct Broken : std::runtime_error {
  Broken() : std::runtime_error("a row of a plan is not what was written") {}
};

template<class T>
T known(std::optional<T> value) {
  if (!value) throw Broken();
  return *value;
}
template<class T>
T known(Result<T> value) {
  if (!value) throw Broken();
  return std::move(*value);
}

// What is empty is left out: a plan of 2,000 rows is read back quickly.
void put(json::object& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}
std::string get(const json::object& object, const char* name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return {};
  if (!member->is_string()) throw Broken();
  return std::string(member->get_string());
}
std::int64_t number(const json::object& object, const char* name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return 0;
  if (!member->is_int64()) throw Broken();
  return member->get_int64();
}
const json::array* list(const json::object& object, const char* name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return nullptr;
  if (!member->is_array()) throw Broken();
  return &member->get_array();
}
const json::object& object_of(const json::value& value) {
  if (!value.is_object()) throw Broken();
  return value.get_object();
}

void put_period(json::object& object, const Period& period) {
  object["precision"] = name_of(period.precision);
  if (period.first) object["first"] = format_iso(*period.first);
  if (period.last) object["last"] = format_iso(*period.last);
  if (period.time) object["time"] = format_iso(*period.time);
  if (period.end_time) object["end_time"] = format_iso(*period.end_time);
  if (period.deadline) object["deadline"] = 1;
  if (period.recurrence) object["recurrence"] = recurrence_json(*period.recurrence);
  put(object, "period_text", period.source_text);
}

Period get_period(const json::object& object) {
  Period period;
  period.precision = known(precision_of(get(object, "precision")));
  if (object.contains("first")) period.first = known(parse_iso_date(get(object, "first")));
  if (object.contains("last")) period.last = known(parse_iso_date(get(object, "last")));
  if (object.contains("time")) period.time = known(parse_iso_time(get(object, "time")));
  if (object.contains("end_time")) period.end_time = known(parse_iso_time(get(object, "end_time")));
  period.deadline = number(object, "deadline") != 0;
  if (object.contains("recurrence"))
    period.recurrence = known(parse_recurrence_json(get(object, "recurrence")));
  period.source_text = get(object, "period_text");
  return period;
}

json::array responsible_list(const Event& event) {
  json::array all;
  for (const auto& one : event.responsible) {
    json::object who;
    if (one.person) who["person"] = one.person.value;
    put(who, "name", one.name);
    put(who, "post", one.post);
    put(who, "organisation", one.organisation);
    all.push_back(std::move(who));
  }
  return all;
}

json::object event_object(const Event& event) {
  json::object object;
  for (const auto& [name, text] : texts) put(object, name, event.*text);
  object["id"] = event.id.value;
  object["plan"] = event.plan.value;
  object["organisation"] = event.organisation.value;
  object["position"] = event.position;
  object["kind"] = name_of(event.kind);
  object["involvement"] = name_of(event.involvement);
  object["status"] = name_of(event.status);
  put_period(object, event.period);
  if (!event.responsible.empty()) object["responsible"] = responsible_list(event);
  if (!event.agenda.empty()) object["agenda"] = audience_json(event.agenda);
  if (event.level) object["level"] = name_of(*event.level);
  if (!event.audience.empty()) object["audience"] = audience_json(event.audience);
  if (event.parent) object["parent"] = event.parent.value;
  if (!event.attachments.empty()) object["attachments"] = attachments_json(event.attachments);
  if (!event.overrides.empty()) object["overrides"] = overrides_json(event.overrides);
  if (event.source) object["source"] = event.source.value;
  if (event.attended) object["attended"] = *event.attended;
  object["sequence"] = event.sequence;
  object["created"] = event.created.time_since_epoch().count();
  object["modified"] = event.modified.time_since_epoch().count();
  if (event.as_read) object["as_read"] = row_json(*event.as_read);
  return object;
}

Event read_event(const json::object& object) {
  Event event;
  for (const auto& [name, text] : texts) event.*text = get(object, name);
  event.id = EventId{number(object, "id")};
  event.plan = PlanId{number(object, "plan")};
  event.organisation = OrganisationId{number(object, "organisation")};
  event.position = static_cast<int>(number(object, "position"));
  event.kind = known(event_kind_of(get(object, "kind")));
  event.involvement = known(involvement_of(get(object, "involvement")));
  event.status = known(event_status_of(get(object, "status")));
  event.period = get_period(object);
  if (const auto* people = list(object, "responsible"))
    for (const auto& one : *people) {
      const auto& who = object_of(one);
      event.responsible.push_back(
          {PersonId{number(who, "person")}, get(who, "name"), get(who, "post"), get(who, "organisation")});
    }
  if (object.contains("agenda")) event.agenda = known(parse_audience_json(get(object, "agenda")));
  if (object.contains("level")) event.level = known(level_of(get(object, "level")));
  if (object.contains("audience")) event.audience = known(parse_audience_json(get(object, "audience")));
  event.parent = EventId{number(object, "parent")};
  if (object.contains("attachments"))
    event.attachments = known(parse_attachments_json(get(object, "attachments")));
  if (object.contains("overrides")) event.overrides = known(parse_overrides_json(get(object, "overrides")));
  event.source = SourceId{number(object, "source")};
  if (object.contains("attended")) event.attended = static_cast<int>(number(object, "attended"));
  event.sequence = static_cast<int>(number(object, "sequence"));
  event.created = Instant{std::chrono::seconds{number(object, "created")}};
  event.modified = Instant{std::chrono::seconds{number(object, "modified")}};
  if (object.contains("as_read")) event.as_read = known(parse_row_json(get(object, "as_read")));
  return event;
}

json::object heading_object(const Plan& plan) {
  json::object object;
  put(object, "title", plan.title);
  put(object, "organisation_name", plan.organisation_name);
  put(object, "language", plan.language);
  json::array approvals, preamble;
  for (const auto& one : plan.approvals) {
    json::object stamp;
    put(stamp, "verb", one.verb);
    put(stamp, "post", one.post);
    put(stamp, "name", one.name);
    put(stamp, "act", one.act);
    if (one.date) stamp["date"] = format_iso(*one.date);
    approvals.push_back(std::move(stamp));
  }
  for (const auto& one : plan.preamble) {
    json::object item;
    put(item, "caption", one.caption);
    put(item, "text", one.text);
    preamble.push_back(std::move(item));
  }
  object["approvals"] = std::move(approvals);
  object["preamble"] = std::move(preamble);
  return object;
}

Plan read_heading(const json::object& object) {
  Plan plan;
  plan.title = get(object, "title");
  plan.organisation_name = get(object, "organisation_name");
  plan.language = get(object, "language");
  if (const auto* approvals = list(object, "approvals"))
    for (const auto& one : *approvals) {
      const auto& stamp = object_of(one);
      Approval approval{get(stamp, "verb"), get(stamp, "post"), get(stamp, "name"), {}, get(stamp, "act")};
      if (stamp.contains("date")) approval.date = known(parse_iso_date(get(stamp, "date")));
      plan.approvals.push_back(std::move(approval));
    }
  if (const auto* preamble = list(object, "preamble"))
    for (const auto& one : *preamble)
      plan.preamble.push_back({get(object_of(one), "caption"), get(object_of(one), "text")});
  return plan;
}

Plan plan_of(const PlanHeading& heading) {
  Plan plan;
  plan.title = heading.title;
  plan.language.clear();
  plan.preamble = heading.preamble;
  return plan;
}
PlanHeading heading_of(Plan plan) {
  return {std::move(plan.title), std::move(plan.preamble)};
}

json::array steps_array(const std::vector<RowStep>& steps) {
  json::array all;
  for (const auto& step : steps) {
    json::object object;
    if (step.before) object["before"] = event_object(*step.before);
    if (step.after) object["after"] = event_object(*step.after);
    if (step.behind) object["behind"] = step.behind.value;
    if (step.moved) object["moved"] = 1;
    all.push_back(std::move(object));
  }
  return all;
}

std::vector<RowStep> read_steps(const json::value& value) {
  if (!value.is_array()) throw Broken();
  std::vector<RowStep> steps;
  for (const auto& one : value.get_array()) {
    const auto& object = object_of(one);
    RowStep step;
    if (const auto* before = object.if_contains("before")) step.before = read_event(object_of(*before));
    if (const auto* after = object.if_contains("after")) step.after = read_event(object_of(*after));
    step.behind = EventId{number(object, "behind")};
    step.moved = number(object, "moved") != 0;
    steps.push_back(std::move(step));
  }
  return steps;
}

json::value parsed(std::string_view text) {
  json::error_code failure;
  auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure) throw Broken();
  return value;
}

Error broken() {
  return {Errc::invalid_input, Broken().what()};
}

}  // namespace

std::string steps_json(const std::vector<RowStep>& steps) {
  return json::serialize(steps_array(steps));
}

Result<std::vector<RowStep>> parse_steps_json(std::string_view text) {
  try {
    return read_steps(parsed(text));
  } catch (const Broken&) {
    return broken();
  }
}

std::string edit_json(const PlanEdit& edit) {
  if (!edit.heading_before || !edit.heading_after) return steps_json(edit.rows);
  json::object object;
  object["rows"] = steps_array(edit.rows);
  object["before"] = heading_object(plan_of(*edit.heading_before));
  object["after"] = heading_object(plan_of(*edit.heading_after));
  return json::serialize(object);
}

Result<void> parse_edit_json(std::string_view text, PlanEdit& edit) {
  try {
    const auto value = parsed(text);
    if (value.is_array()) {
      edit.rows = read_steps(value);
      return {};
    }
    const auto& object = object_of(value);
    const auto* rows = object.if_contains("rows");
    const auto* before = object.if_contains("before");
    const auto* after = object.if_contains("after");
    if (rows == nullptr || before == nullptr || after == nullptr) return broken();
    edit.rows = read_steps(*rows);
    edit.heading_before = heading_of(read_heading(object_of(*before)));
    edit.heading_after = heading_of(read_heading(object_of(*after)));
    return {};
  } catch (const Broken&) {
    return broken();
  }
}

std::string version_json(const PlanVersion& version) {
  json::array rows;
  for (const auto& row : version.rows) rows.push_back(event_object(row));
  return json::serialize(
      json::object{{"heading", heading_object(version.heading)}, {"rows", std::move(rows)}});
}

Result<void> parse_version_json(std::string_view text, PlanVersion& version) {
  try {
    const auto value = parsed(text);
    const auto& object = object_of(value);
    const auto* heading = object.if_contains("heading");
    const auto* rows = list(object, "rows");
    if (heading == nullptr || rows == nullptr) return broken();
    version.heading = read_heading(object_of(*heading));
    version.rows.clear();
    for (const auto& row : *rows) version.rows.push_back(read_event(object_of(row)));
    return {};
  } catch (const Broken&) {
    return broken();
  }
}

}  // namespace convoke::db::sqlite
