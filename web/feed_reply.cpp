#include "web/feed_reply.hpp"

#include "web/conditional.hpp"
#include "web/reply_head.hpp"

#include <string>

namespace convoke::web {
namespace {

// The head of an answer, and which bytes would follow it.
struct Answer {
  Coding coding = Coding::identity;
  Reply reply;  // without a body
};

Answer answer(const Request& request, const service::FeedRecord& record, bool has_gzip, Visibility visibility,
              std::string_view file_name) {
  Validators validators;
  validators.etag = record.etag;
  if (has_gzip) validators.gzip_etag = record.gzip_etag;
  validators.last_modified = record.last_modified;
  validators.date_is_exact = record.date_is_exact;
  const auto choice = choose(request, validators);
  const bool gzip = choice.coding == Coding::gzip;
  const bool open = visibility == Visibility::open;

  Answer result;
  result.coding = choice.coding;
  auto& reply = result.reply;
  reply.headers.reserve(10);
  reply.headers.emplace_back("ETag", gzip ? record.gzip_etag : record.etag);
  reply.headers.emplace_back("Last-Modified", format_http_date(record.last_modified));
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
    return result;
  }
  reply.headers.emplace_back("Content-Type", "text/calendar; charset=utf-8");
  reply.headers.emplace_back("Content-Disposition", "inline; filename=\"" + std::string(file_name) + "\"");
  if (gzip) reply.headers.emplace_back("Content-Encoding", "gzip");
  return result;
}

}  // namespace

service::FeedForm form_for(const Request& request) {
  return choose_coding(request) == Coding::gzip ? service::FeedForm::gzip : service::FeedForm::identity;
}

Reply feed_reply(const Request& request, const std::shared_ptr<const service::FeedBody>& body,
                 Visibility visibility, std::string_view file_name) {
  auto [coding, reply] = answer(request, *body, body->gzip.has_value(), visibility, file_name);
  if (reply.status == 304) return reply;
  const auto& bytes = coding == Coding::gzip ? *body->gzip : body->identity;
  reply.pieces = std::shared_ptr<const Rope>(body, &bytes);  // keeps the whole body alive
  return reply;
}

std::optional<Reply> feed_reply(const Request& request, const service::FeedRecord& record,
                                Visibility visibility, std::string_view file_name) {
  auto [coding, reply] = answer(request, record, true, visibility, file_name);
  if (reply.status == 304) return reply;
  const auto size = coding == Coding::gzip ? record.gzip_size : std::optional(record.size);
  if (request.method != Method::head || !size) return std::nullopt;
  reply.length = *size;
  return reply;
}

}  // namespace convoke::web
