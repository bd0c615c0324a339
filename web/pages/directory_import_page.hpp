// Bringing people in from a table: choosing the file, looking at what would become of each row, and what did.
#pragma once

#include "service/directory_import.hpp"
#include "web/pages/directory_page.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

enum class ImportProblem { no_file, no_table, too_many, unreadable };
// What a form for a table is shown with again; nothing: the error has a page of its own.
std::optional<ImportProblem> problem_of_import(const Error& error);
std::string import_problem_text(ImportProblem problem, std::size_t most, Language language);

struct DirectoryImportView {
  std::optional<service::DirectoryPreview> preview;  // absent: a file is to be chosen
  std::optional<service::PeopleSummary> summary;     // it was brought in just now
  std::optional<ImportProblem> problem;
};
std::string render_directory_import(const Frame& frame, const DirectoryImportView& view);

// Rows of one preview that may be decided about; a form has 200 fields at most. The others are left out this
// time and asked about when the table is brought in again.
inline constexpr std::size_t most_asked_rows = 150;

// The field of the form that decides about the row of this line.
std::string decision_field(int line);

}  // namespace convoke::web
