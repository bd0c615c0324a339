#include "base/text.hpp"
#include "service/plans.hpp"
#include "service/presentation.hpp"
#include "web/await.hpp"
#include "web/handlers/api.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/json.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

// The file's name in Content-Disposition: filename="plan.docx"; without folders. Only a hint at the format.
std::string file_name_in(std::string_view disposition) {
  constexpr std::string_view key = "filename=";
  const auto at = disposition.find(key);
  if (at == std::string_view::npos) return {};
  auto name = disposition.substr(at + key.size());
  name = trim(name.substr(0, name.find(';')));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  const auto folder = name.find_last_of("/\\");
  return to_valid_utf8(folder == std::string_view::npos ? name : name.substr(folder + 1));
}

Result<PlanContext> year_in(std::string_view key, std::string_view text) {
  int year = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool whole = problem == std::errc() && end == text.data() + text.size();
  if (!whole || year < first_year || year >= last_year)
    return Error(Errc::invalid_input, "'" + std::string(key) + "' must be a year like 2024");
  return key == "year" ? PlanContext::calendar_year(year) : PlanContext::academic_year(year);
}

struct ImportOptions {
  service::ImportRequest document;
  bool dry_run = false;
};

// Errors: invalid_input naming the key.
Result<ImportOptions> import_options(const Request& request) {
  ImportOptions options;
  options.document.file_name = file_name_in(request.header("content-disposition"));
  for (const auto& [key, value] : request.query) {
    if (key == "name") {
      options.document.file_name = value;
    } else if (key == "timezone") {
      options.document.zone = value;
    } else if (key == "dry-run") {
      options.dry_run = value != "0" && value != "false";
    } else if (key == "year" || key == "academic-year") {
      const auto year = year_in(key, value);
      if (!year) return year.error();
      options.document.year = *year;
    } else {
      return Error(
          Errc::invalid_input,
          "'" + ellipsize(key, 40) + "' is unknown; known are: name, year, academic-year, timezone, dry-run");
    }
  }
  if (request.body.empty()) return Error(Errc::invalid_input, "the body must be the document");
  return options;
}

}  // namespace

awaitable<Reply> list_plans_api(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  json::array plans;
  for (const auto& plan : (*snapshot)->plans)
    plans.push_back(plan_json(*plan, services.context.settings.base_url));
  json::object answer;
  answer["plans"] = std::move(plans);
  co_return json_reply(answer);
}

awaitable<Reply> get_plan_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const Plan* plan = (*snapshot)->find_plan(PlanId{*number});
  if (plan == nullptr) {
    const Error error(Errc::not_found, "there is no such plan");
    co_return error_reply(request, error);
  }
  const auto& base_url = services.context.settings.base_url;
  json::object answer = plan_json(*plan, base_url);
  json::array items;
  for (const Event* event : (*snapshot)->events_of(plan->id)) items.push_back(event_json(*event, base_url));
  answer["items"] = std::move(items);
  co_return json_reply(answer);
}

awaitable<Reply> import_plan_api(Services& services, Request request) {
  auto options = import_options(request);
  if (!options) co_return error_reply(request, options.error());
  options->document.bytes = std::move(request.body);
  if (options->dry_run) {
    auto reading = service::preview_document(services.context, std::move(options->document));
    const auto plan = co_await await(std::move(reading));
    if (!plan) co_return error_reply(request, plan.error());
    co_return Reply::json(service::plan_document(*plan) + "\n");
  }
  auto deferred = service::import_document(services.context, request.actor, std::move(options->document));
  const auto summary = co_await await(std::move(deferred));
  if (!summary) co_return error_reply(request, summary.error());
  auto reply = json_reply(import_json(*summary), summary->events > 0 ? 201 : 200);
  if (summary->plan) reply.set("Location", "/api/v1/plans/" + std::to_string(summary->plan.value));
  co_return reply;
}

}  // namespace convoke::web
