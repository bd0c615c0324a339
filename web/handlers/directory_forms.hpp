// What the handlers of the directory's pages share.
#pragma once

#include "service/directory.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"
#include "web/pages/directory_page.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>

namespace convoke::web {

// Whose directory a request is about: that of who is signed in; all of it for a token.
service::Keeper keeper_in(const Request& request);

// A day of a form; an empty field is no day. Errors: invalid_input.
Result<std::optional<Date>> day_in(const Request& request, std::string_view field);

// `page` of a list, 1 when there is none.
DirectoryQuery query_in(const Request& request);
bool was_saved(const Request& request);
std::string saved(std::string path);

// The directory as the page of one who keeps it: `render` makes the page from it. 422 after a problem.
using RenderDirectory = std::function<std::string(const Frame&, const service::DirectoryView&)>;
boost::asio::awaitable<Reply> directory_reply(Services& services, Request request, std::string address,
                                              bool problem, RenderDirectory render);

// What a form is shown again with; for trouble of the database the error's own page.
bool is_ours(const Error& error);
// Of forms that name somebody and days.
DirectoryProblem problem_of(const Error& error);

}  // namespace convoke::web
