// What the handlers share: reading an address, and the replies that every page or answer of the API is.
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"
#include "web/pages/frame.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace convoke::web {

using SharedSnapshot = std::shared_ptr<const service::Snapshot>;

// The published state, up to date. Errors: storage_unavailable.
boost::asio::awaitable<Result<SharedSnapshot>> snapshot_of(Services& services);

// A positive number within an address. Errors: not_found, so that "/plans/abc" is an unknown page.
Result<std::int64_t> number_in(std::string_view capture);

Reply error_reply(const Request& request, const Error& error);
Reply error_reply(const Request& request, unsigned status, const std::string& message);

// Counts a request whose address names a secret of ours that is none: a calendar's, an answer's (threats G6).
// Zero: say what is wrong with it. Otherwise it was one too many: the whole seconds to wait.
std::chrono::seconds count_wrong_secret(Services& services, const Request& request);
// The same as a reply: 429 when it was one too many, else nothing.
std::optional<Reply> refusal_of_wrong_secret(Services& services, const Request& request);

// Too much is being done just now, and nothing of the form was stored: its page shows what was typed once
// more.
bool is_busy(const Error& error);
// That page: 503, and when to try again.
Reply asking_again(Reply reply);

// The page of an error in the reader's language; the ProblemPage of make_problems().
Reply problem_page_reply(const Request& request, unsigned status, const std::string& message);

// `address`: the page's own, without the language.
Frame frame_of(const Services& services, const Request& request, std::string address);
// 200, or 304 when the reader has these very bytes already (RFC 9110 13.1.2). What is shown to somebody
// signed in is a private page.
Reply page_reply(const Request& request, const Frame& frame, std::string html);
// A page that no cache keeps, the browser's own included (threats D5), and whose forms say where they come
// from.
Reply private_page(const Request& request, const Frame& frame, std::string html, unsigned status = 200);

// The page's script may ask this server, and nobody else: for pages that show what is being entered.
Reply with_fetching(Reply reply);

Reply json_reply(const boost::json::value& value, unsigned status = 200);
// The same of what holds names and addresses: no cache keeps it.
Reply private_json(const boost::json::value& value, unsigned status = 200);

Date today(const Services& services);

// Whether somebody signed in watches over the work of this event; null: nobody is signed in.
bool watches_over(const service::SignedIn* who, const Event& event);

// The pairs of a query without those named.
Pairs without(const Pairs& query, std::initializer_list<std::string_view> names);

// The pairs that have a value: a form sends every field, chosen or not.
Pairs filled(const Pairs& query);

}  // namespace convoke::web
