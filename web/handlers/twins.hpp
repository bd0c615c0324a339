// The other forms of calendars: /feeds/all.json and /feeds/all.atom, with the names and the query of .ics;
// those of calendars of one's own, too.
#pragma once

#include "service/feeds.hpp"
#include "web/feed_reply.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

enum class TwinForm { json, atom };

// The events of `feed` in that form. `name`: of the file, without its suffix.
boost::asio::awaitable<Reply> twin_reply(Services& services, Request request, service::FeedRequest feed,
                                         TwinForm form, Visibility visibility, std::string name);

boost::asio::awaitable<Reply> serve_json_feed(Services& services, Request request);
boost::asio::awaitable<Reply> serve_atom_feed(Services& services, Request request);

}  // namespace convoke::web
