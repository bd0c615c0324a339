#include "service/new_plan.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

// The association that the plan is of, entered when it is new.
Result<Organisation> organisation_of(db::Unit& unit, const Editor& editor, const NewPlan& plan,
                                     const std::string& zone) {
  const auto within = [&](OrganisationId id) {
    return editor.within.empty() ||
           std::find(editor.within.begin(), editor.within.end(), id) != editor.within.end();
  };
  const Error unknown(Errc::not_found, "there is no such association");
  if (plan.organisation) {
    const auto found = unit.organisations().find(plan.organisation);
    if (!found || !within(found->id)) return unknown;
    return *found;
  }
  const auto name = checked_text(plan.organisation_name, longest_title, "the association");
  if (!name) return name.error();
  Organisation entered;
  entered.name = collapse_spaces(*name);
  if (entered.name.empty()) return Error{Errc::invalid_input, "say whose plan it is"};
  if (const auto known = unit.organisations().find_by_name(entered.name)) {
    if (!within(known->id)) return unknown;
    return *known;
  }
  if (!editor.within.empty()) return unknown;
  entered.zone = zone;
  entered.language = language_of(plan.language).value_or(Language::uk);
  entered.id = unit.organisations().insert(entered);
  return entered;
}

}  // namespace

Deferred<PlanId> create_plan(Context& context, Editor editor, NewPlan plan) {
  if (editor.actor.role != Role::editor)
    return Deferred<PlanId>::ready(Error{Errc::forbidden, "only organisers write plans"});
  plan.zone = std::string(trim(plan.zone));
  if (!plan.zone.empty())
    if (const auto known = check_zone(plan.zone); !known) return Deferred<PlanId>::ready(known.error());
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  const auto zone = plan.zone.empty() ? context.settings.default_zone : plan.zone;
  auto transaction = [editor = std::move(editor), plan = std::move(plan), now,
                      zone](db::Unit& unit) -> Result<PlanId> {
    const auto title = checked_text(plan.title, longest_title, "the title");
    if (!title) return title.error();
    Plan made;
    made.title = collapse_spaces(*title);
    if (made.title.empty()) return Error{Errc::invalid_input, "a plan needs a title"};
    const auto organisation = organisation_of(unit, editor, plan, zone);
    if (!organisation) return organisation.error();
    for (const auto& known : unit.plans().list())
      if (known.organisation == organisation->id && known.year == plan.year &&
          fold(known.title) == fold(made.title))
        return Error{Errc::conflict, "this association has a plan of that title for that year"};
    made.organisation = organisation->id;
    made.organisation_name = organisation->name;
    made.language = plan.language;
    made.year = plan.year;
    made.zone = plan.zone.empty() ? organisation->zone : plan.zone;
    made.imported = now;
    return unit.plans().insert(made);
  };
  return context.store.write(author, std::move(transaction));
}

}  // namespace convoke::service
