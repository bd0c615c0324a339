#include "web/handlers/rules.hpp"

#include "base/id.hpp"
#include "service/rule_sets.hpp"
#include "service/rules_json.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/fault_words.hpp"
#include "web/pages/rules_page.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

// Of one class on one form: so many fields a form may have (limits.hpp).
constexpr std::size_t most_rules_on_form = 22;
constexpr std::size_t digits_of_new_id = 8;

service::Actor actor_in(const Request& request) {
  return request.who ? service::actor_of(*request.who) : service::Actor();
}

// The field of a form, else of the query.
std::string given(const Request& request, std::string_view name) {
  if (request.method == Method::post) return field_of(request, name);
  return std::string(request.query_value(name).value_or(""));
}

template<class Id>
bool read_id(const std::string& text, Id& into) {
  if (text.empty()) return true;
  const auto number = number_in(text);
  if (number) into = Id{*number};
  return number.has_value();
}

// Errors: not_found, as for any address that names nothing.
Result<RuleScope> scope_in(const Request& request) {
  RuleScope scope;
  const auto kind = given(request, "kind");
  scope.kind = event_kind_of(kind);
  const bool fine = read_id(given(request, "organisation"), scope.organisation) &&
                    read_id(given(request, "plan"), scope.plan) &&
                    read_id(given(request, "event"), scope.event) && (kind.empty() || scope.kind);
  if (!fine) return Error{Errc::not_found, "there are no rules of that"};
  // A plan's and an event's association is their own.
  if (scope.plan || scope.event) scope.organisation = {};
  return scope;
}

Applies applies_in(const Request& request) {
  return applies_of(given(request, "applies")).value_or(Applies::deadline);
}

std::string new_id() {
  return "own." + random_token(digits_of_new_id);
}

bool same_but_time(ReminderRule a, const ReminderRule& b) {
  a.at = b.at;
  return a == b;
}

// A rule that was given another meaning is another rule: what its old id has sent says nothing of it.
void give_ids(std::vector<ReminderRule>& entered, const std::vector<ReminderRule>& known) {
  for (auto& rule : entered) {
    const auto old =
        std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == rule.id; });
    if (old == known.end() ? !rule.id.starts_with("own.") : !same_but_time(rule, *old)) rule.id = new_id();
  }
}

TimeOfDay time_in(const std::string& text, TimeOfDay otherwise) {
  const auto time = parse_iso_time(text);
  return time ? *time : otherwise;
}

// What cannot be read is left as a new rule has it, but for a number, which then breaks a rule of its own.
ReminderRule rule_in(const Request& request, std::size_t number, Applies applies) {
  const auto field = [&](std::string_view name) {
    return field_of(request, std::string(name) + "." + std::to_string(number));
  };
  ReminderRule rule;
  rule.id = field("id");
  rule.applies_to = applies;
  const auto count = field("count");
  const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), rule.offset);
  if (error != std::errc{} || end != count.data() + count.size() || rule.offset < 0)
    rule.offset = service::farthest_offset + 1;
  const auto unit = field("unit");
  rule.working_days = unit.starts_with("work_");
  if (unit.ends_with("before")) rule.offset = -rule.offset;
  rule.anchor = anchor_of(field("anchor")).value_or(Anchor::start);
  rule.at = time_in(field("at"), ReminderRule::default_time);
  rule.reason = reminder_reason_of(field("reason")).value_or(ReminderReason::upcoming);
  rule.tells = tells_of(field("tells")).value_or(Tells::responsible);
  return rule;
}

std::vector<ReminderRule> rules_in(const Request& request, Applies applies) {
  std::vector<ReminderRule> rules;
  for (std::size_t number = 0; number <= most_rules_on_form; ++number) {
    if (field_of(request, "id." + std::to_string(number)).empty()) break;
    rules.push_back(rule_in(request, number, applies));
  }
  return rules;
}

ReminderRule usual_rule(Applies applies) {
  ReminderRule rule;
  rule.id = new_id();
  rule.applies_to = applies;
  rule.offset = -7;
  rule.anchor = applies == Applies::dated ? Anchor::start : Anchor::end;
  rule.reason = applies == Applies::dated ? ReminderReason::upcoming : ReminderReason::deadline;
  if (applies == Applies::ongoing) rule.reason = ReminderReason::check_in;
  return rule;
}

// What the form says put over what was stored: it shows the rules of one class.
void take_form(const Request& request, Applies applies, ReminderRules& set) {
  auto entered = rules_in(request, applies);
  give_ids(entered, set.rules);
  const auto action = field_of(request, "do");
  if (action == "add" && entered.size() < most_rules_on_form) entered.push_back(usual_rule(applies));
  constexpr std::string_view remove = "remove.";
  if (action.starts_with(remove)) {
    std::size_t number = entered.size();
    std::from_chars(action.data() + remove.size(), action.data() + action.size(), number);
    if (number < entered.size()) entered.erase(entered.begin() + static_cast<std::ptrdiff_t>(number));
  }
  std::erase_if(set.rules, [&](const ReminderRule& rule) { return rule.applies_to == applies; });
  set.rules.insert(set.rules.end(), entered.begin(), entered.end());
  set.quiet_from = time_in(field_of(request, "quiet_from"), set.quiet_from);
  set.quiet_to = time_in(field_of(request, "quiet_to"), set.quiet_to);
  set.country = field_of(request, "country");
  set.on_days_off = !field_of(request, "on_days_off").empty();
}

Reply edit_reply(Services& services, const Request& request, RulesEditView view) {
  view.zone = services.context.settings.default_zone;
  const auto path = rules_path(view.desk.set.scope) + "&applies=" + std::string(name_of(view.applies));
  const auto frame = frame_of(services, request, path);
  const unsigned status = view.problem.empty() ? 200 : 422;
  return private_page(request, frame, render_rules_edit(view, frame), status);
}

bool is_input_error(const Error& error) {
  return error.code == Errc::invalid_input || error.code == Errc::limit_exceeded;
}

}  // namespace

awaitable<Reply> show_rules(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::list_rule_sets(services.context, actor_in(request));
  auto sets = co_await await(std::move(deferred));
  if (!sets) co_return error_reply(request, sets.error());
  RulesListView view;
  view.sets = std::move(*sets);
  auto opening = service::open_rules(services.context, actor_in(request), RuleScope{});
  auto desk = co_await await(std::move(opening));
  if (!desk) co_return error_reply(request, desk.error());
  view.organisations = std::move(desk->organisations);
  for (const auto& set : view.sets) {
    if (const auto* plan = (*snapshot)->find_plan(set.scope.plan)) view.plans[plan->id] = plan->title;
    if (const auto event = (*snapshot)->find_event(set.scope.event)) view.events[event->id] = event->title;
  }
  const auto frame = frame_of(services, request, "/manage/rules");
  co_return private_page(request, frame, render_rules(view, frame));
}

awaitable<Reply> edit_rules(Services& services, Request request) {
  const auto scope = scope_in(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::open_rules(services.context, actor_in(request), *scope);
  auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  RulesEditView view;
  view.desk = std::move(*desk);
  view.applies = applies_in(request);
  view.saved = request.query_value("saved").has_value();
  co_return edit_reply(services, request, std::move(view));
}

awaitable<Reply> change_rules(Services& services, Request request) {
  const auto scope = scope_in(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto actor = actor_in(request);
  auto opening = service::open_rules(services.context, actor, *scope);
  auto desk = co_await await(std::move(opening));
  if (!desk) co_return error_reply(request, desk.error());
  const auto action = field_of(request, "do");
  if (action == "delete" && desk->stored) {
    auto removing = service::remove_rules(services.context, actor, desk->set.id);
    const auto removed = co_await await(std::move(removing));
    if (!removed) co_return error_reply(request, removed.error());
    co_return Reply::redirect("/manage/rules");
  }
  RulesEditView view;
  view.applies = applies_in(request);
  ReminderRules set = desk->set;
  take_form(request, view.applies, set);
  const auto address = rules_path(set.scope) + "&applies=" + std::string(name_of(view.applies));
  if (action == "save") {
    auto saving = service::save_rules(services.context, actor, set);
    const auto saved = co_await await(std::move(saving));
    if (saved) co_return Reply::redirect(address + "&saved=1");
    if (!is_input_error(saved.error())) co_return error_reply(request, saved.error());
  }
  auto previewing = service::preview_rules(services.context, actor, set);
  auto preview = co_await await(std::move(previewing));
  if (preview) {
    view.desk = std::move(*preview);
  } else {
    if (!is_input_error(preview.error())) co_return error_reply(request, preview.error());
    view.problem = fault_text(preview.error(), language_of_reader(request));
    view.desk = std::move(*desk);
    view.desk.set = std::move(set);
  }
  co_return edit_reply(services, request, std::move(view));
}

awaitable<Reply> list_rules_api(Services& services, Request request) {
  auto deferred = service::list_rule_sets(services.context, request.actor);
  const auto sets = co_await await(std::move(deferred));
  if (!sets) co_return error_reply(request, sets.error());
  json::array all;
  for (const auto& set : *sets) all.push_back(service::rules_json(set));
  co_return private_json(json::object{{"rules", std::move(all)}});
}

awaitable<Reply> save_rules_api(Services& services, Request request) {
  auto set = service::read_rules(request.body);
  if (!set) co_return error_reply(request, set.error());
  auto deferred = service::save_rules(services.context, request.actor, std::move(*set));
  const auto saved = co_await await(std::move(deferred));
  if (!saved) co_return error_reply(request, saved.error());
  auto answer = service::rules_json(saved->set);
  answer.as_object()["events"] = saved->events;
  co_return private_json(answer);
}

awaitable<Reply> remove_rules_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::remove_rules(services.context, request.actor, RuleSetId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

}  // namespace convoke::web
