// Gzip (RFC 1952) of whole bodies, and of feeds whose runs of events keep their compressed form from one body
// to the next.
#pragma once

#include "base/rope.hpp"
#include "calendar/feed.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

// The same for the same bytes.
std::string gzip(std::string_view bytes);

// One member, as every client reads it: runs that were compressed before are not compressed again. A feed of
// one run is compressed as a whole, which takes less room.
Rope gzip(const calendar::FeedParts& feed);

// How many bytes gzip() would have to compress.
std::size_t bytes_to_compress(const calendar::FeedParts& feed);

}  // namespace convoke::service
