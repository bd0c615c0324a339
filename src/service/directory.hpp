// Keeping the directory: people and how mail reaches them, offices and their holders, groups and their
// members, leave. Mail follows at once, for who a mail goes to is asked when it leaves
// (notify/directory.hpp).
#pragma once

#include "base/deferred.hpp"
#include "model/person.hpp"
#include "model/roster.hpp"
#include "notify/directory.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::service {

using notify::text_of;
using notify::Unreached;
using notify::unreached_count;

// Who keeps whose directory. Of one association: its people, offices and leave, and what belongs to none;
// another association's things are unknown to them (not_found). Every use case here asks an actor who may
// edit, those that only look one who may read; errors: forbidden.
struct Keeper {
  Actor actor;
  OrganisationId organisation;             // 0: of all
  std::vector<OrganisationId> reach = {};  // it and what lies below it, by id; empty: it alone

  Keeper() = default;
  Keeper(Actor a, OrganisationId o, std::vector<OrganisationId> r = {})
      : actor(std::move(a)), organisation(o), reach(std::move(r)) {}
};
// Administrators, and organisers of no one association, keep all.
Keeper keeper_of(const SignedIn& who);

inline constexpr std::size_t most_rosters = 5'000, most_tenures = 1'000, most_absences = 20'000;
inline constexpr int longest_absence = 3 * 366;  // days

struct KnownPerson {
  Person person;
  notify::Unreached trouble = notify::Unreached::none;  // why no mail reaches them
  bool away = false;                                    // on leave today
};

// What a keeper sees, as of one moment.
struct DirectoryView {
  std::vector<KnownPerson> people;  // by name
  std::vector<Roster> rosters;      // by name
  std::vector<Absence> absences;    // by first day
  std::vector<Organisation> organisations;
  Date today{};
  std::unordered_map<PersonId, std::size_t> places;  // in `people`

  const KnownPerson* find(PersonId id) const;
  const Roster* find(RosterId id) const;
  std::string name_of(PersonId id) const;  // empty for somebody unknown
};
Deferred<DirectoryView> view_directory(Context& context, Keeper keeper);

// What is absent stays.
struct PersonPatch {
  std::optional<std::string> name, post;
  std::optional<std::string> email;  // empty: mail no longer reaches them. An address entered counts as good
                                     // again, whatever came back from it before.
  std::optional<Language> language;
  std::optional<MailRhythm> rhythm;
};
// Errors: not_found, invalid_input for a name or an address that is none.
Deferred<Person> change_person(Context& context, Keeper keeper, PersonId id, PersonPatch patch);

// A person meant by number, or by name ("Гайко В.И."; "Гайко В.И. #12" among namesakes).
struct PersonChoice {
  PersonId id;
  std::string who;  // read when id is 0
};

// Enters or replaces an office or a group, its tenures too. Errors: invalid_input for the name or the days,
// conflict when the association has an office or group of this name, limit_exceeded, not_found for somebody
// unknown or an id that is.
Deferred<Roster> save_roster(Context& context, Keeper keeper, Roster roster);
// What an office or a group is; its tenures stay. Errors: the same.
struct RosterDescription {
  std::string name;
  RosterKind kind = RosterKind::office;
  Duty duty = Duty::none;
  std::string section;
};
Deferred<Roster> describe_roster(Context& context, Keeper keeper, RosterId id, RosterDescription description);
Deferred<bool> remove_roster(Context& context, Keeper keeper, RosterId id);

struct NewTenure {
  PersonChoice person;
  std::optional<Date> first, last;
  bool succeeds = false;  // whoever holds it on `first` held it until the day before
};
// Errors: not_found for somebody unknown, conflict for a name that several bear, invalid_input for days in
// the wrong order and for a successor without a first day.
Deferred<Roster> add_tenure(Context& context, Keeper keeper, RosterId id, NewTenure tenure);
// The `position`-th tenure, from 0, which is `person`'s, ends on `last`; without a day it never was. Errors:
// conflict when it is no longer theirs, invalid_input for a day before its first.
Deferred<Roster> end_tenure(Context& context, Keeper keeper, RosterId id, std::size_t position,
                            PersonId person, std::optional<Date> last);

struct NewAbsence {
  PersonChoice person, deputy;  // a deputy may be absent
  Date first{}, last{};
};
// Errors: not_found, conflict as add_tenure(); invalid_input for days in the wrong order, more than
// longest_absence of them, and somebody who stands in for themself.
Deferred<Absence> add_absence(Context& context, Keeper keeper, NewAbsence absence);
// The same of one that is there.
Deferred<Absence> change_absence(Context& context, Keeper keeper, AbsenceId id, NewAbsence absence);
Deferred<bool> remove_absence(Context& context, Keeper keeper, AbsenceId id);

}  // namespace convoke::service
