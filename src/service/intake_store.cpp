#include "service/intake_store.hpp"

#include "service/periods.hpp"
#include "service/plan_import.hpp"

#include <algorithm>

namespace convoke::service {

IntakeOwner::IntakeOwner(const SignedIn& who)
    : actor(actor_of(who)), account(who.account), organisation(who.organisation), reach(who.reach) {}

bool IntakeOwner::may(OrganisationId id) const {
  return !organisation || id == organisation || std::find(reach.begin(), reach.end(), id) != reach.end();
}

OrganisationId IntakeOwner::chosen(OrganisationId id) const {
  return id && may(id) ? id : organisation;
}

Result<OpenDraft> find_draft(db::Unit& unit, const IntakeOwner& owner, IntakeId id) {
  if (owner.actor.role != Role::editor)
    return Error{Errc::forbidden, "plans are brought in by those who may change them"};
  auto intake = unit.intakes().find(id);
  if (!intake || intake->account != owner.account)
    return Error{Errc::not_found, "there is no such draft, or its time is over"};
  auto draft = parse_draft_json(intake->draft);
  if (!draft) return draft.error();
  return OpenDraft{std::move(*intake), std::move(*draft)};
}

Result<OpenDraft> find_open_draft(db::Unit& unit, const IntakeOwner& owner, IntakeId id) {
  auto open = find_draft(unit, owner, id);
  if (open && open->intake.committed) return Error{Errc::gone, "this plan was entered already"};
  return open;
}

void store_draft(db::Unit& unit, OpenDraft& open) {
  open.intake.draft = draft_json(open.draft);
  open.intake.organisation = open.draft.plan.organisation;
  unit.intakes().update(open.intake);
}

std::optional<Organisation> organisation_of(db::Unit& unit, const IntakeDraft& draft) {
  if (draft.plan.organisation) return unit.organisations().find(draft.plan.organisation);
  const auto name = name_of_organisation(draft.plan);
  return name.empty() ? std::nullopt : unit.organisations().find_by_name(name);
}

void set_period(DraftRow& row, std::string_view text, const Plan& plan) {
  auto reading = understand_period(text, plan.language, plan.year);
  auto& event = row.item.event;
  put_right(row, static_cast<unsigned>(RowField::period));
  event.period = std::move(reading.period);
  event.status = event.period.is_dated() ? EventStatus::dated : EventStatus::planned;
  for (auto& warning : reading.warnings) row.item.warnings.push_back(std::move(warning));
}

IntakeDraft draft_of(ImportedPlan plan) {
  IntakeDraft draft;
  draft.plan = std::move(plan.plan);
  draft.warnings = std::move(plan.warnings);
  for (auto& item : plan.items) {
    if (!item.schedulable) {
      ++draft.aims;
      continue;
    }
    DraftRow row;
    row.key = ++draft.last_key;
    item.event.as_read = row_as_read(item.event);
    row.item = std::move(item);
    draft.rows.push_back(std::move(row));
  }
  return draft;
}

ImportedPlan imported_of(const IntakeDraft& draft) {
  ImportedPlan plan;
  plan.plan = draft.plan;
  for (const auto& row : draft.rows)
    if (!row.left_out) plan.items.push_back(row.item);
  return plan;
}

}  // namespace convoke::service
