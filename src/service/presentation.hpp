// What the faces of the program (pages, the API) use of the layers below: the words and forms in which events
// and periods are written, the query that chooses events, and an event or a document as a file. Faces include
// this, so that calendar/, documents/ and db/ stay behind the services.
#pragma once

#include "base/deferred.hpp"
#include "calendar/feed_words.hpp"          // IWYU pragma: export
#include "calendar/filters/feed_query.hpp"  // IWYU pragma: export
#include "calendar/period_format.hpp"       // IWYU pragma: export
#include "model/event.hpp"
#include "model/imported_plan.hpp"
#include "model/plan.hpp"
#include "service/context.hpp"
#include "service/snapshot.hpp"

#include <string>

namespace convoke::service {

// A calendar file with this event alone; empty when a calendar has no place for it (goals, events without
// dates).
std::string event_file(const Settings& settings, const Snapshot& snapshot, const Event& event,
                       Language language);

// The document of `convoke import --json`.
std::string plan_document(const ImportedPlan& plan);

// Whether the day of the event stands in the event only, not in the words of its plan.
bool was_fixed_later(const Event& event, const Plan& plan);

// The zone in which the event's times are read: its own or, when nobody knows that name, UTC.
std::string zone_of(const Event& event);

// The number of the newest change, read from the database itself. Errors: storage_unavailable.
Deferred<std::int64_t> check_storage(Context& context);

}  // namespace convoke::service
