// Joins rendered events into a calendar: the whole body that a subscriber fetches. The same fragments and
// head give the same bytes, on every node and after every restart, so that the digest of its pieces can be
// its ETag.
#pragma once

#include "base/clock.hpp"
#include "base/rope.hpp"
#include "calendar/feed_chunk.hpp"
#include "calendar/ical_event.hpp"

#include <memory>
#include <span>
#include <string>

namespace convoke::calendar {

// RFC 7986 REFRESH-INTERVAL and Outlook's X-PUBLISHED-TTL; the Cache-Control max-age of a feed must not
// exceed it.
inline constexpr std::chrono::seconds feed_refresh_interval = std::chrono::hours{1};

struct FeedHead {
  std::string name;  // what the calendar is called in a client; one line, at most 255 octets are written
  std::string description;
  std::string url;     // the page of these events
  std::string source;  // the address of the feed itself
  std::string zone;    // IANA name: the zone of the association
  Language language = Language::uk;
  std::string color = "steelblue";  // a CSS3 colour name; an unknown one is replaced by the default
};

// A calendar in pieces: what stands before its events, these, and the end.
struct FeedParts {
  Rope::Piece head;  // with the VTIMEZONEs
  FeedChunks chunks;
  std::string etag;  // strong, with its quotes; of the digests of the pieces
  Instant last_modified{};

  Rope rope() const;
};

// The last line of every calendar.
Rope::Piece feed_end();

// LAST-MODIFIED is the latest of the members. Valid without any: RFC 5545 asks for a component, so the zone's
// VTIMEZONE stands alone then.
FeedParts join_feed(const FeedHead& head, FeedChunks chunks);

struct Feed {
  std::string body;  // text/calendar; charset=utf-8
  std::string etag;  // strong, with its quotes
  Instant last_modified{};
};

// `last_modified`: the latest visible change of anything the feed shows or has shown, as the change log knows
// it. Fragments with empty text are skipped; of two with one UID the later changed stays. Valid without any
// event: RFC 5545 asks for a component, so the zone's VTIMEZONE stands alone then.
Feed assemble_feed(const FeedHead& head, std::span<const std::shared_ptr<const Fragment>> fragments,
                   Instant last_modified);

// A file with this event alone, for "add to calendar" and as the attachment of a mail; without the name of a
// calendar, so that no client makes a new one (MS-OXCICAL). Empty when `view` shows nothing of the event.
std::string single_event_file(const Event& event, const FeedView& view, const EventContext& context = {});

// The same of what is rendered already, under another METHOD (RFC 5546 1.4). Empty for a fragment without
// text.
std::string file_of(const Fragment& fragment, std::string_view method);

// "#4682b4" for "steelblue"; empty when the name is none of CSS3's that a feed may have.
std::string_view color_code(std::string_view name);

}  // namespace convoke::calendar
