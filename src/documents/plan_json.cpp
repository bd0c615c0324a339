#include "documents/plan_json.hpp"

#include "base/date.hpp"

#include <boost/json.hpp>

namespace convoke::documents {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value date_or_null(const std::optional<Date>& date) {
  return date ? json::value(format_iso(*date)) : json::value(nullptr);
}

json::object plan_object(const Plan& plan) {
  json::array approvals;
  for (const auto& approval : plan.approvals)
    approvals.push_back(json::object{{"verb", approval.verb},
                                     {"post", text_or_null(approval.post)},
                                     {"name", text_or_null(approval.name)},
                                     {"date", date_or_null(approval.date)},
                                     {"act", text_or_null(approval.act)}});
  // A plan of one month lies in a calendar year.
  const bool academic = plan.year.kind == YearKind::academic;
  return json::object{{"title", plan.title},
                      {"organisation", text_or_null(plan.organisation_name)},
                      {"language", plan.language},
                      {"year_kind", academic ? "academic" : "calendar"},
                      {"from", format_iso(plan.year.first)},
                      {"to", format_iso(plan.year.last)},
                      {"approvals", std::move(approvals)}};
}

json::object item_object(const ImportedItem& item) {
  const Event& event = item.event;
  json::array responsible, warnings;
  for (const auto& person : event.responsible)
    responsible.push_back(json::object{{"name", text_or_null(person.name)},
                                       {"post", text_or_null(person.post)},
                                       {"organisation", text_or_null(person.organisation)}});
  for (const auto& warning : item.warnings) warnings.push_back(json::value(warning));
  return json::object{{"section", text_or_null(event.section)},
                      {"number", text_or_null(event.number)},
                      {"title", event.title},
                      {"period_text", event.period.source_text},
                      {"period", json::object{{"type", type_name(event.period.precision)},
                                              {"start", date_or_null(event.period.first)},
                                              {"end", date_or_null(event.period.last)}}},
                      {"responsible_text", event.responsible_text},
                      {"responsible", std::move(responsible)},
                      {"kind", name_of(event.kind)},
                      {"place", text_or_null(event.place)},
                      {"note", text_or_null(event.note)},
                      {"schedulable", item.schedulable},
                      {"warnings", std::move(warnings)}};
}

}  // namespace

std::string plan_json(const ImportedPlan& plan) {
  json::array items;
  for (const auto& item : plan.items) items.push_back(item_object(item));
  const json::object document{{"plan", plan_object(plan.plan)}, {"items", std::move(items)}};
  return json::serialize(document);
}

}  // namespace convoke::documents
