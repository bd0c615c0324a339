// The paper of an event: certificates and their register, badges, the list to sign; and the public page that says
// whether a certificate is true.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_papers(Services& services, Request request);
boost::asio::awaitable<Reply> save_papers(Services& services, Request request);
boost::asio::awaitable<Reply> put_papers_background(Services& services, Request request);
boost::asio::awaitable<Reply> issue_papers(Services& services, Request request);
boost::asio::awaitable<Reply> reissue_papers(Services& services, Request request);
boost::asio::awaitable<Reply> change_certificate(Services& services, Request request);
boost::asio::awaitable<Reply> download_certificate(Services& services, Request request);
boost::asio::awaitable<Reply> download_paper(Services& services, Request request);

boost::asio::awaitable<Reply> show_verify(Services& services, Request request);
boost::asio::awaitable<Reply> show_certificate(Services& services, Request request);
boost::asio::awaitable<Reply> download_own_certificate(Services& services, Request request);

}  // namespace convoke::web
