// Bringing people into the directory from a table (CSV, XLSX, ODS …): first what would become of each row,
// and why, then all of it in one transaction. Namesakes are asked about, never guessed.
#pragma once

#include "base/deferred.hpp"
#include "model/person.hpp"
#include "service/directory.hpp"
#include "service/people.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_imported_people = 2'000;

enum class RowFate {
  added,    // nobody of this name is known
  changed,  // somebody is, and the row says something new
  same,     // nothing new
  asks,     // it may be one of `candidates`: a decision is needed, else the row is left out
  wrong,    // it cannot be used; `trouble` says why
};
enum class RowTrouble { none, address, language, organisation, twice, name_long };

struct PeopleRow {
  int line = 0;  // in the file, from 1
  std::string name, email, post, organisation;
  std::optional<Language> language;
  RowFate fate = RowFate::wrong;
  RowTrouble trouble = RowTrouble::none;
  PersonId known;                  // of changed and same
  std::vector<std::string> news;   // of changed: what it says newly, as it is stored now: "email: a@b.c"
  std::vector<Person> candidates;  // of asks
};

struct DirectoryPreview {
  std::vector<PeopleRow> rows;  // in the order of the file
  int added = 0, changed = 0, same = 0, asks = 0, wrong = 0;
  std::string table;  // the rows once more as CSV: what commit_people() takes
};
// Changes nothing. Errors: forbidden; those of documents::read_document(); invalid_input for a table without
// a column of names; limit_exceeded above most_imported_people.
Deferred<DirectoryPreview> preview_people(Context& context, Keeper keeper, std::string bytes,
                                          std::string file_name);

// What somebody said about a row that asks.
struct RowDecision {
  PersonId same_as;     // one of its candidates
  bool as_new = false;  // somebody else of this name
};
// All rows that can be used, in one transaction, judged anew against what is stored by now. Rows that ask and
// were not decided, and wrong ones, are left out and told in the warnings. Errors: those of preview_people();
// not_found for a decision that names nobody of the candidates.
Deferred<PeopleSummary> commit_people(Context& context, Keeper keeper, std::string table,
                                      std::map<int, RowDecision> decisions);

// Whether two names may be one person's: equal, or the same surname and initials that fit each other ("Гайко
// В.И." and "Гайко Вера Ивановна", "Гайко В."). Pure.
bool may_be_same(std::string_view one, std::string_view other);

}  // namespace convoke::service
