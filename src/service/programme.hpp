// The programme of a conference: what everybody reads, and what organisers make of it.
#pragma once

#include "base/deferred.hpp"
#include "service/conflicts.hpp"
#include "service/context.hpp"
#include "service/programme_edits.hpp"
#include "service/snapshot.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::service {

// As everybody may read it: telephones and addresses are hidden, what waits for a section is left out.
struct PublishedProgramme {
  Event conference;
  Programme programme;
};
// Errors: not_found for an event that is not published or has no section; storage_unavailable.
Deferred<PublishedProgramme> published_programme(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                                 EventId event);
// Whether there is something to read.
Deferred<bool> has_programme(Context& context, EventId event);

// Somebody of the programme is needed elsewhere, or its room is: what other events of these days take.
struct OutsideClash {
  std::size_t section = 0, row = 0;  // places in the programme
  FoundConflict conflict;
};

struct ProgrammeDesk {
  Event conference;
  Programme programme;
  std::vector<ProgrammeClash> clashes;
  std::vector<OutsideClash> outside;
};
// Errors: forbidden, not_found, storage_unavailable.
Deferred<ProgrammeDesk> programme_desk(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                       Actor actor, EventId event);

// One step. `version`: of the programme that was looked at. The programme as it is now. Errors: as
// store_programme(), forbidden, not_found, storage_unavailable.
Deferred<Programme> edit_programme(Context& context, Actor actor, EventId event, int version,
                                   ProgrammeEdit edit);
// The whole at once; without a version whatever there is is replaced.
Deferred<Programme> replace_programme(Context& context, Actor actor, EventId event, Programme wanted,
                                      std::optional<int> version);

// A calendar file with the conference and every talk that has its hours; empty when there is none.
std::string programme_file(const Settings& settings, const Snapshot& snapshot, const Event& conference,
                           Language language);

}  // namespace convoke::service
