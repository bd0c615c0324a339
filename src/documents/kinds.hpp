// What kind of event a row of a plan is, by cue words in four languages. The words stand in kind_cues.tsv,
// which a librarian can extend without reading code; lower order wins.
#pragma once

#include "model/event.hpp"

#include <string>
#include <string_view>

namespace convoke::documents {

// What the kind was read from; whatever is not the title itself is a guess that deserves a warning.
enum class KindBasis { title, full_title, section, nothing };

struct KindReading {
  EventKind kind = EventKind::task;
  KindBasis basis = KindBasis::nothing;
};

// Quoted and bracketed text and what follows "в рамках" count only when the rest of the title has no cue;
// then the section; then all-year work is an ongoing_task and the rest a task.
KindReading read_kind(std::string_view title, std::string_view section, const Period& period);
EventKind kind_of(std::string_view title, std::string_view section, const Period& period);

// "Участие в …", "Участь у …", "Удзел у …", "Participation in …": somebody else's event.
Involvement involvement_of_title(std::string_view title);

}  // namespace convoke::documents
