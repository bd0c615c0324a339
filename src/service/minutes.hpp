// What the draft of an event's minutes begins with, and the draft as a document. What it says is the face's
// to compose; here it is put on paper, where long work runs.
#pragma once

#include "base/deferred.hpp"
#include "documents/minutes_document.hpp"  // IWYU pragma: export
#include "service/context.hpp"
#include "service/plan_edits.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

struct MinutesFacts {
  Event event;
  std::string association;           // empty: of none
  Language language = Language::uk;  // of the plan, else of the association
  int registered = 0, came = 0;      // over the registration of the event

  MinutesFacts() = default;
};

// Errors: forbidden (no editor), not_found (also another association's, a neighbour's, a talk's),
// storage_unavailable.
Deferred<MinutesFacts> minutes_facts(Context& context, Editor editor, EventId event);
// The bytes of the .docx. Errors: storage_unavailable when too much waits.
Deferred<std::string> write_minutes(Context& context, documents::MinutesDocument minutes);

}  // namespace convoke::service
