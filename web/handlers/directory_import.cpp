#include "web/handlers/directory_import.hpp"

#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/directory_import_page.hpp"

#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

Reply import_page(const Services& services, const Request& request, const DirectoryImportView& view) {
  const auto frame = frame_of(services, request, "/manage/directory/import");
  return private_page(request, frame, render_directory_import(frame, view), view.problem ? 422 : 200);
}

// "row-12": what is to become of that row.
std::map<int, service::RowDecision> decisions_in(const Request& request) {
  constexpr std::string_view prefix = "row-";
  std::map<int, service::RowDecision> decisions;
  for (const auto& [name, value] : request.form) {
    if (!name.starts_with(prefix) || value.empty()) continue;
    int line = 0;
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), line);
    service::RowDecision decision;
    decision.as_new = value == "new";
    if (const auto number = number_in(value)) decision.same_as.value = *number;
    decisions.emplace(line, decision);
  }
  return decisions;
}

}  // namespace

awaitable<Reply> show_people_import(Services& services, Request request) {
  co_return import_page(services, request, DirectoryImportView());
}

awaitable<Reply> preview_people_import(Services& services, Request request) {
  DirectoryImportView view;
  const Upload* file = nullptr;
  for (const auto& one : request.files)
    if (one.field == "file") file = &one;
  if (file == nullptr || file->size == 0) {
    view.problem = ImportProblem::no_file;
    co_return import_page(services, request, view);
  }
  const auto keeper = keeper_in(request);
  auto bytes = request.body.substr(file->begin, file->size);
  auto deferred = service::preview_people(services.context, keeper, std::move(bytes), file->file_name);
  auto preview = co_await await(std::move(deferred));
  if (preview) {
    view.preview = std::move(*preview);
    co_return import_page(services, request, view);
  }
  view.problem = problem_of_import(preview.error());
  if (!view.problem) co_return error_reply(request, preview.error());
  co_return import_page(services, request, view);
}

awaitable<Reply> commit_people_import(Services& services, Request request) {
  DirectoryImportView view;
  const auto keeper = keeper_in(request);
  auto decisions = decisions_in(request);
  auto deferred =
      service::commit_people(services.context, keeper, field_of(request, "table"), std::move(decisions));
  auto summary = co_await await(std::move(deferred));
  if (summary) {
    view.summary = std::move(*summary);
    co_return import_page(services, request, view);
  }
  view.problem = problem_of_import(summary.error());
  if (!view.problem) co_return error_reply(request, summary.error());
  co_return import_page(services, request, view);
}

}  // namespace convoke::web
