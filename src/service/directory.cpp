#include "service/directory.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"
#include "service/directory_scope.hpp"
#include "service/event_store.hpp"
#include "service/people.hpp"
#include "service/people_store.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace convoke::service {
namespace {

// One change of the directory in a transaction of its own; `work` is handed the unit and the keeper. What
// waits for an address may be due now.
template<class T, class Work>
Deferred<T> changed(Context& context, const Keeper& keeper, Work work) {
  if (const auto may = check_may_edit(keeper); !may) return Deferred<T>::ready(may.error());
  return context.store
      .write(db::Author(keeper.actor.name, context.clock.now()),
             [keeper, work = std::move(work)](db::Unit& unit) -> Result<T> { return work(unit, keeper); })
      .after_success(context.reminders_queued);
}

template<class Named>
void sort_by_name(std::vector<Named>& all, const std::string& (*name)(const Named&)) {
  std::stable_sort(all.begin(), all.end(),
                   [&](const Named& a, const Named& b) { return compare_in("uk", name(a), name(b)) < 0; });
}

DirectoryView view_of(db::Unit& unit, const Keeper& keeper, Date today) {
  const notify::AddressBook book(notify::read_directory(unit));
  const auto& all = book.directory();
  DirectoryView view;
  view.today = today;
  view.organisations = all.organisations;
  std::unordered_set<PersonId> away;
  for (const auto& one : all.absences)
    if (one.first <= today && today <= one.last) away.insert(one.person);
  for (const auto& person : all.people)
    if (keeps(keeper, person.organisation))
      view.people.push_back({person, book.trouble_of(person), away.contains(person.id)});
  for (const auto& roster : all.rosters)
    if (keeps(keeper, roster.organisation)) view.rosters.push_back(roster);
  sort_by_name<KnownPerson>(view.people,
                            [](const KnownPerson& one) -> const std::string& { return one.person.name; });
  sort_by_name<Roster>(view.rosters, [](const Roster& one) -> const std::string& { return one.name; });
  for (std::size_t i = 0; i < view.people.size(); ++i) view.places.emplace(view.people[i].person.id, i);
  for (const auto& absence : all.absences)
    if (view.places.contains(absence.person)) view.absences.push_back(absence);
  return view;
}

Result<void> apply(const PersonPatch& patch, Person& person) {
  if (patch.name) {
    const auto name = checked_text(*patch.name, longest_name, "the name");
    if (!name) return name.error();
    person.name = collapse_spaces(*name);
    if (person.name.empty()) return Error{Errc::invalid_input, "a person needs a name"};
  }
  if (patch.post) {
    const auto post = checked_text(*patch.post, longest_name, "the post");
    if (!post) return post.error();
    person.post = collapse_spaces(*post);
  }
  if (patch.email && trim(*patch.email).empty()) {
    person.email.clear();
  } else if (patch.email) {
    auto email = check_email(*patch.email);
    if (!email) return email.error();
    person.email = std::move(*email);
  }
  person.language = patch.language.value_or(person.language);
  person.rhythm = patch.rhythm.value_or(person.rhythm);
  return {};
}

Error wrong_days() {
  return {Errc::invalid_input, "the last day must not be before the first"};
}

// The absence that is meant, without its id. Errors: as add_absence() says.
Result<Absence> checked_absence(db::Unit& unit, const Keeper& keeper, const NewAbsence& wanted) {
  const auto person = chosen_person(unit, keeper, wanted.person);
  if (!person) return person.error();
  Absence absence;
  absence.person = person->id;
  absence.first = wanted.first;
  absence.last = wanted.last;
  if (wanted.deputy.id || !trim(wanted.deputy.who).empty()) {
    const auto deputy = chosen_person(unit, keeper, wanted.deputy);
    if (!deputy) return deputy.error();
    absence.deputy = deputy->id;
  }
  if (!absence.first.ok() || !absence.last.ok() || absence.last < absence.first) return wrong_days();
  if ((to_days(absence.last) - to_days(absence.first)).count() >= longest_absence)
    return Error{Errc::invalid_input, "leave lasts at most " + std::to_string(longest_absence) + " days"};
  if (absence.deputy == absence.person)
    return Error{Errc::invalid_input, "nobody stands in for themself; choose somebody else"};
  return absence;
}

// Errors: not_found also for the leave of another association's person.
Result<Absence> kept_absence(db::Unit& unit, const Keeper& keeper, AbsenceId id) {
  for (const auto& absence : unit.absences().list())
    if (absence.id == id && kept_person(unit, keeper, absence.person)) return absence;
  return Error{Errc::not_found, "there is no such leave"};
}

}  // namespace

Keeper keeper_of(const SignedIn& who) {
  const bool of_all = who.role == AccountRole::administrator;
  if (of_all || !who.organisation) return {actor_of(who), OrganisationId{}};
  return {actor_of(who), who.organisation, who.reach};
}

const KnownPerson* DirectoryView::find(PersonId id) const {
  const auto place = places.find(id);
  return place == places.end() ? nullptr : &people[place->second];
}

const Roster* DirectoryView::find(RosterId id) const {
  const auto found =
      std::find_if(rosters.begin(), rosters.end(), [&](const Roster& one) { return one.id == id; });
  return found == rosters.end() ? nullptr : &*found;
}

std::string DirectoryView::name_of(PersonId id) const {
  const auto* known = find(id);
  return known == nullptr ? std::string() : known->person.name;
}

Deferred<DirectoryView> view_directory(Context& context, Keeper keeper) {
  if (const auto may = check_may_read(keeper); !may) return Deferred<DirectoryView>::ready(may.error());
  return context.store.read(
      [keeper, today = today_of(context)](db::Unit& unit) { return view_of(unit, keeper, today); });
}

Deferred<Person> change_person(Context& context, Keeper keeper, PersonId id, PersonPatch patch) {
  const Instant now = context.clock.now();
  return changed<Person>(context, keeper,
                         [id, patch, now, rules = rules_of(context.settings)](
                             db::Unit& unit, const Keeper& by) -> Result<Person> {
                           auto person = kept_person(unit, by, id);
                           if (!person) return person;
                           const std::string name = name_key(person->name);
                           if (const auto fine = apply(patch, *person); !fine) return fine.error();
                           unit.people().update(*person);
                           // Whoever enters an address says that it is right now.
                           if (patch.email && !person->email.empty())
                             unit.address_troubles().clear(person->email);
                           if (name_key(person->name) != name) link_events({unit, rules, now}, {*person});
                           return person;
                         });
}

Deferred<Roster> save_roster(Context& context, Keeper keeper, Roster roster) {
  return changed<Roster>(context, keeper, [roster](db::Unit& unit, const Keeper& by) -> Result<Roster> {
    auto checked = checked_roster(unit, by, roster);
    if (checked) checked->id = unit.rosters().save(*checked);
    return checked;
  });
}

Deferred<Roster> describe_roster(Context& context, Keeper keeper, RosterId id,
                                 RosterDescription description) {
  return changed<Roster>(context, keeper, [=](db::Unit& unit, const Keeper& by) -> Result<Roster> {
    auto roster = kept_roster(unit, by, id);
    if (!roster) return roster;
    roster->name = description.name;
    roster->kind = description.kind;
    roster->duty = description.duty;
    roster->section = description.section;
    auto checked = checked_roster(unit, by, std::move(*roster));
    if (checked) unit.rosters().save(*checked);
    return checked;
  });
}

Deferred<bool> remove_roster(Context& context, Keeper keeper, RosterId id) {
  return changed<bool>(context, keeper, [id](db::Unit& unit, const Keeper& by) -> Result<bool> {
    if (const auto roster = kept_roster(unit, by, id); !roster) return roster.error();
    return unit.rosters().remove(id);
  });
}

Deferred<Roster> add_tenure(Context& context, Keeper keeper, RosterId id, NewTenure tenure) {
  return changed<Roster>(context, keeper, [id, tenure](db::Unit& unit, const Keeper& by) -> Result<Roster> {
    auto roster = kept_roster(unit, by, id);
    if (!roster) return roster;
    const auto person = chosen_person(unit, by, tenure.person);
    if (!person) return person.error();
    if (tenure.succeeds && !tenure.first) return Error{Errc::invalid_input, "a successor needs a first day"};
    if (tenure.succeeds)
      for (auto& one : roster->tenures)
        if (holds(one, *tenure.first)) one.last = add_days(*tenure.first, -1);
    // Whoever was to begin on that very day never did.
    std::erase_if(roster->tenures,
                  [](const Tenure& one) { return one.first && one.last && *one.last < *one.first; });
    roster->tenures.push_back({person->id, tenure.first, tenure.last});
    auto checked = checked_roster(unit, by, std::move(*roster));
    if (checked) unit.rosters().save(*checked);
    return checked;
  });
}

Deferred<Roster> end_tenure(Context& context, Keeper keeper, RosterId id, std::size_t position,
                            PersonId person, std::optional<Date> last) {
  const auto work = [=](db::Unit& unit, const Keeper& by) -> Result<Roster> {
    auto roster = kept_roster(unit, by, id);
    if (!roster) return roster;
    auto& tenures = roster->tenures;
    if (position >= tenures.size() || tenures[position].person != person)
      return Error{Errc::conflict, "somebody changed this office meanwhile; look again"};
    if (!last)
      tenures.erase(tenures.begin() + static_cast<std::ptrdiff_t>(position));
    else if (tenures[position].first && *last < *tenures[position].first)
      return wrong_days();
    else
      tenures[position].last = *last;
    unit.rosters().save(*roster);
    return roster;
  };
  return changed<Roster>(context, keeper, work);
}

Deferred<Absence> add_absence(Context& context, Keeper keeper, NewAbsence absence) {
  return changed<Absence>(context, keeper, [absence](db::Unit& unit, const Keeper& by) -> Result<Absence> {
    auto checked = checked_absence(unit, by, absence);
    if (!checked) return checked;
    if (unit.absences().list().size() >= most_absences)
      return Error{Errc::limit_exceeded, "there are " + std::to_string(most_absences) + " leaves already"};
    checked->id = unit.absences().insert(*checked);
    return checked;
  });
}

Deferred<Absence> change_absence(Context& context, Keeper keeper, AbsenceId id, NewAbsence absence) {
  return changed<Absence>(context, keeper,
                          [id, absence](db::Unit& unit, const Keeper& by) -> Result<Absence> {
                            if (const auto known = kept_absence(unit, by, id); !known) return known;
                            auto checked = checked_absence(unit, by, absence);
                            if (!checked) return checked;
                            checked->id = id;
                            unit.absences().update(*checked);
                            return checked;
                          });
}

Deferred<bool> remove_absence(Context& context, Keeper keeper, AbsenceId id) {
  return changed<bool>(context, keeper, [id](db::Unit& unit, const Keeper& by) -> Result<bool> {
    if (const auto known = kept_absence(unit, by, id); !known) return known.error();
    return unit.absences().remove(id);
  });
}

}  // namespace convoke::service
