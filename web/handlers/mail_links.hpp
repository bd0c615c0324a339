// The pages behind the signed links of mails, which people open without signing in.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// `path`: what stands before the token, "/answer/". In the language of whom the mail was sent to, unless they
// chose another one here.
Frame mail_link_frame(const Services& services, const Request& request, std::string_view path,
                      const std::optional<Language>& of_person);

// Its address is a secret (threats D7): no Referer may carry it.
Reply mail_link_reply(const Request& request, const Frame& frame, std::string html, unsigned status);

// The page of a link that does not act: 404, 410 when its time is over; 429 after too many that never did
// (threats G6). Other errors: their usual page.
Reply no_mail_link(Services& services, const Request& request, std::string_view path, const Error& error);

}  // namespace convoke::web
