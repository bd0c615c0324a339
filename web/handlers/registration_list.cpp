#include "web/handlers/registration_list.hpp"

#include "service/registration_list.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/registration_list_page.hpp"
#include "web/pages/registration_words.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

AttendanceFormat format_in(const Request& request) {
  return attendance_format_of(field_of(request, "format")).value_or(AttendanceFormat::hall);
}

// The page with what it is about: the event's title and how people may take part.
awaitable<Reply> list_page(Services& services, Request request, RegistrationListView view) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  db::RegistrationSelection none;
  auto deferred = service::registration_desk(services.context, desk_actor(request), *scope, none);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  if (!desk->form) co_return error_reply(request, 404, "registration was never switched on for this event");
  view.desk = &*desk;
  const auto frame = frame_of(services, request, registration_desk_path(scope->event) + "/list");
  const unsigned status = view.problem ? 422 : 200;
  co_return private_page(request, frame, render_registration_list(view, frame), status);
}

awaitable<Reply> after_table(Services& services, Request request, Result<service::RegistrationList> list,
                             bool committed) {
  RegistrationListView view;
  if (!list) {
    view.problem = problem_of_import(list.error());
    if (!view.problem) co_return error_reply(request, list.error());
    co_return co_await list_page(services, std::move(request), std::move(view));
  }
  view.list = std::move(*list);
  view.committed = committed;
  co_return co_await list_page(services, std::move(request), std::move(view));
}

}  // namespace

awaitable<Reply> show_registration_list(Services& services, Request request) {
  co_return co_await list_page(services, std::move(request), RegistrationListView());
}

awaitable<Reply> preview_registration_table(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const Upload* file = nullptr;
  for (const auto& one : request.files)
    if (one.field == "file") file = &one;
  if (file == nullptr || file->size == 0) {
    RegistrationListView view;
    view.problem = ImportProblem::no_file;
    co_return co_await list_page(services, std::move(request), std::move(view));
  }
  auto bytes = request.body.substr(file->begin, file->size);
  auto deferred = service::preview_registration_list(services.context, desk_actor(request), *scope,
                                                     std::move(bytes), file->file_name, format_in(request));
  auto list = co_await await(std::move(deferred));
  co_return co_await after_table(services, std::move(request), std::move(list), false);
}

awaitable<Reply> commit_registration_table(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::commit_registration_list(services.context, desk_actor(request), *scope,
                                                    field_of(request, "table"), format_in(request));
  auto list = co_await await(std::move(deferred));
  co_return co_await after_table(services, std::move(request), std::move(list), true);
}

}  // namespace convoke::web
