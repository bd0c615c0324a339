#include "service/plan_approvals.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <functional>

namespace convoke::service {
namespace {

constexpr std::size_t stamp_digits = 16;

// A version is of the plan people signed: what its rows were read from is of no use in it.
void keep_version(db::Unit& unit, const Plan& plan, const Editor& editor, const Approval& approval,
                  Instant now) {
  PlanVersion version;
  version.plan = plan.id;
  version.at = now;
  version.author = editor.actor.name;
  version.name = editor.name;
  version.reason = approval.name.empty() ? approval.verb : approval.verb + ", " + approval.name;
  version.heading = plan;
  version.rows = unit.events().of_plan(plan.id);
  for (auto& row : version.rows) row.as_read.reset();
  unit.plan_versions().insert(version);
}

std::optional<Error> clean(Approval& approval) {
  TextChanges texts;
  const auto take = [&](std::string& text, const char* what) {
    const auto typed = collapse_spaces(text);
    texts.apply(typed, text, longest_label, what);
  };
  take(approval.verb, "the verb");
  take(approval.post, "the post");
  take(approval.name, "the name");
  take(approval.act, "the act");
  if (texts.error()) return texts.error();
  if (approval.verb.empty()) return Error{Errc::invalid_input, "a stamp needs its word: approved, agreed"};
  return std::nullopt;
}

Error changed_since() {
  return {Errc::conflict, "somebody changed the approvals in between; look at them again"};
}

using Change = std::function<Result<bool>(db::Unit&, Plan&, const Editor&, Instant)>;

Deferred<bool> change_plan(Context& context, Editor editor, PlanId plan, Change change) {
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  return context.store.write(
      author,
      [editor = std::move(editor), plan, change = std::move(change), now](db::Unit& unit) -> Result<bool> {
        auto found = plan_within(unit, plan, editor.within);
        if (!found) return found.error();
        const auto changed = change(unit, *found, editor, now);
        if (changed && *changed) unit.plans().update(*found);
        return changed;
      });
}

Deferred<bool> refused() {
  return Deferred<bool>::ready(Error{Errc::forbidden, "only organisers write plans"});
}

bool is_key(const Plan& plan, const StampKey& key) {
  return key.index < plan.approvals.size() && approval_stamp(plan.approvals[key.index]) == key.expected;
}

// The stamp that this person is awaited at.
Approval* awaited(Plan& plan, const std::string& name) {
  for (auto& one : plan.approvals)
    if (!one.date && stage_of_verb(one.verb) == ApprovalStage::approved &&
        (one.name.empty() || fold(one.name) == fold(name)))
      return &one;
  return nullptr;
}

bool signed_as_it_is(db::Unit& unit, const Plan& plan, const Editor& editor, const std::string& seen) {
  const auto last = unit.plan_versions().last_of_plan(plan.id);
  return last && last->author == editor.actor.name && plan_stamp(last->heading, last->rows) == seen;
}

}  // namespace

std::string approval_stamp(const Approval& approval) {
  std::string all;
  for (const auto* text : {&approval.verb, &approval.post, &approval.name, &approval.act})
    all += std::to_string(text->size()) + ":" + *text;
  if (approval.date) all += format_iso(*approval.date);
  return hex_of(digest_of(all)).substr(0, stamp_digits);
}

Deferred<bool> save_approval(Context& context, Editor editor, PlanId plan, Approval approval,
                             std::optional<StampKey> key) {
  if (editor.actor.role != Role::editor) return refused();
  if (auto error = clean(approval)) return Deferred<bool>::ready(std::move(*error));
  return change_plan(context, std::move(editor), plan,
                     [approval = std::move(approval), key = std::move(key)](
                         db::Unit& unit, Plan& found, const Editor& who, Instant now) -> Result<bool> {
                       if (key && !is_key(found, *key)) return changed_since();
                       if (!key && found.approvals.size() >= most_approvals)
                         return Error{Errc::limit_exceeded,
                                      "a plan has at most " + std::to_string(most_approvals) + " stamps"};
                       const bool was_signed = key && found.approvals[key->index].date;
                       if (key)
                         found.approvals[key->index] = approval;
                       else
                         found.approvals.push_back(approval);
                       if (approval.date && !was_signed) keep_version(unit, found, who, approval, now);
                       return true;
                     });
}

Deferred<bool> remove_approval(Context& context, Editor editor, PlanId plan, StampKey key) {
  if (editor.actor.role != Role::editor) return refused();
  return change_plan(
      context, std::move(editor), plan,
      [key = std::move(key)](db::Unit&, Plan& found, const Editor&, Instant) -> Result<bool> {
        if (!is_key(found, key)) return changed_since();
        found.approvals.erase(found.approvals.begin() + static_cast<std::ptrdiff_t>(key.index));
        return true;
      });
}

Deferred<bool> approve_plan(Context& context, Editor editor, PlanId plan, std::string post,
                            std::string expected) {
  if (!editor.approves)
    return Deferred<bool>::ready(Error{Errc::forbidden, "this account does not approve plans"});
  const auto zone = context.settings.default_zone;
  Approval given;
  given.verb = "-";
  given.name = editor.name;
  given.post = std::move(post);
  if (auto error = clean(given)) return Deferred<bool>::ready(std::move(*error));
  return change_plan(
      context, std::move(editor), plan,
      [given = std::move(given), expected = std::move(expected), zone](
          db::Unit& unit, Plan& found, const Editor& who, Instant now) mutable -> Result<bool> {
        if (plan_stamp(found, unit.events().of_plan(found.id)) != expected)
          return Error{Errc::conflict, "the plan was changed since you opened it; look at it again"};
        if (signed_as_it_is(unit, found, who, expected))
          return Error{Errc::conflict, "you have approved the plan as it is"};
        Approval* stamp = awaited(found, who.name);
        if (stamp == nullptr) {
          if (found.approvals.size() >= most_approvals)
            return Error{Errc::limit_exceeded,
                         "a plan has at most " + std::to_string(most_approvals) + " stamps"};
          given.verb = std::string(verb_of(ApprovalStage::approved, found.language));
          found.approvals.push_back(given);
          stamp = &found.approvals.back();
        }
        stamp->name = given.name;
        if (!given.post.empty()) stamp->post = given.post;
        stamp->date = civil_date(now, zone);
        const Approval signed_one = *stamp;
        keep_version(unit, found, who, signed_one, now);
        return true;
      });
}

Deferred<PlanVersions> plan_versions(Context& context, PlanId plan, Reach within) {
  return context.store.read([plan, within = std::move(within)](db::Unit& unit) -> Result<PlanVersions> {
    auto found = plan_within(unit, plan, within);
    if (!found) return found.error();
    PlanVersions all;
    all.plan = std::move(*found);
    all.versions = unit.plan_versions().of_plan(plan);
    return all;
  });
}

Deferred<VersionComparison> compare_versions(Context& context, PlanId plan, Reach within, int from, int to) {
  return context.store.read(
      [plan, within = std::move(within), from, to](db::Unit& unit) -> Result<VersionComparison> {
        auto found = plan_within(unit, plan, within);
        if (!found) return found.error();
        auto before = unit.plan_versions().find(plan, from);
        std::optional<PlanVersion> after;
        if (to != 0) {
          after = unit.plan_versions().find(plan, to);
        } else {
          after.emplace();
          after->heading = *found;
          after->rows = unit.events().of_plan(plan);
        }
        if (!before || !after) return Error{Errc::not_found, "there is no such version"};
        VersionComparison result;
        result.difference = plan_difference(before->heading, before->rows, after->heading, after->rows);
        before->rows.clear();
        after->rows.clear();
        result.plan = std::move(*found);
        result.from = std::move(*before);
        result.to = std::move(*after);
        return result;
      });
}

}  // namespace convoke::service
