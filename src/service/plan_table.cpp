#include "service/plan_table.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convoke::service {
namespace {

constexpr std::size_t stamp_digits = 16;

std::string day_text(Date day) {
  return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(day.day()),
                     static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

std::string names_of(const Event& event) {
  std::vector<std::string> names;
  for (const auto& one : event.responsible) names.push_back(one.name.empty() ? one.post : one.name);
  return join(names, ", ");
}

void add(std::string& all, std::string_view text) {
  all += std::to_string(text.size());
  all += ':';
  all += text;
}

std::string all_words(const Event& event) {
  std::string all;
  for (const auto* text : {&event.section, &event.number, &event.title, &event.period.source_text,
                           &event.place, &event.note, &event.responsible_text})
    add(all, *text);
  for (const auto& one : event.responsible) {
    add(all, one.name);
    add(all, one.post);
  }
  const Period& period = event.period;
  add(all, name_of(event.kind));
  add(all, name_of(event.status));
  add(all, name_of(period.precision));
  add(all, period.first ? format_iso(*period.first) : "");
  add(all, period.last ? format_iso(*period.last) : "");
  add(all, period.time ? format_iso(*period.time) : "");
  add(all, period.end_time ? format_iso(*period.end_time) : "");
  add(all, period.deadline ? "due" : "");
  return all;
}

}  // namespace

std::string period_as_typed(const Period& period, std::string_view language) {
  if (!period.source_text.empty() || period.precision == Precision::none) return period.source_text;
  if (!period.is_dated() || period.deadline)
    return calendar::format_period(period, language_of(language).value_or(Language::ru));
  std::string text = day_text(*period.first);
  if (period.time) text += " " + format_iso(*period.time);
  if (period.time && period.end_time) text += "–" + format_iso(*period.end_time);
  return text;
}

RowFields row_fields(const Event& event, std::string_view language) {
  RowFields fields;
  fields.section = event.section;
  fields.number = event.number;
  fields.title = event.title;
  fields.period = period_as_typed(event.period, language);
  fields.responsible = event.responsible_text.empty() ? names_of(event) : event.responsible_text;
  fields.place = event.place;
  fields.note = event.note;
  fields.kind = event.kind;
  return fields;
}

std::string row_stamp(const Event& event) {
  return hex_of(digest_of(all_words(event))).substr(0, stamp_digits);
}

std::string plan_stamp(const Plan& plan, const std::vector<Event>& rows) {
  std::string all;
  add(all, plan.title);
  for (const auto& item : plan.preamble) {
    add(all, item.caption);
    add(all, item.text);
  }
  for (const auto& row : rows) add(all, bytes_of(digest_of(all_words(row))));
  return hex_of(digest_of(all)).substr(0, stamp_digits);
}

bool reaches(const Reach& within, OrganisationId organisation) {
  return within.empty() || !organisation || std::ranges::find(within, organisation) != within.end();
}

Result<Plan> plan_within(db::Unit& unit, PlanId plan, const Reach& within) {
  auto found = unit.plans().find(plan);
  if (!found || !reaches(within, found->organisation)) return Error{Errc::not_found, "there is no such plan"};
  return std::move(*found);
}

Deferred<PlanTable> plan_table(Context& context, PlanId plan, Reach within) {
  return context.store.read([plan, within = std::move(within)](db::Unit& unit) -> Result<PlanTable> {
    auto found = plan_within(unit, plan, within);
    if (!found) return found.error();
    PlanTable table;
    table.plan = std::move(*found);
    table.rows = unit.events().of_plan(plan);
    table.last_edit = unit.plan_edits().last_of_plan(plan);
    table.version = unit.plan_versions().last_of_plan(plan);
    return table;
  });
}

Deferred<std::vector<PlanEdit>> plan_history(Context& context, PlanId plan, Reach within) {
  return context.store.read(
      [plan, within = std::move(within)](db::Unit& unit) -> Result<std::vector<PlanEdit>> {
        const auto found = plan_within(unit, plan, within);
        if (!found) return found.error();
        return unit.plan_edits().of_plan(plan, most_plan_history);
      });
}

}  // namespace convoke::service
