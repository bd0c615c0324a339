#include "web/handlers/json.hpp"

#include "web/pages/links.hpp"

#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

namespace json = boost::json;

json::value day_or_null(const std::optional<Date>& date) {
  if (!date) return nullptr;
  return json::value(format_iso(*date));
}

json::value time_or_null(const std::optional<TimeOfDay>& time) {
  if (!time) return nullptr;
  return json::value(format_iso(*time));
}

template<class Id>
json::value id_or_null(Id id) {
  if (!id) return nullptr;
  return json::value(id.value);
}

template<class Texts>
json::array texts(const Texts& all) {
  json::array out;
  for (const auto& one : all) out.emplace_back(one);
  return out;
}

json::string text(std::string_view view) {
  return json::string(view);
}

json::object responsible_json(const Responsible& one) {
  json::object out;
  out["person"] = id_or_null(one.person);
  out["name"] = one.name;
  out["post"] = one.post;
  out["organisation"] = one.organisation;
  return out;
}

std::string_view year_kind(YearKind kind) {
  return kind == YearKind::academic ? "academic" : kind == YearKind::month ? "month" : "calendar";
}

}  // namespace

json::object period_json(const Period& period) {
  json::object out;
  out["type"] = text(type_name(period.precision));
  out["start"] = day_or_null(period.first);
  out["end"] = day_or_null(period.last);
  out["time"] = time_or_null(period.time);
  out["end_time"] = time_or_null(period.end_time);
  out["deadline"] = period.deadline;
  out["dated"] = period.is_dated();
  out["text"] = period.source_text;
  if (period.recurrence) {
    out["frequency"] = text(name_of(period.recurrence->frequency));
    json::array dates;
    for (const auto& date : period.recurrence->dates) dates.emplace_back(format_iso(date));
    out["dates"] = std::move(dates);
    json::array without;
    for (const auto& date : period.recurrence->without) without.emplace_back(format_iso(date));
    out["without"] = std::move(without);
  }
  return out;
}

json::object event_json(const Event& event, const std::string& base_url) {
  json::object out;
  out["id"] = event.id.value;
  out["uid"] = event.uid;
  out["url"] = base_url + event_path(event.id);
  out["plan"] = id_or_null(event.plan);
  out["organisation"] = id_or_null(event.organisation);
  out["section"] = event.section;
  out["number"] = event.number;
  out["title"] = event.title;
  out["kind"] = text(name_of(event.kind));
  out["involvement"] = text(name_of(event.involvement));
  out["status"] = text(name_of(event.status));
  out["period"] = period_json(event.period);
  out["timezone"] = event.zone;
  out["place"] = event.place;
  out["online_url"] = event.online_url;
  out["note"] = event.note;
  out["description"] = event.description;
  out["responsible_text"] = event.responsible_text;
  json::array responsible;
  for (const auto& one : event.responsible) responsible.push_back(responsible_json(one));
  out["responsible"] = std::move(responsible);
  out["agenda"] = texts(event.agenda);
  out["level"] = nullptr;
  if (event.level) out["level"] = text(name_of(*event.level));
  out["audience"] = texts(event.audience);
  out["parent"] = id_or_null(event.parent);
  out["image_url"] = event.image_url;
  out["contact"] = event.contact;
  json::array attachments;
  for (const auto& file : event.attachments)
    attachments.push_back(
        json::object{{"url", file.url}, {"name", file.name}, {"media_type", file.media_type}});
  out["attachments"] = std::move(attachments);
  out["attended"] = nullptr;
  if (event.attended) out["attended"] = *event.attended;
  out["outcome"] = event.outcome;
  out["minutes_url"] = event.minutes_url;
  out["source"] = id_or_null(event.source);
  out["sequence"] = event.sequence;
  out["created"] = format_iso(event.created);
  out["modified"] = format_iso(event.modified);
  return out;
}

json::object plan_json(const Plan& plan, const std::string& base_url) {
  json::object out;
  out["id"] = plan.id.value;
  out["url"] = base_url + plan_path(plan.id);
  out["organisation"] = id_or_null(plan.organisation);
  out["title"] = plan.title;
  out["organisation_name"] = plan.organisation_name;
  out["language"] = plan.language;
  out["year_kind"] = text(year_kind(plan.year.kind));
  out["from"] = format_iso(plan.year.first);
  out["to"] = format_iso(plan.year.last);
  json::array approvals;
  for (const auto& approval : plan.approvals) {
    json::object one;
    one["verb"] = approval.verb;
    one["post"] = approval.post;
    one["name"] = approval.name;
    one["date"] = day_or_null(approval.date);
    one["act"] = approval.act;
    approvals.push_back(std::move(one));
  }
  out["approvals"] = std::move(approvals);
  json::array preamble;
  for (const auto& item : plan.preamble) {
    json::object one;
    one["caption"] = item.caption;
    one["text"] = item.text;
    preamble.push_back(std::move(one));
  }
  out["preamble"] = std::move(preamble);
  out["source_name"] = plan.source_name;
  out["imported"] = format_iso(plan.imported);
  return out;
}

json::object organisation_json(const Organisation& organisation) {
  json::object out;
  out["id"] = organisation.id.value;
  out["name"] = organisation.name;
  out["timezone"] = organisation.zone;
  out["language"] = text(tag_of(organisation.language));
  out["contact"] = organisation.contact;
  out["tier"] = text(name_of(organisation.tier));
  out["parent"] = id_or_null(organisation.parent);
  return out;
}

json::object person_json(const Person& person) {
  json::object out;
  out["id"] = person.id.value;
  out["organisation"] = id_or_null(person.organisation);
  out["name"] = person.name;
  out["email"] = person.email;
  out["post"] = person.post;
  out["language"] = text(tag_of(person.language));
  out["rhythm"] = text(name_of(person.rhythm));
  return out;
}

json::object reminder_json(const service::ReminderRow& row) {
  json::object out;
  out["id"] = row.reminder.id.value;
  out["event"] = row.reminder.key.event.value;
  out["event_title"] = row.event_title;
  out["occurrence"] = row.reminder.key.occurrence;
  out["rule"] = row.reminder.key.rule;
  out["reason"] = text(name_of(row.reminder.reason));
  out["due"] = format_iso(row.reminder.due);
  out["state"] = text(name_of(row.reminder.state));
  out["recipients"] = texts(row.recipients);
  out["problem"] = row.problem;
  return out;
}

json::object import_json(const service::ImportSummary& summary) {
  json::object out;
  out["plan"] = id_or_null(summary.plan);
  out["added"] = summary.events;
  out["updated"] = summary.updated;
  out["unchanged"] = summary.unchanged;
  out["reminders_planned"] = summary.reminders_planned;
  out["reminders_missed"] = summary.reminders_missed;
  out["warnings"] = texts(summary.warnings);
  json::array ids;
  for (const auto id : summary.ids) ids.emplace_back(id.value);
  out["events"] = std::move(ids);
  return out;
}

json::object people_summary_json(const service::PeopleSummary& summary) {
  json::object out;
  out["added"] = summary.added;
  out["updated"] = summary.updated;
  out["linked"] = summary.linked;
  out["warnings"] = texts(summary.warnings);
  return out;
}

}  // namespace convoke::web
