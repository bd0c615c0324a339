// Writing what people are told of an event: place, agenda, documents.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_event_details(Services& services, Request request);
// 409 with what was typed and what stands now when somebody was faster; 422 with the message by its field.
boost::asio::awaitable<Reply> save_event_details(Services& services, Request request);
// The draft of its minutes, for Word.
boost::asio::awaitable<Reply> download_minutes(Services& services, Request request);

}  // namespace convoke::web
