// What the pages share through which somebody comes in: signing in, an invitation, a link from a mail.
#pragma once

#include "service/accounts.hpp"
#include "web/cookies.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"
#include "web/pages/account_pages.hpp"
#include "web/pages/frame.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace convoke::web {

// A browser that its owner has signed in with is known for so long (threats B2).
inline constexpr std::chrono::hours device_cookie_lasts{180 * 24};

CookieNames cookies_of(const Services& services);

// A page with a form for somebody who may not be signed in.
Frame form_frame(const Services& services, const Request& request, std::string address);
Reply form_page(const Services& services, const Request& request, const Frame& frame, std::string html,
                unsigned status = 200);
// The same at an address that is a secret: no Referer carries it (threats D7).
Reply secret_page(const Services& services, const Request& request, const Frame& frame, std::string html,
                  unsigned status = 200);

// The browser is somebody's from here on. What it had before counts no more.
Reply begin_session(const Services& services, const Request& request, const service::NewSession& session,
                    std::string where);

// What follows a first factor: the session, or the page of the second step.
Reply entered_reply(const Services& services, const Request& request, const service::NewSession& session,
                    const std::string& where);

// Why nobody was signed in, for the form; nothing for what is no fault of who signs in.
std::optional<FormState> refused(const Error& error);
// The status and headers that go with it.
void set_refusal(Reply& reply, const FormState& state);

// What is wrong with a password that somebody chose. Nothing: it can be one.
std::optional<FormProblem> problem_with_password(const std::string& password, const std::string& again,
                                                 const std::string& login, const std::string& name);

// The form of signing in, and the browser that it comes from.
service::SignIn entered_in(const Services& services, const Request& request);

// The page of a link that does not act: 404, 410 when it did once; 429 after too many that never did (threats
// G6).
Reply no_link_reply(Services& services, const Request& request, const Error& error);

}  // namespace convoke::web
