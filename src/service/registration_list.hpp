// Registering many at once from a table (CSV, XLSX, ODS …): first what would become of each row, then all of
// it in one transaction. The columns are those of the directory (service/people_table.hpp).
#pragma once

#include "service/registration_desk.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_listed_people = 1'000;

enum class ListedFate {
  registered,  // gets a place
  waiting,     // every place is taken: goes to the waiting list
  no_room,     // every place is taken, and there is no list
  known,       // the address is registered already
  twice,       // the address stood in the table before
  wrong,       // `problem` says why
};

struct ListedPerson {
  int line = 0;  // in the file, from 1
  std::string name, email, institution;
  ListedFate fate = ListedFate::registered;
  std::optional<RegistrationProblem> problem;

  ListedPerson() = default;
};

struct RegistrationList {
  std::vector<ListedPerson> people;  // in the order of the file
  std::string table;                 // the rows once more as CSV: what commit_registration_list() takes
  AttendanceFormat format = AttendanceFormat::hall;

  RegistrationList() = default;
};

// Changes nothing. Errors: not_found; those of documents::read_document(); invalid_input for a table without
// a column of names, or a format that is not offered; limit_exceeded above most_listed_people.
Deferred<RegistrationList> preview_registration_list(Context& context, Actor actor, DeskScope scope,
                                                     std::string bytes, std::string file_name,
                                                     AttendanceFormat format);
// Registers those who can be, judged anew, and gives what became of each. Who has an address hears of it by
// the mail that everybody gets. Fields of the form that the table cannot hold stay empty. Errors: those of
// preview_registration_list().
Deferred<RegistrationList> commit_registration_list(Context& context, Actor actor, DeskScope scope,
                                                    std::string table, AttendanceFormat format);

}  // namespace convoke::service
