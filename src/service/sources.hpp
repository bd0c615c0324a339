// Calendars coming in: a neighbour's calendar, uploaded or read from its address again and again, becomes
// events that are read-only here. What is broken keeps its last good state and tells the organisers.
#pragma once

#include "base/deferred.hpp"
#include "model/source.hpp"
#include "service/context.hpp"
#include "service/fetch.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_sources = 200;
inline constexpr std::size_t longest_source_name = 200;  // code points

struct NewSource {
  std::string name;  // empty: as the calendar calls itself, or its host
  std::string url;
  std::chrono::minutes every{360};
  bool shared = true;
  OrganisationId organisation;

  NewSource() = default;
};

// What one reading changed.
struct SourceReading {
  CalendarSource source;  // as it stands after
  int added = 0, updated = 0, unchanged = 0, removed = 0;
  std::vector<std::string> warnings;  // in English, with lines of the file
};

// Stores the source; it is due at once. Errors: forbidden, invalid_input, not_found (the organisation),
// conflict (this address is read already), limit_exceeded.
Deferred<CalendarSource> add_source(Context& context, const Actor& actor, NewSource source);

// A source that is a file, read at once: nothing is stored when it cannot be read. Errors: also those of
// calendar::read_calendar.
Deferred<SourceReading> add_source_file(Context& context, const Actor& actor, NewSource source,
                                        std::string bytes);
// The same file again, updated by UID. Errors: also not_found; invalid_input for one with an address.
Deferred<SourceReading> replace_source_file(Context& context, const Actor& actor, SourceId id,
                                            std::string bytes);

// By id. Whoever may not write sees those that are shared, without their addresses, which may be secret, and
// without the words of errors, which may repeat them.
Deferred<std::vector<CalendarSource>> list_sources(Context& context, const Actor& actor);

// With its events. Errors: forbidden, not_found.
Deferred<bool> remove_source(Context& context, const Actor& actor, SourceId id);

// Tells the organisers that `source` is broken; false when nobody could be told.
using TellOrganisers = std::function<bool(const CalendarSource& source)>;

// Told again when it is still broken after so long.
inline constexpr std::chrono::days told_again_after{7};

// Reads the source now: blocks for the fetch, and holds no transaction meanwhile. What cannot be read is no
// error but the state of the source returned. Errors: not_found, invalid_input for a file,
// storage_unavailable. For the refresher's thread and for tests.
Result<SourceReading> read_source(Context& context, Fetcher& fetcher, const TellOrganisers& tell,
                                  SourceId id);

// When to try again: after `every`, doubled with each failure in a row up to a day (or `every`, if that is
// longer), and up to a tenth later, so that what broke together is not asked together.
Instant next_source_try(Instant now, const CalendarSource& source);

}  // namespace convoke::service
