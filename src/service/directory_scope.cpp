#include "service/directory_scope.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::service {
namespace {

// The number of "Гайко В.И. #12"; 0 without one. `name` is left without it.
PersonId number_behind(std::string_view& name) {
  const auto mark = name.rfind('#');
  if (mark == std::string_view::npos) return {};
  const auto digits = name.substr(mark + 1);
  PersonId id;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
  if (problem != std::errc() || end != digits.data() + digits.size()) return {};
  name = trim(name.substr(0, mark));
  return id;
}

Result<void> check_tenures(db::Unit& unit, const Keeper& keeper, const Roster& before,
                           const std::vector<Tenure>& tenures) {
  if (tenures.size() > most_tenures)
    return Error{Errc::limit_exceeded,
                 "an office or a group has at most " + std::to_string(most_tenures) + " holders or members"};
  for (const auto& tenure : tenures) {
    if (tenure.first && tenure.last && *tenure.last < *tenure.first)
      return Error{Errc::invalid_input, "the last day must not be before the first"};
    const bool was_there = std::any_of(before.tenures.begin(), before.tenures.end(),
                                       [&](const Tenure& one) { return one.person == tenure.person; });
    if (was_there) continue;
    if (const auto person = kept_person(unit, keeper, tenure.person); !person) return person.error();
  }
  return {};
}

Result<void> check_own_name(db::Unit& unit, const Roster& roster) {
  const auto all = unit.rosters().list();
  if (!roster.id && all.size() >= most_rosters)
    return Error{Errc::limit_exceeded,
                 "there are " + std::to_string(most_rosters) + " offices and groups already"};
  const std::string name = fold(roster.name);
  for (const auto& other : all)
    if (other.id != roster.id && other.organisation == roster.organisation && fold(other.name) == name)
      return Error{Errc::conflict, "there is an office or a group of this name already"};
  return {};
}

}  // namespace

bool keeps(const Keeper& keeper, OrganisationId organisation) {
  return !keeper.organisation || !organisation || keeper.organisation == organisation ||
         std::binary_search(keeper.reach.begin(), keeper.reach.end(), organisation);
}

Result<void> check_may_read(const Keeper& keeper) {
  if (keeper.actor.role == Role::anonymous)
    return Error{Errc::forbidden, "the directory is for those who keep it"};
  return {};
}

Result<void> check_may_edit(const Keeper& keeper) {
  if (keeper.actor.role != Role::editor)
    return Error{Errc::forbidden, "the directory needs a token with the scope write"};
  return {};
}

Result<Person> kept_person(db::Unit& unit, const Keeper& keeper, PersonId id) {
  auto person = unit.people().find(id);
  if (!person || !keeps(keeper, person->organisation))
    return Error{Errc::not_found, "there is no such person"};
  return std::move(*person);
}

Result<Person> chosen_person(db::Unit& unit, const Keeper& keeper, const PersonChoice& choice) {
  if (choice.id) return kept_person(unit, keeper, choice.id);
  if (!is_valid_utf8(choice.who)) return Error{Errc::invalid_input, "the name is not valid UTF-8"};
  const std::string written = collapse_spaces(choice.who);
  std::string_view name = written;
  if (const auto id = number_behind(name)) return kept_person(unit, keeper, id);
  auto named = unit.people().find_by_name(std::string(name));
  std::erase_if(named, [&](const Person& one) { return !keeps(keeper, one.organisation); });
  if (named.empty())
    return Error{Errc::not_found, "nobody is called '" + ellipsize(name, 60) + "'; enter the person first"};
  if (named.size() > 1)
    return Error{Errc::conflict, "more than one person is called '" + ellipsize(name, 60) +
                                     "'; write the number behind the name: #" +
                                     std::to_string(named.front().id.value)};
  return std::move(named.front());
}

Result<Roster> kept_roster(db::Unit& unit, const Keeper& keeper, RosterId id) {
  auto roster = unit.rosters().find(id);
  if (!roster || !keeps(keeper, roster->organisation))
    return Error{Errc::not_found, "there is no such office or group"};
  return std::move(*roster);
}

Result<Roster> checked_roster(db::Unit& unit, const Keeper& keeper, Roster roster) {
  Roster before;
  if (roster.id) {
    auto stored = kept_roster(unit, keeper, roster.id);
    if (!stored) return stored.error();
    before = std::move(*stored);
  } else if (keeper.organisation) {
    roster.organisation = keeper.organisation;
  }
  if (!keeps(keeper, roster.organisation) ||
      (roster.organisation && !unit.organisations().find(roster.organisation)))
    return Error{Errc::not_found, "there is no such organisation"};
  const auto name = checked_text(roster.name, longest_name, "the name");
  if (!name) return name.error();
  roster.name = collapse_spaces(*name);
  if (roster.name.empty()) return Error{Errc::invalid_input, "an office or a group needs a name"};
  const auto section = checked_text(roster.section, longest_title, "the section");
  if (!section) return section.error();
  roster.section = roster.duty == Duty::section_head ? collapse_spaces(*section) : std::string();
  if (const auto fine = check_own_name(unit, roster); !fine) return fine.error();
  if (const auto fine = check_tenures(unit, keeper, before, roster.tenures); !fine) return fine.error();
  return roster;
}

Date today_of(const Context& context) {
  return civil_date(context.clock.now(), context.settings.default_zone);
}

}  // namespace convoke::service
