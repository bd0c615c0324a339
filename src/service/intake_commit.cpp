// Entering a draft: one transaction for the plan, its rows, their people and reminders, and for what was put
// right.
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/intake_store.hpp"
#include "service/plan_import.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

Result<PlanId> commit(const Writing& writing, const IntakeOwner& owner, IntakeId id) {
  db::Unit& unit = writing.unit;
  auto open = find_draft(unit, owner, id);
  if (!open) return open.error();
  // Sent twice: the plan is there.
  if (open->intake.committed) return open->intake.committed;
  IntakeDraft& draft = open->draft;
  auto organisation = organisation_of(unit, draft);
  if (draft.plan.organisation && !organisation) return Error{Errc::not_found, "there is no such association"};
  // An association that is new is entered by store_plan(), and has no people yet.
  if (organisation) {
    draft.plan.organisation = organisation->id;
    if (draft.plan.organisation_name.empty()) draft.plan.organisation_name = organisation->name;
  }
  apply_names(unit, draft, draft.plan.organisation, organisation ? organisation->language : Language::uk);
  const ImportedPlan plan = imported_of(draft);
  if (plan.items.empty())
    return Error{Errc::invalid_input, "every row is left out; nothing would be entered"};
  const auto summary = store_plan(writing, plan);
  open->intake.committed = summary.plan;
  const auto stored = unit.plans().find(summary.plan);
  if (stored) {
    keep_corrections(unit, draft, stored->organisation, writing.now);
    draft.plan.organisation = stored->organisation;
  }
  store_draft(unit, *open);
  return summary.plan;
}

}  // namespace

Deferred<PlanId> commit_intake(Context& context, const SignedIn& who, IntakeId id) {
  const IntakeOwner owner(who);
  const Instant now = context.clock.now();
  auto work = [owner, id, now, rules = rules_of(context.settings)](db::Unit& unit) {
    return commit({unit, rules, now}, owner, id);
  };
  return context.store.write(db::Author(owner.actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<PastRows> past_rows(Context& context, const SignedIn& who, PlanId id) {
  const IntakeOwner owner(who);
  const Date today = civil_date(context.clock.now(), context.settings.default_zone);
  return context.store.read([owner, id, today](db::Unit& unit) -> Result<PastRows> {
    auto plan = unit.plans().find(id);
    if (!plan || !owner.may(plan->organisation))
      return Error{Errc::not_found, "there is no such plan"};
    PastRows past;
    past.plan = std::move(*plan);
    for (auto& event : unit.events().of_plan(id)) {
      const bool over = event.period.last && *event.period.last < today;
      // Of a series, each time is answered by itself (service/control.hpp).
      const bool once = event.period.precision != Precision::recurring;
      if (over && once && is_open(event.status) && event.kind != EventKind::goal)
        past.rows.push_back(std::move(event));
    }
    std::stable_sort(past.rows.begin(), past.rows.end(),
                     [](const Event& a, const Event& b) { return a.period.last < b.period.last; });
    return past;
  });
}

}  // namespace convoke::service
