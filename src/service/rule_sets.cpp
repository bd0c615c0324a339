#include "service/rule_sets.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/queue.hpp"
#include "service/event_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

constexpr std::size_t events_in_a_unit = 200;

Error may_not() {
  return {Errc::forbidden, "the rules of reminders are the organisers' to write"};
}

bool may_write(const Actor& actor) {
  return actor.role == Role::editor;
}

Error wrong(const ReminderRule& rule, std::string_view why) {
  return {Errc::invalid_input, fmt::format("rule '{}': {}", rule.id, why)};
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= longest_rule_id && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

bool is_time(TimeOfDay time) {
  return time >= TimeOfDay{0} && time < std::chrono::hours{24};
}

Result<void> check_rule(const ReminderRule& rule) {
  if (!is_id(rule.id))
    return Error{Errc::invalid_input, "a rule has an id of letters, digits, '.', '_' and '-'"};
  if (rule.offset < -farthest_offset || rule.offset > farthest_offset)
    return wrong(rule, fmt::format("{} days either way at most", farthest_offset));
  if (!is_time(rule.at)) return wrong(rule, "a time of day reads 08:30");
  if (!is_ladder_step(rule.reason))
    return wrong(rule, "a reason is upcoming, deadline, fix_date, check_in or overdue");
  const bool before = rule.reason == ReminderReason::upcoming || rule.reason == ReminderReason::deadline;
  if (before && rule.offset > 0) return wrong(rule, "what is announced is announced before or on the day");
  if (rule.reason == ReminderReason::overdue && (rule.offset < 1 || rule.anchor != Anchor::end))
    return wrong(rule, "what is overdue is asked for after the end");
  if (rule.reason == ReminderReason::fix_date && rule.applies_to != Applies::vague)
    return wrong(rule, "only a vague period asks for its date");
  return {};
}

Result<void> check_scope(const RuleScope& scope) {
  const int set = (scope.plan ? 1 : 0) + (scope.kind ? 1 : 0) + (scope.event ? 1 : 0);
  if (set > 1) return Error{Errc::invalid_input, "rules are for a plan, a kind or an event, one of them"};
  return {};
}

// The organisation of a plan and of an event is theirs, whatever was asked.
Result<RuleScope> completed(db::Unit& unit, RuleScope scope, std::string& name) {
  if (auto fine = check_scope(scope); !fine) return fine.error();
  if (scope.event) {
    const auto event = unit.events().find(scope.event);
    if (!event) return Error{Errc::not_found, "there is no such event"};
    scope.organisation = event->organisation;
    name = event->title;
  } else if (scope.plan) {
    const auto plan = unit.plans().find(scope.plan);
    if (!plan) return Error{Errc::not_found, "there is no such plan"};
    scope.organisation = plan->organisation;
    name = plan->title;
  } else if (scope.organisation) {
    const auto organisation = unit.organisations().find(scope.organisation);
    if (!organisation) return Error{Errc::not_found, "there is no such organisation"};
    name = organisation->name;
  }
  return scope;
}

const ReminderRules* stored_for(const std::vector<ReminderRules>& sets, const RuleScope& scope) {
  const auto found =
      std::find_if(sets.begin(), sets.end(), [&](const auto& set) { return set.scope == scope; });
  return found == sets.end() ? nullptr : &*found;
}

// What an event of this scope follows as long as the scope has no set of its own.
ReminderRules inherited(const std::vector<ReminderRules>& sets, const RuleScope& scope, db::Unit& unit) {
  Event like;
  if (scope.event) {
    like = unit.events().find(scope.event).value_or(Event{});
  } else {
    like.organisation = scope.organisation;
    like.plan = scope.plan;
    if (scope.kind) like.kind = *scope.kind;
  }
  std::vector<ReminderRules> wider;
  for (const auto& set : sets)
    if (scope.event || !set.scope.kind || scope.kind) wider.push_back(set);
  ReminderRules set = notify::rules_for(like, wider);
  set.id = {};
  set.scope = scope;
  return set;
}

template<class Visit>
void each_open_event(db::Unit& unit, const RuleScope& scope, Visit visit) {
  const auto look = [&](Event event) {
    if (notify::covers(scope, event) && !event.source && is_open(event.status)) visit(std::move(event));
  };
  if (scope.event) {
    if (auto event = unit.events().find(scope.event)) look(std::move(*event));
  } else if (scope.plan) {
    for (auto& event : unit.events().of_plan(scope.plan)) look(std::move(event));
  } else {
    std::vector<Event> all;  // a repository is not asked anything while it visits
    unit.events().each([&](Event event) {
      if (notify::covers(scope, event)) all.push_back(std::move(event));
    });
    for (auto& event : all) look(std::move(event));
  }
}

int replan_covered(db::Unit& unit, const RuleScope& scope, const notify::Planning& planning, Instant now) {
  int planned = 0;
  each_open_event(unit, scope, [&](const Event& event) {
    notify::replan(unit, event, now, planning);
    ++planned;
  });
  return planned;
}

// Fills in what `set` leads to, as if it were stored.
void fill_preview(db::Unit& unit, RulesDesk& desk, std::vector<ReminderRules> sets,
                  const notify::Planning& planning, Instant now, const std::string& zone) {
  std::erase_if(sets, [&](const ReminderRules& set) { return set.scope == desk.set.scope; });
  sets.push_back(desk.set);
  notify::PreviewInput input;
  input.sets = std::move(sets);
  input.planning = planning;
  input.directory = notify::read_directory(unit);
  each_open_event(unit, desk.set.scope, [&](Event event) {
    if (notify::rules_for(event, input.sets).scope != desk.set.scope) return;
    ++desk.events;
    if (auto closed = unit.answers().closed(event.id); !closed.empty())
      input.closed.emplace(event.id, std::move(closed));
    input.events.push_back(std::move(event));
  });
  const Date today = civil_date(now, zone);
  for (auto& line : notify::preview(input, today, add_days(today, days_previewed))) {
    if (line.reminder.due < now) continue;
    if (desk.mails.size() == most_previewed) {
      desk.more = true;
      break;
    }
    desk.mails.push_back(row_of_preview(std::move(line)));
  }
}

struct DeskWork {
  RuleScope scope;
  std::optional<ReminderRules> unsaved;
  notify::Planning planning;
  Instant now;
  std::string zone;

  Result<RulesDesk> operator()(db::Unit& unit) const {
    RulesDesk desk;
    auto whole = completed(unit, scope, desk.scope_name);
    if (!whole) return whole.error();
    const auto sets = unit.rule_sets().list();
    const auto* stored = stored_for(sets, *whole);
    desk.stored = stored != nullptr;
    if (unsaved)
      desk.set = *unsaved;
    else
      desk.set = stored ? *stored : inherited(sets, *whole, unit);
    desk.set.scope = *whole;
    desk.set.id = stored ? stored->id : RuleSetId{};
    desk.organisations = unit.organisations().list();
    fill_preview(unit, desk, sets, planning, now, zone);
    return desk;
  }
};

Deferred<RulesDesk> desk_of(Context& context, const Actor& actor, DeskWork work) {
  if (!may_write(actor)) return Deferred<RulesDesk>::ready(may_not());
  return context.store.read(std::move(work));
}

}  // namespace

Result<void> check_rules(const ReminderRules& set) {
  if (auto fine = check_scope(set.scope); !fine) return fine;
  if (set.rules.size() > most_rules)
    return Error{Errc::limit_exceeded, fmt::format("a set has {} rules at most", most_rules)};
  if (!is_time(set.quiet_from) || !is_time(set.quiet_to))
    return Error{Errc::invalid_input, "quiet hours read 21:00 and 07:00"};
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!set.country.empty() &&
      (set.country.size() != 2 || !std::all_of(set.country.begin(), set.country.end(), capital)))
    return Error{Errc::invalid_input, "a country is two capital letters: UA"};
  std::set<std::string_view> ids;
  for (const auto& rule : set.rules) {
    if (auto fine = check_rule(rule); !fine) return fine;
    if (!ids.insert(rule.id).second) return wrong(rule, "another rule has this id");
  }
  return {};
}

Deferred<std::vector<ReminderRules>> list_rule_sets(Context& context, const Actor& actor) {
  if (!may_write(actor)) return Deferred<std::vector<ReminderRules>>::ready(may_not());
  return context.store.read([](db::Unit& unit) { return unit.rule_sets().list(); });
}

Deferred<SavedRules> save_rules(Context& context, const Actor& actor, ReminderRules set) {
  if (!may_write(actor)) return Deferred<SavedRules>::ready(may_not());
  if (auto fine = check_rules(set); !fine) return Deferred<SavedRules>::ready(fine.error());
  const Instant now = context.clock.now();
  auto work = [set = std::move(set), planning = rules_of(context.settings),
               now](db::Unit& unit) -> Result<SavedRules> {
    std::string name;
    auto scope = completed(unit, set.scope, name);
    if (!scope) return scope.error();
    SavedRules saved;
    saved.set = set;
    saved.set.scope = *scope;
    const auto sets = unit.rule_sets().list();
    if (sets.size() >= most_rule_sets && !stored_for(sets, *scope))
      return Error{Errc::limit_exceeded, fmt::format("there are {} sets of rules already", most_rule_sets)};
    saved.set.id = unit.rule_sets().save(saved.set);
    saved.events = replan_covered(unit, *scope, planning, now);
    return saved;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<bool> remove_rules(Context& context, const Actor& actor, RuleSetId id) {
  if (!may_write(actor)) return Deferred<bool>::ready(may_not());
  const Instant now = context.clock.now();
  auto work = [id, planning = rules_of(context.settings), now](db::Unit& unit) -> Result<bool> {
    const auto set = unit.rule_sets().find(id);
    if (!set || !unit.rule_sets().remove(id)) return Error{Errc::not_found, "there is no such set of rules"};
    replan_covered(unit, set->scope, planning, now);
    return true;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<RulesDesk> open_rules(Context& context, const Actor& actor, RuleScope scope) {
  return desk_of(
      context, actor,
      {scope, std::nullopt, rules_of(context.settings), context.clock.now(), context.settings.default_zone});
}

Deferred<RulesDesk> preview_rules(Context& context, const Actor& actor, ReminderRules set) {
  if (auto fine = check_rules(set); !fine) return Deferred<RulesDesk>::ready(fine.error());
  const auto scope = set.scope;
  return desk_of(context, actor,
                 {scope, std::move(set), rules_of(context.settings), context.clock.now(),
                  context.settings.default_zone});
}

Result<int> replan_all(Context& context) {
  const auto ids = context.store
                       .read([](db::Unit& unit) {
                         std::vector<EventId> open;
                         unit.events().each([&](Event event) {
                           if (!event.source && is_open(event.status)) open.push_back(event.id);
                         });
                         return open;
                       })
                       .wait();
  if (!ids) return ids.error();
  const Instant now = context.clock.now();
  for (std::size_t from = 0; from < ids->size(); from += events_in_a_unit) {
    const auto first = ids->begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<EventId> some(
        first, first + static_cast<std::ptrdiff_t>(std::min(events_in_a_unit, ids->size() - from)));
    const auto done =
        context.store
            .write(db::Author("system", now),
                   [some = std::move(some), planning = rules_of(context.settings), now](db::Unit& unit) {
                     for (const EventId id : some)
                       if (const auto event = unit.events().find(id))
                         notify::replan(unit, *event, now, planning);
                     return true;
                   })
            .wait();
    if (!done) return done.error();
  }
  return static_cast<int>(ids->size());
}

}  // namespace convoke::service
