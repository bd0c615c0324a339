#include "web/handlers/clashes.hpp"

#include "base/text.hpp"
#include "service/events.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/control.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/json.hpp"
#include "web/handlers/source_json.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/clashes_page.hpp"
#include "web/pages/links.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::object clash_json(const service::Clash& clash, const std::string& base_url) {
  json::object out;
  out["day"] = format_iso(clash.day);
  if (clash.event) out["event"] = event_json(*clash.event, base_url);
  if (clash.other) {
    out["kind"] = "event";
    out["other"] = conflict_json(*clash.other, base_url);
  } else {
    out["kind"] = std::string(name_of(clash.standing.standing));
    out["name"] = clash.standing.name;
  }
  return out;
}

// A day, or the first and the last of several: in one field, as the buttons of free days have them
// (2026-05-25/2026-05-27, ISO 8601 4.4), or in two.
Result<service::EventChange> day_in(const Request& request) {
  service::EventChange change;
  const auto days = field_of(request, "date");
  const auto slash = days.find('/');
  const auto day = parse_iso_date(days.substr(0, slash));
  if (!day) return Error(Errc::invalid_input, "choose the day: " + day.error().message);
  change.date = *day;
  const auto until = slash == std::string::npos ? field_of(request, "last_date") : days.substr(slash + 1);
  if (!until.empty()) {
    const auto last = parse_iso_date(until);
    if (!last) return Error(Errc::invalid_input, "choose the last day: " + last.error().message);
    change.last_date = *last;
  }
  for (const auto& [name, member] : {std::pair("time", &service::EventChange::time),
                                     std::pair("end_time", &service::EventChange::end_time)}) {
    const auto text = field_of(request, name);
    if (text.empty()) continue;
    const auto time = parse_iso_time(text);
    if (!time) return time.error();
    change.*member = *time;
  }
  return change;
}

}  // namespace

awaitable<Reply> show_plan_clashes(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const bool past = request.query_value("past").has_value();
  auto deferred = service::clashes_of_plan(services.context, *snapshot, request.actor, PlanId{*number},
                                           request.who->reach, past);
  const auto clashes = co_await await(std::move(deferred));
  if (!clashes) co_return error_reply(request, clashes.error());
  const auto frame = frame_of(services, request, plan_clashes_path(PlanId{*number}));
  co_return private_page(request, frame, render_plan_clashes(*clashes, frame));
}

awaitable<Reply> list_plan_conflicts_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::clashes_of_plan(services.context, *snapshot, request.actor, PlanId{*number},
                                           request.actor.reach, true);
  const auto clashes = co_await await(std::move(deferred));
  if (!clashes) co_return error_reply(request, clashes.error());
  json::array all;
  for (const auto* list : {&clashes->gone, &clashes->coming})
    for (const auto& clash : *list) all.push_back(clash_json(clash, services.context.settings.base_url));
  json::object answer;
  answer["conflicts"] = std::move(all);
  answer["cut"] = clashes->cut;
  auto reply = json_reply(answer);
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> fix_event_day(Services& services, Request request) {
  auto change = day_in(request);
  const auto changed = co_await change_watched_event(services, request, std::move(change));
  if (!changed) co_return error_reply(request, changed.error());
  const auto next = local_address(field_of(request, "next"));
  // From the table of a plan: back to the row.
  if (next != "/") co_return Reply::redirect(next + "#row-" + std::to_string(changed->id.value));
  co_return Reply::redirect(with_query(event_path(changed->id), "done", "dated") + "#day");
}

awaitable<std::vector<service::Clash>> typed_clashes(Services& services, Request request) {
  std::vector<service::Clash> none;
  const auto plan = number_in(request.query_value("plan").value_or(""));
  if (!plan) co_return none;
  const auto row = number_in(request.query_value("row").value_or(""));
  service::RowFields fields;
  fields.period = request.query_value("text").value_or("");
  fields.place = request.query_value("place").value_or("");
  fields.responsible = request.query_value("responsible").value_or("");
  fields.title = request.query_value("title").value_or("");
  fields.kind = event_kind_of(request.query_value("kind").value_or(""));
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return none;
  auto deferred =
      service::clashes_of_row(services.context, *snapshot, request.actor, PlanId{*plan},
                              row ? EventId{*row} : EventId{}, std::move(fields), request.who->reach);
  auto clashes = co_await await(std::move(deferred));
  if (!clashes) co_return none;
  co_return std::move(*clashes);
}

json::array clash_lines_json(const std::vector<service::Clash>& clashes, Language language) {
  json::array lines;
  for (std::size_t i = 0; i < std::min(clashes.size(), most_clash_lines); ++i)
    lines.push_back(json::value(clash_line(clashes[i], language)));
  if (clashes.size() > most_clash_lines)
    lines.push_back(json::value(
        trn(language, "and {n} more", "and {n} more", static_cast<long>(clashes.size() - most_clash_lines))));
  return lines;
}

}  // namespace convoke::web
