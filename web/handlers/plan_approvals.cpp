#include "web/handlers/plan_approvals.hpp"

#include "service/plan_approvals.hpp"
#include "service/plan_export.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_versions.hpp"
#include "web/pages/plan_words.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

awaitable<Reply> approvals_page(Services& services, Request request, PlanId plan, ApprovalsView view,
                                unsigned status) {
  auto deferred = service::plan_versions(services.context, plan, request.who->reach);
  auto versions = co_await await(std::move(deferred));
  if (!versions) co_return error_reply(request, versions.error());
  view.versions = std::move(*versions);
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, plan_desk_path(plan) + "/approvals");
  co_return private_page(request, frame, render_plan_approvals(view, frame), status);
}

// A date that does not exist is an error, an empty one a signature that is awaited.
Result<Approval> approval_in(const Request& request, const std::string& plan_language) {
  Approval approval;
  approval.verb = field_of(request, "verb");
  approval.post = field_of(request, "post");
  approval.name = field_of(request, "name");
  approval.act = field_of(request, "act");
  const auto stage = approval_stage_of(field_of(request, "stage"));
  if (approval.verb.empty() && stage) approval.verb = std::string(verb_of(*stage, plan_language));
  const auto date = field_of(request, "date");
  if (date.empty()) return approval;
  const auto day = parse_iso_date(date);
  if (!day) return day.error();
  approval.date = *day;
  return approval;
}

std::optional<service::StampKey> key_in(const Request& request) {
  service::StampKey key;
  key.expected = field_of(request, "expected");
  if (key.expected.empty()) return std::nullopt;
  const auto index = field_of(request, "index");
  const auto number = index == "0" ? Result<std::int64_t>(0) : number_in(index);
  key.index = number ? static_cast<std::size_t>(*number) : service::most_approvals;
  return key;
}

}  // namespace

awaitable<Reply> show_plan_approvals(Services& services, Request request) {
  const auto plan = number_in(request.captures.at(0));
  if (!plan) co_return error_reply(request, plan.error());
  ApprovalsView view;
  view.message = done_text(request.query_value("done").value_or(""), language_of_reader(request));
  const PlanId id{*plan};
  co_return co_await approvals_page(services, std::move(request), id, std::move(view), 200);
}

awaitable<Reply> change_plan_approvals(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PlanId plan{*number};
  auto found = service::plan_versions(services.context, plan, request.who->reach);
  const auto versions = co_await await(std::move(found));
  if (!versions) co_return error_reply(request, versions.error());
  auto approval = approval_in(request, versions->plan.language);
  const auto key = key_in(request);
  Result<bool> saved = Error(Errc::invalid_input, "the date is no day");
  if (field_of(request, "do") == "remove" && key) {
    auto deferred = service::remove_approval(services.context, editor_of(request), plan, *key);
    saved = co_await await(std::move(deferred));
  } else if (approval) {
    auto deferred = service::save_approval(services.context, editor_of(request), plan, *approval, key);
    saved = co_await await(std::move(deferred));
  }
  if (saved) co_return Reply::redirect(plan_desk_path(plan) + "/approvals?done=saved");
  const auto code = saved.error().code;
  if (code == Errc::not_found || code == Errc::storage_unavailable || code == Errc::forbidden)
    co_return error_reply(request, saved.error());
  ApprovalsView view;
  view.bad = true;
  view.message = stamp_problem_text(code, language_of_reader(request));
  if (!key && approval) view.typed = *approval;
  co_return co_await approvals_page(services, std::move(request), plan, std::move(view),
                                    code == Errc::conflict ? 409 : 422);
}

awaitable<Reply> show_plan_version(Services& services, Request request) {
  const auto plan = number_in(request.captures.at(0));
  if (!plan) co_return error_reply(request, plan.error());
  const auto from = number_in(request.captures.at(1));
  if (!from) co_return error_reply(request, from.error());
  std::int64_t to = 0;
  if (const auto until = request.query_value("to")) {
    const auto given = number_in(*until);
    if (!given) co_return error_reply(request, given.error());
    to = *given;
  }
  constexpr std::int64_t most_versions = 1'000'000;
  if (*from > most_versions || to > most_versions) {
    const Error error(Errc::not_found, "there is no such version");
    co_return error_reply(request, error);
  }
  auto deferred = service::compare_versions(services.context, PlanId{*plan}, request.who->reach,
                                            static_cast<int>(*from), static_cast<int>(to));
  const auto comparison = co_await await(std::move(deferred));
  if (!comparison) co_return error_reply(request, comparison.error());
  const auto frame =
      frame_of(services, request, plan_desk_path(PlanId{*plan}) + "/versions/" + std::to_string(*from));
  co_return private_page(request, frame,
                         render_plan_difference(*comparison, services.context.settings.default_zone, frame));
}

awaitable<Reply> approve_plan_now(Services& services, Request request) {
  const auto plan = number_in(request.captures.at(0));
  if (!plan) co_return error_reply(request, plan.error());
  auto editor = editor_of(request);
  editor.approves = request.who->may_approve;
  auto deferred = service::approve_plan(services.context, std::move(editor), PlanId{*plan},
                                        field_of(request, "post"), field_of(request, "seen"));
  const auto approved = co_await await(std::move(deferred));
  if (approved) co_return Reply::redirect(plan_path(PlanId{*plan}) + "?approved=1");
  if (approved.error().code == Errc::conflict)
    co_return Reply::redirect(plan_path(PlanId{*plan}) + "?approved=changed");
  co_return error_reply(request, approved.error());
}

awaitable<Reply> export_plan_file(Services& services, Request request) {
  const auto plan = number_in(request.captures.at(0));
  if (!plan) co_return error_reply(request, plan.error());
  const auto format = service::plan_format_of(request.captures.at(1));
  if (!format) {
    const Error error(Errc::not_found, "plans are exported as docx, xlsx, csv and pdf");
    co_return error_reply(request, error);
  }
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::export_plan(services.context, *snapshot, PlanId{*plan}, *format);
  auto file = co_await await(std::move(deferred));
  if (!file) co_return error_reply(request, file.error());
  auto reply = Reply::text(200, std::move(file->bytes), file->media_type);
  reply.set("Content-Disposition", "attachment; filename=\"" + file->name + "\"");
  reply.set("Cache-Control", "no-cache");
  co_return reply;
}

}  // namespace convoke::web
