// Gzip (RFC 1952) of whole bodies, and of feeds whose runs of events keep their compressed form from one body
// to the next.
#pragma once

#include "base/rope.hpp"
#include "calendar/feed.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace convoke::service {

// The same for the same bytes.
std::string gzip(std::string_view bytes);

// Up to this size a feed is compressed as a whole: that packs a third better than its runs, and is sent more
// often than made.
inline constexpr std::size_t longest_compressed_whole = std::size_t{1} << 20U;

// One member, as every client reads it: in a longer feed, runs that were compressed before are not compressed
// again.
Rope gzip(const calendar::FeedParts& feed);

// How many bytes gzip() would have to compress.
std::size_t bytes_to_compress(const calendar::FeedParts& feed);

}  // namespace convoke::service
