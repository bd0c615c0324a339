#include "service/minutes.hpp"

#include "db/store.hpp"
#include "service/event_details.hpp"

#include <utility>

namespace convoke::service {
namespace {

Language language_of_event(db::Unit& unit, const Event& event,
                           const std::optional<Organisation>& organisation) {
  if (const auto plan = unit.plans().find(event.plan))
    if (const auto language = language_of(plan->language)) return *language;
  return organisation ? organisation->language : Language::uk;
}

}  // namespace

Deferred<MinutesFacts> minutes_facts(Context& context, Editor editor, EventId id) {
  if (auto no = detail_refusal(editor)) return Deferred<MinutesFacts>::ready(std::move(*no));
  return context.store.read([editor = std::move(editor), id](db::Unit& unit) -> Result<MinutesFacts> {
    auto event = event_to_detail(unit, editor, id);
    if (!event) return event.error();
    MinutesFacts facts;
    const auto organisation = unit.organisations().find(event->organisation);
    if (organisation) facts.association = organisation->name;
    facts.language = language_of_event(unit, *event, organisation);
    for (const auto& one : unit.registrations().counts(id)) {
      if (takes_part(one.state)) facts.registered += one.count;
      if (one.state == RegistrationState::attended) facts.came += one.count;
    }
    facts.event = std::move(*event);
    return facts;
  });
}

Deferred<std::string> write_minutes(Context& context, documents::MinutesDocument minutes) {
  return begun_elsewhere<std::string>(context, [minutes = std::move(minutes)] {
    return Deferred<std::string>::ready(documents::write_minutes_docx(minutes));
  });
}

}  // namespace convoke::service
