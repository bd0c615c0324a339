#include "service/webhooks.hpp"

#include "base/outside_address.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "notify/hooks.hpp"
#include "notify/mails/hook.hpp"
#include "notify/queue.hpp"
#include "service/checked_text.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace convoke::service {
namespace {

Error may_not() {
  return {Errc::forbidden, "webhooks are the organisers', or need a token with the scope write"};
}
Error no_such_webhook() {
  return {Errc::not_found, "there is no such webhook"};
}

bool is_theirs(const Webhook& hook, OrganisationId within) {
  return !within || hook.organisation == within;
}

Result<Webhook> kept(db::Unit& unit, WebhookId id, OrganisationId within) {
  auto hook = unit.webhooks().find(id);
  if (!hook || !is_theirs(*hook, within)) return no_such_webhook();
  return std::move(*hook);
}

// The address as it will be connected to. Errors: invalid_input.
Result<std::string> checked_url(const std::string& url, const OutsideExceptions& exceptions) {
  const auto address = parse_outside_address(trim(url));
  if (!address) return Error{Errc::invalid_input, "'url': " + address.error().message};
  if (const auto allowed = check_outside(*address, exceptions); !allowed)
    return Error{Errc::invalid_input, "'url': " + allowed.error().message};
  return to_text(*address);
}

Result<Webhook> checked(const Context& context, const NewWebhook& wanted) {
  auto name = checked_text(wanted.name, longest_webhook_name, "'name'");
  if (!name) return Error{Errc::invalid_input, name.error().message};
  static const OutsideExceptions none;
  const auto& allowed = context.settings.hooks_allow;
  auto url = checked_url(wanted.url, allowed ? *allowed : none);
  if (!url) return url.error();
  Webhook hook;
  hook.name = collapse_spaces(*name);
  if (hook.name.empty()) return Error{Errc::invalid_input, "'name' is missing"};
  hook.url = std::move(*url);
  hook.secret = notify::new_hook_secret();
  hook.created = context.clock.now();
  return hook;
}

// What is planned already is told to the new one as well.
void replan_for(db::Unit& unit, OrganisationId organisation, const notify::Planning& planning, Instant now) {
  std::vector<Event> open;  // a repository is not asked anything while it visits
  unit.events().each([&](Event event) {
    const bool theirs = !organisation || event.organisation == organisation;
    if (theirs && is_open(event.status) && !event.source) open.push_back(std::move(event));
  });
  for (const auto& event : open) notify::replan(unit, event, now, planning);
}

Result<Webhook> stored(db::Unit& unit, Webhook hook, const notify::Planning& planning) {
  const auto hooks = unit.webhooks().list();
  const auto own = std::count_if(hooks.begin(), hooks.end(),
                                 [&](const Webhook& one) { return one.organisation == hook.organisation; });
  if (static_cast<std::size_t>(own) >= most_webhooks)
    return Error{Errc::limit_exceeded, "there are " + std::to_string(most_webhooks) + " webhooks already"};
  hook.id = unit.webhooks().insert(hook);
  replan_for(unit, hook.organisation, planning, hook.created);
  return hook;
}

HookDelivery delivery_of(db::Unit& unit, Reminder row) {
  HookDelivery one;
  one.type = notify::name_of(notify::happening_of(row.key));
  if (const auto event = unit.events().find(row.key.event)) one.event_title = event->title;
  if (auto attempts = unit.mail_log().attempts(row.id); !attempts.empty()) one.last = attempts.back();
  one.row = std::move(row);
  return one;
}

bool is_told(const Reminder& row, Instant now) {
  const bool never = row.state == ReminderState::superseded || row.state == ReminderState::missed;
  return !never && (row.state != ReminderState::planned || row.due <= now);
}

// Due by now, newest first.
std::vector<Reminder> told_to(db::Unit& unit, WebhookId hook, Instant now) {
  db::ReminderSelection selection;
  selection.recipient = notify::hook_key(hook);
  selection.due_before = now + std::chrono::seconds{1};
  selection.newest_first = true;
  selection.limit = 10 * deliveries_shown;
  auto rows = unit.reminders().list(selection);
  std::erase_if(rows, [now](const Reminder& row) { return !is_told(row, now); });
  if (rows.size() > static_cast<std::size_t>(deliveries_shown)) rows.resize(deliveries_shown);
  return rows;
}

int waiting_for(db::Unit& unit, WebhookId hook, Instant now) {
  db::ReminderSelection selection;
  selection.recipient = notify::hook_key(hook);
  selection.due_from = now + std::chrono::seconds{1};
  selection.state = ReminderState::planned;
  selection.limit = std::numeric_limits<int>::max();
  return static_cast<int>(unit.reminders().list(selection).size());
}

}  // namespace

Deferred<Webhook> add_webhook(Context& context, Actor actor, NewWebhook wanted, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<Webhook>::ready(may_not());
  auto hook = checked(context, wanted);
  if (!hook) return Deferred<Webhook>::ready(hook.error());
  hook->organisation = within;
  auto work = [hook = std::move(*hook), planning = rules_of(context.settings)](db::Unit& unit) {
    return stored(unit, hook, planning);
  };
  return context.store.write(db::Author(actor.name, context.clock.now()), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<std::vector<WebhookState>> list_webhooks(Context& context, Actor actor, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<std::vector<WebhookState>>::ready(may_not());
  return context.store.read([within, now = context.clock.now()](db::Unit& unit) {
    std::vector<WebhookState> states;
    for (auto& hook : unit.webhooks().all()) {
      if (!is_theirs(hook, within) || (hook.removed && *hook.removed + removed_shown < now)) continue;
      WebhookState state;
      if (auto rows = told_to(unit, hook.id, now); !rows.empty())
        state.last = delivery_of(unit, std::move(rows.front()));
      state.hook = std::move(hook);
      state.hook.secret.clear();
      states.push_back(std::move(state));
    }
    return states;
  });
}

Deferred<WebhookDesk> webhook_desk(Context& context, Actor actor, WebhookId id, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<WebhookDesk>::ready(may_not());
  return context.store.read([id, within, now = context.clock.now()](db::Unit& unit) -> Result<WebhookDesk> {
    auto hook = kept(unit, id, within);
    if (!hook) return hook.error();
    WebhookDesk desk;
    desk.hook = std::move(*hook);
    desk.hook.secret.clear();
    for (auto& row : told_to(unit, id, now)) desk.deliveries.push_back(delivery_of(unit, std::move(row)));
    desk.waiting = waiting_for(unit, id, now);
    return desk;
  });
}

Deferred<bool> test_webhook(Context& context, Actor actor, WebhookId id, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<bool>::ready(may_not());
  const Instant now = context.clock.now();
  auto work = [id, within, now, domain = context.settings.mail_domain](db::Unit& unit) -> Result<bool> {
    const auto hook = kept(unit, id, within);
    if (!hook) return hook.error();
    if (hook->removed) return no_such_webhook();
    return notify::queue_hook_test(unit, id, domain, now).has_value();
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<bool> remove_webhook(Context& context, Actor actor, WebhookId id, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<bool>::ready(may_not());
  const Instant now = context.clock.now();
  return context.store.write(db::Author(actor.name, now), [id, within, now](db::Unit& unit) -> Result<bool> {
    const auto hook = kept(unit, id, within);
    if (!hook) return hook.error();
    if (!unit.webhooks().remove(id, now)) return no_such_webhook();
    notify::supersede_for(unit, id, now);
    return true;
  });
}

}  // namespace convoke::service
