// Registering for an event: the form, and the links of the mails about it.
#pragma once

#include "model/registration_file.hpp"
#include "service/registrations.hpp"
#include "web/csrf.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace convoke::web {

// A form with as many files as it may ask for, and one file alone.
inline constexpr std::size_t registration_file_limit = largest_registration_file + form_limit;
inline constexpr std::size_t registration_form_limit =
    most_file_fields * largest_registration_file + form_limit;

// 413 when there is more than a form besides the files: the room is for those alone (threats A6).
std::optional<Reply> refusal_of_words(const Request& request);
// 429 after too many forms from one address (threats C7); nothing: go on.
std::optional<Reply> refusal_of_form(Services& services, const Request& request);

// What somebody entered into the form. Whether it came by an invitation it never says.
service::RegistrationEntry registration_entry_in(const Request& request);

boost::asio::awaitable<Reply> show_register(Services& services, Request request);
boost::asio::awaitable<Reply> take_registration(Services& services, Request request);
// The token in the address is what allows it.
boost::asio::awaitable<Reply> show_registration_link(Services& services, Request request);
boost::asio::awaitable<Reply> take_registration_link(Services& services, Request request);
boost::asio::awaitable<Reply> show_own_registration_data(Services& services, Request request);

// A file behind the link, and the way back.
boost::asio::awaitable<Reply> take_registration_file(Services& services, Request request);
boost::asio::awaitable<Reply> download_own_registration_file(Services& services, Request request);

}  // namespace convoke::web
