// A reply's status line and headers as bytes.
#pragma once

#include "web/http.hpp"
#include "web/security_headers.hpp"

#include <chrono>
#include <string>

namespace convoke::web {

// Appends the whole head with its empty line. Content-Length is the body's size whether or not the body is
// sent (HEAD), and absent where RFC 9110 8.6 forbids it (204) or it could only mislead (304). A header with a
// control character in its name or value is left out: no handler can split a reply. Under a policy of strict
// transport every cookie is made Secure (RFC 6265 4.1.2.5), so handlers never say it themselves.
void append_reply_head(std::string& head, const Reply& reply, bool keep_alive, const HeaderPolicy& policy,
                       std::chrono::sys_seconds now);

// Its four parts, for who keeps some of them.
void append_status_line(std::string& head, unsigned status);
void append_date_line(std::string& head, std::chrono::sys_seconds now);
void append_reply_fields(std::string& head, const Reply& reply, const HeaderPolicy& policy);
void append_reply_end(std::string& head, bool keep_alive);

// Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110 5.6.7)
std::string format_http_date(std::chrono::sys_seconds instant);

// True when no body may follow this status.
bool is_bodiless(unsigned status);

}  // namespace convoke::web
