#include "web/feed_reply.hpp"

#include "web/conditional.hpp"
#include "web/reply_head.hpp"

#include <string>

namespace convoke::web {
namespace {

std::shared_ptr<const std::string> joined(const Rope& rope) {
  if (rope.pieces().size() == 1) return rope.pieces().front();
  return std::make_shared<const std::string>(rope.text());
}

}  // namespace

Reply feed_reply(const Request& request, const service::FeedBody& body, Visibility visibility,
                 std::string_view file_name) {
  Validators validators;
  validators.etag = body.etag;
  if (body.gzip) validators.gzip_etag = body.gzip_etag;
  validators.last_modified = body.last_modified;
  validators.date_is_exact = body.date_is_exact;
  const auto choice = choose(request, validators);
  const bool gzip = choice.coding == Coding::gzip;
  const bool open = visibility == Visibility::open;

  Reply reply;
  reply.headers.reserve(10);
  reply.headers.emplace_back("ETag", gzip ? body.gzip_etag : body.etag);
  reply.headers.emplace_back("Last-Modified", format_http_date(body.last_modified));
  reply.headers.emplace_back("Cache-Control", open ? "public, max-age=900" : "private, max-age=900");
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (open) {
    reply.headers.emplace_back("Access-Control-Allow-Origin", "*");
    reply.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  } else {
    reply.headers.emplace_back("X-Robots-Tag", "noindex");
  }
  if (choice.not_modified) {
    reply.status = 304;
    return reply;
  }
  reply.headers.emplace_back("Content-Type", "text/calendar; charset=utf-8");
  reply.headers.emplace_back("Content-Disposition", "inline; filename=\"" + std::string(file_name) + "\"");
  if (gzip) reply.headers.emplace_back("Content-Encoding", "gzip");
  reply.body = joined(gzip ? *body.gzip : body.identity);
  return reply;
}

}  // namespace convoke::web
