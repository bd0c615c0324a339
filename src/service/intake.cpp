#include "service/intake.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"
#include "service/intake_store.hpp"
#include "service/next_year.hpp"
#include "service/plan_import.hpp"
#include "service/row_changes.hpp"

#include <algorithm>
#include <map>

namespace convoke::service {
namespace {

const Error may_not(Errc::forbidden, "plans are brought in by those who may change them");

// The year of a document that names none: this one, or the next when this one is nearly over.
PlanContext assumed_year(Date today) {
  constexpr unsigned october = 10;
  const int year = static_cast<int>(today.year());
  return PlanContext::calendar_year(static_cast<unsigned>(today.month()) >= october ? year + 1 : year);
}

void make_room(db::Unit& unit, AccountId account, Instant now) {
  unit.intakes().remove_expired(now);
  const auto known = unit.intakes().of_account(account);
  for (std::size_t i = most_open_intakes - 1; i < known.size(); ++i) unit.intakes().remove(known[i].id);
}

// Stores a draft that was just made.
Result<IntakeId> store_new(db::Unit& unit, const IntakeOwner& owner, Intake intake, IntakeDraft draft,
                           Instant now) {
  const auto organisation = organisation_of(unit, draft);
  if (draft.plan.organisation && !organisation) return Error{Errc::not_found, "there is no such association"};
  if (organisation) apply_corrections(unit, draft, organisation->id);
  // A time zone that nobody chose is the association's.
  if (intake.zone.empty() && organisation) {
    intake.zone = organisation->zone;
    for (auto& row : draft.rows) row.item.event.zone = organisation->zone;
  }
  if (intake.zone.empty())
    intake.zone = draft.rows.empty() ? std::string("UTC") : draft.rows.front().item.event.zone;
  make_room(unit, owner.account, now);
  intake.account = owner.account;
  intake.organisation = draft.plan.organisation;
  intake.draft = draft_json(draft);
  intake.created = now;
  intake.expires = now + intake_lifetime;
  return unit.intakes().insert(intake);
}

Deferred<IntakeId> read_and_store(Context& context, const IntakeOwner& owner, IntakeUpload upload) {
  const Instant now = context.clock.now();
  ImportRequest request;
  request.bytes = upload.bytes;
  request.file_name = upload.file_name;
  request.year = upload.year;
  request.zone = upload.zone;
  request.assumed_year = assumed_year(civil_date(now, context.settings.default_zone));
  if (is_calendar_file(request))
    return Deferred<IntakeId>::ready(Error{
        Errc::unsupported_format, "this is a calendar file, not a plan; add it as a neighbour's calendar"});
  auto plan = read_document(request, context.settings.default_zone);
  if (!plan) return Deferred<IntakeId>::ready(plan.error());
  IntakeDraft draft = draft_of(std::move(*plan));
  draft.plan.organisation = owner.chosen(upload.organisation);
  Intake intake;
  intake.file_name = draft.plan.source_name;
  intake.bytes = std::move(upload.bytes);
  intake.zone = request.zone;
  auto work = [owner, intake = std::move(intake), draft = std::move(draft), now](db::Unit& unit) {
    return store_new(unit, owner, intake, draft, now);
  };
  return context.store.write(db::Author(owner.actor.name, now), std::move(work));
}

std::vector<Person> people_of(db::Unit& unit, const std::optional<Organisation>& organisation) {
  std::vector<Person> people;
  if (!organisation) return people;
  for (auto& person : unit.people().list())
    if (!person.organisation || person.organisation == organisation->id) people.push_back(std::move(person));
  const std::string_view language = tag_of(organisation->language);
  std::sort(people.begin(), people.end(),
            [&](const Person& a, const Person& b) { return compare_in(language, a.name, b.name) < 0; });
  return people;
}

Result<IntakeDesk> desk_of(db::Unit& unit, const IntakeOwner& owner, IntakeId id) {
  auto open = find_draft(unit, owner, id);
  if (!open) return open.error();
  IntakeDesk desk;
  desk.intake = std::move(open->intake);
  desk.has_document = !desk.intake.bytes.empty();
  desk.intake.bytes.clear();
  desk.intake.draft.clear();
  desk.draft = std::move(open->draft);
  desk.totals = totals_of(desk.draft);
  const auto organisation = organisation_of(unit, desk.draft);
  desk.names = match_names(unit, desk.draft, organisation ? organisation->id : OrganisationId{});
  desk.people = people_of(unit, organisation);
  desk.of_all = !owner.organisation;
  for (auto& one : unit.organisations().list())
    if (owner.may(one.id)) desk.organisations.push_back(std::move(one));
  if (organisation && !desk.intake.committed) {
    Plan plan = desk.draft.plan;
    plan.organisation = organisation->id;
    std::vector<Event> rows;
    for (auto& item : imported_of(desk.draft).items) rows.push_back(std::move(item.event));
    std::vector<std::string> ignored;
    desk.known = find_known(unit, plan, rows, ignored);
  }
  return desk;
}

// The periods of the draft in another year: those that a person typed by the grammar, the others as the
// document says them, for only the reader knows what stands around them.
void read_in_year(IntakeDraft& draft, const std::optional<ImportedPlan>& again) {
  std::map<std::string, std::vector<const ImportedItem*>> by_raw;
  if (again)
    for (const auto& item : again->items)
      if (item.schedulable) by_raw[item.raw].push_back(&item);
  for (auto& row : draft.rows) {
    auto& same = by_raw[row.item.raw];
    const bool typed = has(row.put_right | row.remembered, RowField::period) || same.empty() ||
                       row.item.event.period.source_text != same.front()->event.period.source_text;
    if (typed) {
      set_period(row, std::string(row.item.event.period.source_text), draft.plan);
    } else {
      put_right(row, static_cast<unsigned>(RowField::period));
      row.put_right &= ~static_cast<unsigned>(RowField::period);
      row.item.event.period = same.front()->event.period;
      for (const auto& warning : same.front()->warnings)
        if (field_of_warning(warning) == RowField::period) row.item.warnings.push_back(warning);
    }
    if (same.size() > 1) same.erase(same.begin());
    row.item.event.status = row.item.event.period.is_dated() ? EventStatus::dated : EventStatus::planned;
  }
  std::erase_if(draft.warnings, [](const std::string& warning) { return warning.starts_with("year:"); });
}

std::optional<ImportedPlan> read_again(const Intake& intake, const PlanContext& year) {
  if (intake.bytes.empty()) return std::nullopt;
  ImportRequest request;
  request.bytes = intake.bytes;
  request.file_name = intake.file_name;
  request.year = year;
  request.zone = intake.zone;
  auto plan = read_document(request, intake.zone);
  return plan ? std::optional(std::move(*plan)) : std::nullopt;
}

Result<PlanEntry> checked(PlanEntry entry) {
  const auto title = checked_text(entry.title, longest_title, "the title");
  if (!title) return title.error();
  const auto name = checked_text(entry.organisation_name, longest_label, "the association's name");
  if (!name) return name.error();
  if (const auto zone = check_zone(entry.zone); !zone) return zone.error();
  entry.title = collapse_spaces(*title);
  entry.organisation_name = collapse_spaces(*name);
  if (entry.title.empty()) return Error{Errc::invalid_input, "a plan needs a title"};
  return entry;
}

Result<bool> apply_entry(db::Unit& unit, const IntakeOwner& owner, IntakeId id, const PlanEntry& entry) {
  auto open = find_open_draft(unit, owner, id);
  if (!open) return open.error();
  Plan& plan = open->draft.plan;
  plan.title = entry.title;
  plan.organisation = owner.chosen(entry.organisation);
  if (!plan.organisation) plan.organisation_name = entry.organisation_name;
  if (plan.organisation && !unit.organisations().find(plan.organisation))
    return Error{Errc::not_found, "there is no such association"};
  open->intake.zone = entry.zone;
  for (auto& row : open->draft.rows) row.item.event.zone = entry.zone;
  if (plan.year != entry.year) {
    plan.year = entry.year;
    read_in_year(open->draft, read_again(open->intake, entry.year));
  }
  std::erase_if(open->draft.warnings,
                [](const std::string& warning) { return warning.starts_with("year:"); });
  store_draft(unit, *open);
  return true;
}

}  // namespace

const NameMatch* IntakeDesk::match(const std::string& name) const {
  const std::string key = name_key(name);
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.key == key; });
  return found == names.end() ? nullptr : &*found;
}

Deferred<IntakeId> begin_intake(Context& context, const SignedIn& who, IntakeUpload upload) {
  const IntakeOwner owner(who);
  if (owner.actor.role != Role::editor) return Deferred<IntakeId>::ready(may_not);
  return begun_elsewhere<IntakeId>(context, [&context, owner, upload = std::move(upload)] {
    return read_and_store(context, owner, upload);
  });
}

Deferred<IntakeId> begin_next_year(Context& context, const SignedIn& who, PlanId id) {
  const IntakeOwner owner(who);
  if (owner.actor.role != Role::editor) return Deferred<IntakeId>::ready(may_not);
  const Instant now = context.clock.now();
  auto work = [owner, id, now, zone = context.settings.default_zone](db::Unit& unit) -> Result<IntakeId> {
    const auto plan = unit.plans().find(id);
    if (!plan || !owner.may(plan->organisation)) return Error{Errc::not_found, "there is no such plan"};
    const auto events = unit.events().of_plan(id);
    Intake intake;
    intake.file_name = ellipsize(plan->title, 200);
    intake.zone = zone_of_new_row(*plan, events.empty() ? nullptr : &events.front(), zone);
    return store_new(unit, owner, std::move(intake), next_year_draft(*plan, events), now);
  };
  return context.store.write(db::Author(owner.actor.name, now), std::move(work));
}

Deferred<IntakeDesk> open_intake(Context& context, const SignedIn& who, IntakeId id) {
  const IntakeOwner owner(who);
  return context.store.read([owner, id](db::Unit& unit) { return desk_of(unit, owner, id); });
}

Deferred<std::vector<Intake>> list_intakes(Context& context, const SignedIn& who) {
  const IntakeOwner owner(who);
  return context.store.read([owner, now = context.clock.now()](db::Unit& unit) {
    auto intakes = unit.intakes().of_account(owner.account);
    std::erase_if(intakes, [&](const Intake& one) { return one.expires <= now || one.committed; });
    return intakes;
  });
}

Deferred<bool> drop_intake(Context& context, const SignedIn& who, IntakeId id) {
  const IntakeOwner owner(who);
  auto work = [owner, id](db::Unit& unit) -> Result<bool> {
    const auto open = find_draft(unit, owner, id);
    if (!open) return open.error();
    return unit.intakes().remove(id);
  };
  return context.store.write(db::Author(owner.actor.name, context.clock.now()), std::move(work));
}

Deferred<bool> change_intake(Context& context, const SignedIn& who, IntakeId id, PlanEntry entry) {
  const IntakeOwner owner(who);
  auto fine = checked(std::move(entry));
  if (!fine) return Deferred<bool>::ready(fine.error());
  auto work = [owner, id, entry = std::move(*fine)](db::Unit& unit) {
    return apply_entry(unit, owner, id, entry);
  };
  return context.store.write(db::Author(owner.actor.name, context.clock.now()), std::move(work));
}

}  // namespace convoke::service
