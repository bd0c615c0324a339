// Sending in a paper or an entry: the form, and the author's page behind the link of its mails.
#pragma once

#include "model/submission.hpp"
#include "web/csrf.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

// The body of a form with one file: the largest that is taken, and what a browser writes around it.
inline constexpr std::size_t paper_file_limit = largest_submitted_file + form_limit;

boost::asio::awaitable<Reply> show_call(Services& services, Request request);
boost::asio::awaitable<Reply> take_paper(Services& services, Request request);
// The token in the address is what allows it.
boost::asio::awaitable<Reply> show_paper_link(Services& services, Request request);
boost::asio::awaitable<Reply> take_paper_link(Services& services, Request request);
boost::asio::awaitable<Reply> take_paper_file(Services& services, Request request);
boost::asio::awaitable<Reply> show_own_paper_data(Services& services, Request request);
boost::asio::awaitable<Reply> download_paper_file(Services& services, Request request);

}  // namespace convoke::web
