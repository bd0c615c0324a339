// Bringing documents in: a plan (or a calendar file of events) becomes stored events, with their reminders,
// in one transaction.
#pragma once

#include "base/deferred.hpp"
#include "model/imported_plan.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct ImportRequest {
  std::string bytes;
  std::string file_name;            // a hint at the format, and kept as the plan's source
  std::optional<PlanContext> year;  // what the document itself does not say
  std::string zone;                 // IANA; empty: the settings' default
  std::optional<PlanContext> assumed_year;  // taken, with a warning, when nothing else names one

  ImportRequest() = default;
};

struct ImportSummary {
  PlanId plan;      // 0 for a calendar file
  int events = 0;   // new ones
  int updated = 0;  // known by their UID (calendar files)
  int unchanged = 0;
  int reminders_planned = 0;
  int reminders_missed = 0;  // their time was past already: recorded, never sent
  std::vector<std::string> warnings;
  std::vector<EventId> ids;
};

// Reads without storing. Errors: not_a_plan, unsupported_format, limit_exceeded, invalid_input.
Result<ImportedPlan> read_document(const ImportRequest& request, const std::string& default_zone);

// The same where long work runs: for a server's loop.
Deferred<ImportedPlan> preview_document(Context& context, ImportRequest request);

// True when the bytes are an iCalendar file.
bool is_calendar_file(const ImportRequest& request);

// Reads and stores a plan or a calendar file. Errors of read_document, and storage_unavailable, forbidden.
Deferred<ImportSummary> import_document(Context& context, Actor actor, ImportRequest request);

}  // namespace convoke::service
