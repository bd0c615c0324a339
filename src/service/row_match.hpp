// Which rows of a document are the events that an earlier reading of it made. All rows are looked at
// together: a row that kept its title must not lose its event to one that was put before it.
#pragma once

#include "model/event.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace convoke::service {

// For each of `rows` the index of its event in `known`, each event at most once. A row is an event when they
// share section and title (the period decides between rows of one title), or else the title; of what is left
// on both sides, when they share section and number and their titles share most words, or the period and the
// people. A title is what the event is called now or what the document called it last.
std::vector<std::optional<std::size_t>> match_rows(const std::vector<Event>& known,
                                                   const std::vector<Event>& rows);

// How many of `rows` match one of `known` by title alone.
std::size_t count_same_titles(const std::vector<Event>& known, const std::vector<Event>& rows);

// True when at least half of the words of the longer title are in both. Words of one or two letters do not
// count.
bool are_similar_titles(std::string_view a, std::string_view b);

}  // namespace convoke::service
