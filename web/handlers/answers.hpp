// The pages behind the links in mails, and answers over the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

// GET shows and changes nothing, whoever follows the link; POST acts. No session and no cookie is asked for:
// the token in the address is what allows it.
boost::asio::awaitable<Reply> show_answer(Services& services, Request request);
boost::asio::awaitable<Reply> take_answer(Services& services, Request request);

boost::asio::awaitable<Reply> list_answers_api(Services& services, Request request);
// Of what organisers of the event's association may see on its page; `lang` says in which words.
boost::asio::awaitable<Reply> list_history_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_participants_api(Services& services, Request request);
boost::asio::awaitable<Reply> give_answer_api(Services& services, Request request);
boost::asio::awaitable<Reply> decide_answer_api(Services& services, Request request);

}  // namespace convoke::web
