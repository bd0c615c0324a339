// One event as lists show it, and the words about its state that every page shares.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"

#include <string>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// Fills part_event.html. `source`: whose calendar the event comes from; null for one of ours.
void fill_event_line(ctemplate::TemplateDictionary& values, const Event& event, Language language,
                     const std::string* source = nullptr);

// Shows STATUS for what a reader must know: held, moved, cancelled. A planned event needs no label.
void fill_status(ctemplate::TemplateDictionary& values, const Event& event, Language language);

// True when readers still wait for a day: the period is vague and the event neither held nor cancelled.
bool awaits_day(const Event& event);

// "Гайко В.И., бібліотекарі": names before posts; the cell as written when nobody was read out of it.
std::string responsible_line(const Event& event);

}  // namespace convoke::web
