#include "web/feed_reply.hpp"

#include "tests/support/catch.hpp"
#include "web/reply_head.hpp"

namespace convoke::web {
namespace {

// A small feed in both forms.
service::FeedBody sample_body() {
  service::FeedBody body;
  body.identity = Rope("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
  body.gzip = Rope("not really gzip");
  body.etag = "\"plain\"";
  body.gzip_etag = "\"zipped\"";
  body.last_modified = Instant{std::chrono::seconds{784111777}};
  return body;
}

std::shared_ptr<const service::FeedBody> shared(service::FeedBody body) {
  return std::make_shared<const service::FeedBody>(std::move(body));
}

Reply reply_to(Pairs headers, Visibility visibility = Visibility::open) {
  Request request;
  request.headers = std::move(headers);
  return feed_reply(request, shared(sample_body()), visibility, "all.ics");
}

std::string head_of(const Reply& reply) {
  std::string head;
  append_reply_head(head, reply, true, HeaderPolicy(), Instant());
  return head;
}

}  // namespace

TEST_CASE("a feed is served with the headers that calendar programs read") {
  const auto reply = reply_to({});
  CHECK(reply.status == 200);
  CHECK(reply.header("Content-Type") == "text/calendar; charset=utf-8");
  CHECK(reply.header("ETag") == "\"plain\"");
  CHECK(reply.header("Last-Modified") == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(reply.header("Cache-Control") == "public, max-age=900");
  CHECK(reply.header("Vary") == "Accept-Encoding");
  CHECK(reply.header("Content-Disposition") == "inline; filename=\"all.ics\"");
  CHECK(reply.header("Access-Control-Allow-Origin") == "*");
  CHECK(reply.header("Content-Encoding").empty());
  const auto head = head_of(reply);
  CHECK(head.find("X-Content-Type-Options: nosniff\r\n") != std::string::npos);
  CHECK(head.find("Content-Length: 32\r\n") != std::string::npos);
  CHECK(head.find("no-store") == std::string::npos);
  CHECK(head.find("Cross-Origin-Resource-Policy: cross-origin\r\n") != std::string::npos);
  CHECK(head.find("Cross-Origin-Resource-Policy: same-origin") == std::string::npos);
}

TEST_CASE("a feed's bytes are shared and never copied for a reader") {
  const auto body = shared(sample_body());
  CHECK(feed_reply(Request(), body, Visibility::open, "all.ics").pieces.get() == &body->identity);
  Request gzip;
  gzip.headers = {{"accept-encoding", "gzip"}};
  CHECK(feed_reply(gzip, body, Visibility::open, "all.ics").pieces.get() == &*body->gzip);
}

TEST_CASE("a feed whose bytes are gone still answers 304 and HEAD") {
  service::FeedRecord record = sample_body();
  record.size = 32;
  Request request;
  request.headers = {{"if-none-match", "\"plain\""}};
  const auto unchanged = feed_reply(request, record, Visibility::open, "all.ics");
  REQUIRE(unchanged);
  CHECK(unchanged->status == 304);
  request.headers.clear();
  CHECK_FALSE(feed_reply(request, record, Visibility::open, "all.ics"));
  request.method = Method::head;
  const auto head = feed_reply(request, record, Visibility::open, "all.ics");
  REQUIRE(head);
  CHECK_THAT(head_of(*head), Catch::Matchers::Contains("Content-Length: 32\r\n"));
  CHECK(head->header("ETag") == "\"plain\"");
  request.headers = {{"accept-encoding", "gzip"}};
  CHECK_FALSE(
      feed_reply(request, record, Visibility::open, "all.ics"));  // how long its gzip is, nobody knows
  record.gzip_size = 15;
  const auto packed = feed_reply(request, record, Visibility::open, "all.ics");
  REQUIRE(packed);
  CHECK_THAT(head_of(*packed), Catch::Matchers::Contains("Content-Length: 15\r\n"));
}

TEST_CASE("a compressed feed has its own tag and says so") {
  const auto reply = reply_to({{"accept-encoding", "gzip, br"}});
  CHECK(reply.header("Content-Encoding") == "gzip");
  CHECK(reply.header("ETag") == "\"zipped\"");
  CHECK(reply.header("Vary") == "Accept-Encoding");
}

TEST_CASE("a feed that was not compressed is served plain to everybody") {
  auto sample = sample_body();
  sample.gzip.reset();
  const auto body = shared(std::move(sample));
  Request request;
  request.headers = {{"accept-encoding", "gzip"}};
  const auto reply = feed_reply(request, body, Visibility::open, "all.ics");
  CHECK(reply.pieces.get() == &body->identity);
  CHECK(reply.header("ETag") == "\"plain\"");
  CHECK(reply.header("Content-Encoding").empty());
}

TEST_CASE("feed rule 6: an unchanged feed is a 304 with its validators and nothing of a body") {
  const auto reply = reply_to({{"if-none-match", "W/\"plain\""}});
  CHECK(reply.status == 304);
  CHECK(reply.body_size() == 0);
  CHECK(reply.header("ETag") == "\"plain\"");
  CHECK(reply.header("Last-Modified") == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(reply.header("Cache-Control") == "public, max-age=900");
  CHECK(reply.header("Vary") == "Accept-Encoding");
  const auto head = head_of(reply);
  CHECK(head.find("Content-Length") == std::string::npos);
  CHECK(head.find("Content-Type:") == std::string::npos);
}

TEST_CASE("feed rule 7: any Accept gets the calendar") {
  for (const auto* accept : {"*/*", "text/calendar", "text/plain", "text/html", "application/json", ""}) {
    CAPTURE(accept);
    CHECK(reply_to({{"accept", accept}}).status == 200);
  }
}

TEST_CASE("feed rule 13: a personal feed is kept from shared caches and search engines") {
  const auto reply = reply_to({}, Visibility::personal);
  CHECK(reply.header("Cache-Control") == "private, max-age=900");
  CHECK(reply.header("X-Robots-Tag") == "noindex");
  CHECK(reply.header("Access-Control-Allow-Origin").empty());
  CHECK(head_of(reply).find("Referrer-Policy: no-referrer\r\n") != std::string::npos);
}

}  // namespace convoke::web
