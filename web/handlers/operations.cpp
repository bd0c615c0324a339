#include "web/handlers/operations.hpp"

#include "service/presentation.hpp"
#include "web/await.hpp"
#include "web/conditional.hpp"
#include "web/handlers/common.hpp"
#include "web/pages/assets.hpp"

#include <fmt/format.h>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// Feeds stay open: calendar services fetch them as robots and obey this file (feeds.md rule 14). What must
// not be found by searching says so in its own header.
constexpr const char* robots =
    "User-agent: *\n"
    "Allow: /feeds/\n"
    "Disallow: /answer/\n"
    "Disallow: /poll/\n"
    "Disallow: /door/\n"
    "Disallow: /api/\n"
    "Disallow: /manage/\n";

Reply file_reply(const Request& request, const Asset& asset) {
  const std::string etag = "\"" + asset.digest + "\"";
  const std::string gzip_etag = asset.gzip.empty() ? "" : "\"" + asset.digest + "-gz\"";
  Validators validators;
  validators.etag = etag;
  validators.gzip_etag = gzip_etag;
  validators.date_is_exact = false;  // a program does not know when its files were written
  const auto choice = choose(request, validators);
  const bool packed = choice.coding == Coding::gzip;
  Reply reply;
  if (choice.not_modified)
    reply.status = 304;
  else
    reply = Reply::text(200, std::string(packed ? asset.gzip : asset.bytes), asset.content_type);
  if (packed && !choice.not_modified) reply.set("Content-Encoding", "gzip");
  reply.set("ETag", packed ? gzip_etag : etag);
  reply.set("Vary", "Accept-Encoding");
  reply.set("Cache-Control",
            asset.immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600");
  return reply;
}

}  // namespace

awaitable<Reply> show_health(Services&, Request) {
  co_return Reply::text(200, "ok\n");
}

awaitable<Reply> show_readiness(Services& services, Request) {
  auto deferred = service::check_storage(services.context);
  const auto answer = co_await await(std::move(deferred));
  if (answer) co_return Reply::text(200, "ready\n");
  auto reply = Reply::text(503, "the database does not answer\n");
  reply.set("Retry-After", "5");
  co_return reply;
}

awaitable<Reply> show_metrics(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto figure = [](std::string_view name, std::string_view help, std::int64_t value) {
    return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
  };
  std::string text = figure("convoke_events", "Published events.", std::ssize((*snapshot)->events));
  text += figure("convoke_plans", "Published plans.", std::ssize((*snapshot)->plans));
  text += figure("convoke_organisations", "Associations.", std::ssize((*snapshot)->organisations));
  text += figure("convoke_change", "Number of the newest change that is published.", (*snapshot)->change);
  co_return Reply::text(200, std::move(text), "text/plain; version=0.0.4; charset=utf-8");
}

awaitable<Reply> show_robots(Services&, Request) {
  auto reply = Reply::text(200, robots);
  reply.set("Cache-Control", "public, max-age=3600");
  co_return reply;
}

awaitable<Reply> show_icon(Services&, Request request) {
  co_return file_reply(request, *find_asset("favicon.svg"));
}

awaitable<Reply> show_asset(Services&, Request request) {
  const auto asset = find_asset(request.captures.at(0));
  if (asset) co_return file_reply(request, *asset);
  const Error error(Errc::not_found, "there is no such file");
  co_return error_reply(request, error);
}

}  // namespace convoke::web
