// A document to a plan: title, year, stamps, aims, and a row for everything that is to happen. Nothing is
// repaired silently: what was joined, guessed or taken from elsewhere is said in a warning of its item.
#pragma once

#include "documents/document.hpp"
#include "model/imported_plan.hpp"
#include "model/period_reading.hpp"

#include <optional>
#include <string>

namespace convoke::documents {

struct PlanReadOptions {
  PeriodReader period_reader;       // required
  std::optional<PlanContext> year;  // given by a person; wins over what the document says
  std::string zone;                 // IANA name, of every event
  std::string source_name;          // the file's name without folders
  // Taken, and said in a warning, when the document names none.
  std::optional<PlanContext> assumed_year = {};
};

// Warnings begin with a stable word: joined, period, person, kind, year, columns, number, place, title,
// section. Errors: not_a_plan (no row that could be scheduled), invalid_input (no year in the document and
// none given), limit_exceeded (max_items).
Result<ImportedPlan> read_plan(const Document& document, const PlanReadOptions& options);

}  // namespace convoke::documents
