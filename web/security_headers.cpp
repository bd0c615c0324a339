#include "web/security_headers.hpp"

#include <array>

namespace convoke::web {
namespace {

enum class For { everything, pages, downloads };

struct Line {
  std::string_view name, value;
  For what;
};

constexpr std::array lines{
    Line{"X-Content-Type-Options", "nosniff", For::everything},
    Line{"Referrer-Policy", "no-referrer", For::everything},
    Line{"Cross-Origin-Resource-Policy", "same-origin", For::everything},
    Line{"Cache-Control", "no-store", For::everything},
    Line{"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
         "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
         For::pages},
    Line{"Cross-Origin-Opener-Policy", "same-origin", For::pages},
    Line{"Permissions-Policy", "camera=(), microphone=(), geolocation=()", For::pages},
    Line{"Content-Security-Policy", "sandbox; default-src 'none'", For::downloads},
};

void append(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void append_security_headers(std::string& head, const Reply& reply, const HeaderPolicy& policy) {
  const bool page = reply.header("Content-Type").starts_with("text/html");
  const bool download = !page && reply.header("Content-Disposition").starts_with("attachment");
  for (const auto& line : lines) {
    if (line.what == For::pages && !page) continue;
    if (line.what == For::downloads && !download) continue;
    if (reply.header(line.name).empty()) append(head, line.name, line.value);
  }
  if (policy.strict_transport)
    append(head, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace convoke::web
