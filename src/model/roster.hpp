// Who stands behind a name that is no person: an office has holders in turn, a group has members. A plan
// names the office; mail reaches whoever holds it on the day it is sent.
#pragma once

#include "base/date.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

enum class RosterKind { office, group };
std::string_view name_of(RosterKind kind);
std::optional<RosterKind> roster_kind_of(std::string_view name);

// What an office watches over. The head of a section hears of its overdue work, then the chair does.
enum class Duty { none, section_head, chair };
std::string_view name_of(Duty duty);
std::optional<Duty> duty_of(std::string_view name);

// One person's time in an office or a group; both days included, an absent one is open.
struct Tenure {
  PersonId person;
  std::optional<Date> first, last;

  bool operator==(const Tenure&) const = default;
};

constexpr bool holds(const Tenure& tenure, Date day) {
  return (!tenure.first || *tenure.first <= day) && (!tenure.last || day <= *tenure.last);
}

struct Roster {
  RosterId id;
  OrganisationId organisation;
  RosterKind kind = RosterKind::office;
  std::string name;  // as plans write it: "рада об'єднання"
  Duty duty = Duty::none;
  std::string section;  // of a section_head: the plan's section as written; empty: any section
  std::vector<Tenure> tenures;

  bool operator==(const Roster&) const = default;
};

// Leave: mail for `person` goes to `deputy` (or, without one, still to the person) on these days.
struct Absence {
  AbsenceId id;
  PersonId person;
  Date first, last;
  PersonId deputy;

  bool operator==(const Absence&) const = default;
};

}  // namespace convoke
