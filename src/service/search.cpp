#include "service/search.hpp"

#include "base/search_words.hpp"
#include "base/text.hpp"
#include "db/store.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

std::vector<std::string> stems_of(const std::vector<std::string>& words) {
  std::vector<std::string> stems;
  for (const auto& word : words) stems.push_back(search_stem(word));
  return stems;
}

// `more` after `found`, each once.
void append_new(std::vector<EventId>& found, const std::vector<EventId>& more) {
  for (const EventId id : more) {
    if (found.size() == static_cast<std::size_t>(most_found)) return;
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  }
}

}  // namespace

Deferred<std::vector<EventId>> search_events(Context& context, std::string text) {
  return context.store.read([text = std::move(text)](db::Unit& unit) -> Result<std::vector<EventId>> {
    if (length(text) > longest_search_text)
      return Error{Errc::invalid_input, "a search has at most " + std::to_string(longest_search_text) +
                                            " characters; give the words that matter"};
    auto words = search_words(text);
    if (words.size() > most_search_words) words.resize(most_search_words);
    auto found = unit.events().search(words, most_found);
    const auto stems = stems_of(words);
    if (stems != words) append_new(found, unit.events().search(stems, most_found));
    return found;
  });
}

}  // namespace convoke::service
