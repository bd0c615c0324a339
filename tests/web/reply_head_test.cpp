#include "web/reply_head.hpp"

#include "tests/support/catch.hpp"

using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

std::string head_of(const Reply& reply, bool https) {
  HeaderPolicy policy;
  policy.strict_transport = https;
  std::string head;
  append_reply_head(head, reply, true, policy, std::chrono::sys_seconds{});
  return head;
}

}  // namespace

TEST_CASE("a cookie travels over https alone when that is our address") {
  Reply reply;
  reply.set("Set-Cookie", "lang=be; Path=/; HttpOnly");
  CHECK_THAT(head_of(reply, true), Contains("Set-Cookie: lang=be; Path=/; HttpOnly; Secure\r\n"));
  CHECK_THAT(head_of(reply, false), Contains("Set-Cookie: lang=be; Path=/; HttpOnly\r\n"));
}

TEST_CASE("what is offered for download is shown in a sandbox by a browser that shows it") {
  auto reply = Reply::text(200, "BEGIN:VCALENDAR", "text/calendar; charset=utf-8");
  reply.set("Content-Disposition", "attachment; filename=\"event-2.ics\"");
  CHECK_THAT(head_of(reply, false), Contains("Content-Security-Policy: sandbox; default-src 'none'\r\n"));
}
