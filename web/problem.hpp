// Errors as replies: one table from our codes to HTTP statuses, and three ways to show one: problem details
// for the API (RFC 9457), plain text for feeds (a calendar program must never be given HTML), a page for
// people.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace convoke::web {

// 413 is not among them: the session says it of a body over its route's limit, before reading it. What was
// read and holds more than a named limit allows (a long title, a document of a million cells) is a 422.
unsigned status_of(Errc code);

// Sent with every 503: what was refused just now may be tried again then.
inline constexpr std::string_view retry_after_seconds = "5";

// Makes the page a person sees. `message`: one line, plain text.
using ProblemPage = std::function<Reply(const Request& request, unsigned status, const std::string& message)>;
// A bare page in English, for servers that were given no other.
Reply plain_problem_page(const Request& request, unsigned status, const std::string& message);

class Problems {
 public:
  explicit Problems(ProblemPage page = plain_problem_page) : page_(std::move(page)) {}

  // storage_unavailable carries Retry-After; internal and unauthenticated never say more than that.
  Reply reply(const Request& request, const Error& error) const;
  Reply reply(const Request& request, unsigned status, const std::string& message) const;

 private:
  ProblemPage page_;
};

}  // namespace convoke::web
