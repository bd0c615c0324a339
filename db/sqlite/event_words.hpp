// The words of events, for searching (SQLite FTS5). They are folded before they are stored and before they
// are asked for (base/search_words.hpp): FTS5 knows nothing of і and ї.
#pragma once

#include "db/sqlite/connection.hpp"
#include "model/event.hpp"

#include <string>
#include <vector>

namespace convoke::db::sqlite {

// Stores what `event`, which has its id, is found by; replaces what was stored of it.
void index_event(Connection& connection, const Event& event);
void forget_event(Connection& connection, EventId id);

// Events that have, for each of `beginnings`, a word that begins so: the best first. A word of the title
// counts more than a name, a name more than a place, a place more than the rest.
std::vector<EventId> find_events(Connection& connection, const std::vector<std::string>& beginnings,
                                 int limit);

}  // namespace convoke::db::sqlite
