#include "web/handlers/my_work.hpp"

#include "service/answers.hpp"
#include "service/my_work.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/pages/my_work_page.hpp"

namespace convoke::web {

boost::asio::awaitable<Reply> show_my_work(Services& services, Request request) {
  auto asking = service::link_key(services.context);
  auto key = co_await await(std::move(asking));
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::work_of(services.context, *request.who, std::move(*key));
  const auto work = co_await await(std::move(deferred));
  if (!work) co_return error_reply(request, work.error());
  const auto frame = frame_of(services, request, "/my");
  co_return private_page(request, frame, render_my_work(*work, frame));
}

}  // namespace convoke::web
