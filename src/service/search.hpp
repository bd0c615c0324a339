// Finding events by words of their titles, people and places, however their letters and endings are written.
#pragma once

#include "base/deferred.hpp"
#include "model/ids.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

inline constexpr int most_found = 100;

// Events in which every word of `text` stands, or a word that begins so, the best first; after them those
// that have the words with other endings. Nothing for a text without a word. At most `most_found`. Errors:
// invalid_input for a text that is too long, storage_unavailable.
Deferred<std::vector<EventId>> search_events(Context& context, std::string text);

}  // namespace convoke::service
