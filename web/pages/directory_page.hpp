// The directory in the workplace: people, offices and groups, leave. Each page shows what one keeper sees.
#pragma once

#include "service/directory.hpp"
#include "web/pages/directory_words.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

inline constexpr std::size_t directory_page_size = 50;  // people or offices on one page
inline constexpr std::size_t most_suggested = 1'000;    // names that a field suggests

// What every page of the directory has.
struct DirectoryState {
  std::optional<DirectoryProblem> problem;  // of the form that was sent
  bool saved = false;
};

// Pages and words of a list.
struct DirectoryQuery {
  std::string words;
  std::size_t page = 1;
};

// The forms, as they were entered.
struct PersonEntry {
  std::string name, email, post;
  OrganisationId organisation;
};
struct OfficeEntry {
  std::string name, section;
  RosterKind kind = RosterKind::office;
  Duty duty = Duty::none;
  OrganisationId organisation;
};
struct TenureEntry {
  std::string who, first, last;
  bool succeeds = false;
};
struct AbsenceEntry {
  std::string who, first, last, deputy;
};

std::string render_people(const Frame& frame, const service::DirectoryView& directory,
                          const DirectoryQuery& query, const PersonEntry& entered,
                          const DirectoryState& state);
// Precondition: the directory has the person.
std::string render_person(const Frame& frame, const service::DirectoryView& directory, PersonId person,
                          const AbsenceEntry& leave, const DirectoryState& state);
std::string render_offices(const Frame& frame, const service::DirectoryView& directory,
                           const DirectoryQuery& query, const OfficeEntry& entered,
                           const DirectoryState& state);
// Precondition: the directory has the office or group.
std::string render_office(const Frame& frame, const service::DirectoryView& directory, RosterId roster,
                          const TenureEntry& entered, const DirectoryState& state);
std::string render_leave(const Frame& frame, const service::DirectoryView& directory,
                         const AbsenceEntry& entered, const DirectoryState& state);

}  // namespace convoke::web
