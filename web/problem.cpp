#include "web/problem.hpp"

#include "base/text.hpp"

#include <boost/beast/http/status.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace convoke::web {
namespace {

struct Row {
  Errc code;
  unsigned status;
};

constexpr std::array table{
    Row{Errc::invalid_input, 400},      Row{Errc::not_a_plan, 422},
    Row{Errc::unsupported_format, 415}, Row{Errc::limit_exceeded, 422},
    Row{Errc::not_found, 404},          Row{Errc::gone, 410},
    Row{Errc::conflict, 409},           Row{Errc::forbidden, 403},
    Row{Errc::unauthenticated, 401},    Row{Errc::storage_unavailable, 503},
    Row{Errc::delivery_failed, 502},    Row{Errc::internal, 500},
};

std::string reason_of(unsigned status) {
  const auto text = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  return {text.data(), text.size()};
}

bool is_under(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Reply problem_details(unsigned status, const std::string& message) {
  boost::json::object details;
  details["type"] = "about:blank";
  details["title"] = reason_of(status);
  details["status"] = status;
  details["detail"] = message;
  return Reply::text(status, boost::json::serialize(details), "application/problem+json");
}

}  // namespace

unsigned status_of(Errc code) {
  for (const auto& row : table)
    if (row.code == code) return row.status;
  return 500;
}

Reply plain_problem_page(const Request&, unsigned status, const std::string& message) {
  const auto title = std::to_string(status) + " " + reason_of(status);
  return Reply::html("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
                         "</title></head>\n<body><h1>" + title + "</h1><p>" + escape_html(message) +
                         "</p></body></html>\n",
                     status);
}

Reply Problems::reply(const Request& request, const Error& error) const {
  const auto status = status_of(error.code);
  if (error.code == Errc::internal) return reply(request, status, "a fault of ours; it has been noted");
  return reply(request, status, error.message);
}

Reply Problems::reply(const Request& request, unsigned status, const std::string& message) const {
  Reply result;
  if (is_under(request.path, "/api")) {
    result = problem_details(status, message);
  } else if (is_under(request.path, "/feeds") || is_under(request.path, "/dav")) {
    result = Reply::text(status, message + "\n");
  } else {
    result = page_(request, status, message);
  }
  if (status == 503) result.set("Retry-After", std::string(retry_after_seconds));
  if (status == 401) result.set("WWW-Authenticate", "Bearer realm=\"convoke\"");
  return result;
}

}  // namespace convoke::web
