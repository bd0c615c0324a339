// The table of an event's registrations as a file.
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "documents/table_writer.hpp"
#include "notify/planner.hpp"
#include "service/attendance_marks.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_scope.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

std::optional<Instant> seen_on(const RegistrationExport& what, RegistrationId who, Date day) {
  const auto days = what.here.find(who);
  if (days == what.here.end()) return std::nullopt;
  const auto found = days->second.find(day);
  return found == days->second.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Deferred<RegistrationExport> export_registrations(Context& context, Actor actor, DeskScope scope) {
  if (auto no = desk_refusal(actor)) return Deferred<RegistrationExport>::ready(std::move(*no));
  return context.store.read([scope](db::Unit& unit) -> Result<RegistrationExport> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    auto form = desk_form(unit, scope);
    if (!form) return form.error();
    RegistrationExport all;
    db::RegistrationSelection selection;
    selection.event = scope.event;
    all.rows = unit.registrations().list(selection);
    const auto marks = marks_of(unit, *event);
    all.days = marks.days();
    for (const auto& one : all.rows)
      for (const auto day : all.days)
        if (const auto since = here_since(marks, one, day)) all.here[one.id].emplace(day, *since);
    all.event = std::move(*event);
    all.form = std::move(*form);
    return all;
  });
}

std::string registration_file(const RegistrationExport& what, const ExportWords& words, bool xlsx) {
  const auto zone = notify::zone_of(what.event);
  const auto moment = [&](const std::optional<Instant>& at) {
    if (!at) return std::string();
    const auto civil = to_civil(*at, zone);
    return format_iso(civil.date) + " " + format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
  };
  documents::Table table;
  table.name = what.event.title;
  table.headings = words.headings;
  // Of one day the state says it.
  const auto days = what.days.size() > 1 ? what.days : std::vector<Date>();
  for (const auto day : days) table.headings.push_back(format_iso(day));
  for (const auto& field : what.form.fields) table.headings.push_back(label_in(field, words.language));
  for (const auto& one : what.rows) {
    std::vector<std::string> cells = {one.name,
                                      one.email,
                                      one.institution,
                                      words.formats.at(one.format),
                                      words.states.at(one.state),
                                      moment(one.submitted),
                                      moment(one.confirmed)};
    for (const auto day : days) cells.push_back(moment(seen_on(what, one.id, day)));
    for (const auto& field : what.form.fields) {
      const auto found =
          std::ranges::find_if(one.answers, [&](const auto& pair) { return pair.first == field.key; });
      cells.push_back(found == one.answers.end() ? std::string() : found->second);
    }
    table.rows.push_back(std::move(cells));
  }
  return xlsx ? write_table_xlsx(table) : write_table_csv(table);
}

}  // namespace convoke::service
