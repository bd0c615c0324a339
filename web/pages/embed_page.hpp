// The list of coming events that a partner puts into a page of their own, as HTML and as JSON.
#pragma once

#include "service/feed_entries.hpp"
#include "web/http.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

inline constexpr std::size_t usual_embedded_entries = 10;
inline constexpr std::size_t most_embedded_entries = 50;

struct EmbedQuery {
  calendar::FeedQuery filter;  // its `lang` is the language of the list
  std::size_t count = usual_embedded_entries;
};

// Errors: those of calendar::parse_feed_query, and invalid_input for a count outside 1 to
// most_embedded_entries.
Result<EmbedQuery> parse_embed_query(const Pairs& pairs);

std::string embed_json_path(const calendar::FeedQuery& query);

// Frame::language is the list's, Frame::address is not used.
std::string render_embed(const std::vector<service::FeedEntry>& entries, const calendar::FeedQuery& query,
                         const service::Snapshot& snapshot, const Frame& frame);
std::string embed_json(const std::vector<service::FeedEntry>& entries, const calendar::FeedQuery& query,
                       const service::Snapshot& snapshot, const Frame& frame);

// The lines to put into a page: an <iframe>.
std::string embed_snippet(const calendar::FeedQuery& query, const service::Snapshot& snapshot,
                          const Frame& frame);

}  // namespace convoke::web
