// One entry of a calendar as the preview and the embedded list show it.
#pragma once

#include "service/feed_entries.hpp"

#include <string>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// "14 листопада 2024, 10:00–12:00", "14 – 16 …": the days and hours at which the entry stands in a calendar.
std::string entry_when(const service::FeedEntry& entry, Language language);

// "2024-11-14T10:00" or "2024-11-14": for the datetime attribute of <time>, local to the event.
std::string entry_machine_time(const service::FeedEntry& entry);

// Fills the ENTRY sections of subscribe.html and bare_embed.html. `base_url`: what links begin with; empty
// for links within the site.
void fill_entry_line(ctemplate::TemplateDictionary& values, const service::FeedEntry& entry,
                     Language language, const std::string& base_url = {});

}  // namespace convoke::web
