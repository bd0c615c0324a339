#include "service/organisation_tree.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace convoke::service {
namespace {

Error may_not() {
  return {Errc::forbidden, "organisations are the administrator's"};
}

Error no_such_organisation() {
  return {Errc::not_found, "there is no such organisation"};
}

using Children = std::map<OrganisationId, std::vector<OrganisationRow>>;

void add_below(Children& children, OrganisationId parent, int depth, std::vector<OrganisationRow>& rows) {
  auto& own = children[parent];
  std::sort(own.begin(), own.end(), [](const auto& a, const auto& b) {
    return compare_in("uk", a.organisation.name, b.organisation.name) < 0;
  });
  for (auto& row : own) {
    row.depth = depth;
    const auto id = row.organisation.id;
    rows.push_back(std::move(row));
    if (depth < deepest_tree) add_below(children, id, depth + 1, rows);
  }
}

std::vector<OrganisationRow> tree_in(db::Unit& unit) {
  std::map<OrganisationId, OrganisationRow> all;
  for (auto& one : unit.organisations().list()) {
    const auto id = one.id;
    all[id].organisation = std::move(one);
  }
  const auto count = [&all](OrganisationId id, int OrganisationRow::*field) {
    if (const auto found = all.find(id); found != all.end()) ++(found->second.*field);
  };
  for (const auto& plan : unit.plans().list()) count(plan.organisation, &OrganisationRow::plans);
  for (const auto& person : unit.people().list()) count(person.organisation, &OrganisationRow::people);
  for (const auto& account : unit.accounts().list())
    if (!account.closed) count(account.organisation, &OrganisationRow::accounts);
  Children children;
  for (auto& [id, row] : all) {
    const auto parent = row.organisation.parent;
    children[all.contains(parent) ? parent : OrganisationId{}].push_back(std::move(row));
  }
  std::vector<OrganisationRow> rows;
  add_below(children, {}, 0, rows);
  return rows;
}

// How many stand above `id`, itself counted.
int depth_of(db::Unit& unit, OrganisationId id) {
  int depth = 0;
  for (auto one = unit.organisations().find(id); one && depth <= deepest_tree; ++depth)
    one = unit.organisations().find(one->parent);
  return depth;
}

// How many stand one below the other from `id` on.
int height_of(db::Unit& unit, OrganisationId id) {
  if (!id) return 1;
  int height = 0;
  const int above = depth_of(unit, id);
  for (const auto below : unit.organisations().within(id))
    height = std::max(height, depth_of(unit, below) - above + 1);
  return height;
}

Result<void> check_place(db::Unit& unit, const Organisation& organisation) {
  const auto parent = organisation.parent;
  if (!parent) return {};
  if (!unit.organisations().find(parent)) return no_such_organisation();
  if (organisation.id) {
    const auto below = unit.organisations().within(organisation.id);
    if (std::find(below.begin(), below.end(), parent) != below.end())
      return Error{Errc::conflict, "an organisation cannot lie below itself"};
  }
  if (depth_of(unit, parent) + height_of(unit, organisation.id) > deepest_tree)
    return Error{Errc::limit_exceeded,
                 "at most " + std::to_string(deepest_tree) + " organisations lie one below the other"};
  return {};
}

Result<Organisation> applied(db::Unit& unit, Organisation organisation, const OrganisationPatch& patch) {
  TextChanges texts;
  texts.apply(patch.name, organisation.name, longest_label, "the name");
  texts.apply(patch.contact, organisation.contact, longest_label, "the contact");
  if (texts.error()) return *texts.error();
  organisation.name = collapse_spaces(organisation.name);
  if (organisation.name.empty()) return Error{Errc::invalid_input, "an organisation needs a name"};
  if (patch.zone) {
    const auto zone = check_zone(*patch.zone);
    if (!zone) return zone.error();
    organisation.zone = *patch.zone;
  }
  if (patch.language) organisation.language = *patch.language;
  if (patch.tier) organisation.tier = *patch.tier;
  if (patch.parent) organisation.parent = *patch.parent;
  const auto same = unit.organisations().find_by_name(organisation.name);
  if (same && same->id != organisation.id)
    return Error{Errc::conflict, "there is an organisation of this name already"};
  if (const auto fine = check_place(unit, organisation); !fine) return fine.error();
  return organisation;
}

}  // namespace

Deferred<std::vector<OrganisationRow>> organisation_tree(Context& context, Actor actor) {
  if (actor.role != Role::editor) return Deferred<std::vector<OrganisationRow>>::ready(may_not());
  return context.store.read(tree_in);
}

Deferred<Organisation> add_organisation(Context& context, Actor actor, OrganisationPatch entry) {
  if (actor.role != Role::editor) return Deferred<Organisation>::ready(may_not());
  const auto work = [entry = std::move(entry),
                     zone = context.settings.default_zone](db::Unit& unit) -> Result<Organisation> {
    if (unit.organisations().list().size() >= most_organisations)
      return Error{Errc::limit_exceeded,
                   "there are " + std::to_string(most_organisations) + " organisations already"};
    Organisation fresh;
    fresh.zone = zone;
    auto organisation = applied(unit, fresh, entry);
    if (!organisation) return organisation.error();
    organisation->id = unit.organisations().insert(*organisation);
    return organisation;
  };
  return context.store.write(db::Author(actor.name, context.clock.now()), work);
}

Deferred<Organisation> change_organisation(Context& context, Actor actor, OrganisationId id,
                                           OrganisationPatch patch) {
  if (actor.role != Role::editor) return Deferred<Organisation>::ready(may_not());
  const auto work = [id, patch = std::move(patch)](db::Unit& unit) -> Result<Organisation> {
    const auto before = unit.organisations().find(id);
    if (!before) return no_such_organisation();
    auto organisation = applied(unit, *before, patch);
    if (!organisation) return organisation.error();
    unit.organisations().update(*organisation);
    return organisation;
  };
  return context.store.write(db::Author(actor.name, context.clock.now()), work)
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
