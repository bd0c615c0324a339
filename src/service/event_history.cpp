#include "service/event_history.hpp"

#include "db/store.hpp"
#include "service/answer_people.hpp"
#include "service/plan_table.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace convoke::service {
namespace {

// Whole plans are read to look for one row: the newest few.
constexpr std::size_t most_versions = 8;

std::string who_of(db::Unit& unit, const std::string& author) {
  auto name = name_of_key(unit, author);
  return name.empty() ? author : name;
}

// What the event said between its changes, as far as somebody kept it.
class States {
 public:
  // `changes`: of the event, oldest first; of one unit of work the first stands for all.
  States(db::Unit& unit, const Event& now, std::vector<db::Change> changes)
      : unit_(unit), event_(now.id), changes_(std::move(changes)) {
    const auto same_unit = [](const db::Change& a, const db::Change& b) { return a.unit == b.unit; };
    changes_.erase(std::unique(changes_.begin(), changes_.end(), same_unit), changes_.end());
    after_.resize(changes_.size() + 1);
    after_.back() = now;
    if (!now.plan || changes_.size() < 2) return;
    read_edits(now.plan);
    read_versions(now.plan);
  }

  const std::vector<db::Change>& changes() const { return changes_; }
  // After the first `count` changes.
  const std::optional<Event>& after(std::size_t count) const { return after_[count]; }

 private:
  void learn(std::size_t count, const Event& event) {
    if (!after_[count]) after_[count] = event;
  }

  void read_edits(PlanId plan) {
    for (const auto& listed : unit_.plan_edits().of_plan(plan, most_plan_history)) {
      const auto logged = unit_.changes().of_entity("plan_edit", listed.id.value);
      if (logged.empty()) continue;
      const auto change = std::ranges::find(changes_, logged.front().unit, &db::Change::unit);
      if (change == changes_.end()) continue;
      const auto edit = unit_.plan_edits().find(listed.id);
      if (!edit) continue;
      const auto row = std::ranges::find(edit->rows, event_, &RowStep::row);
      if (row == edit->rows.end()) continue;
      const auto number = static_cast<std::size_t>(change - changes_.begin());
      if (row->before) learn(number, *row->before);
      if (row->after) learn(number + 1, *row->after);
    }
  }

  void read_versions(PlanId plan) {
    const auto logged = unit_.changes().of_entity("plan_version", plan.value);
    const auto first = logged.size() > most_versions ? logged.size() - most_versions : 0;
    for (std::size_t i = first; i < logged.size(); ++i) {
      const auto later = std::ranges::find_if(
          changes_, [&](const db::Change& change) { return change.number > logged[i].number; });
      const auto count = static_cast<std::size_t>(later - changes_.begin());
      if (after_[count]) continue;  // known: no whole plan need be read for it
      const auto version = unit_.plan_versions().find(plan, static_cast<int>(i) + 1);
      if (!version) continue;
      const auto row = std::ranges::find(version->rows, event_, &Event::id);
      if (row != version->rows.end()) learn(count, *row);
    }
  }

  db::Unit& unit_;
  EventId event_;
  std::vector<db::Change> changes_;
  std::vector<std::optional<Event>> after_;
};

void add_answers(db::Unit& unit, EventId event, std::vector<HistoryStep>& steps,
                 std::set<std::int64_t>& told) {
  for (const auto& answer : unit.answers().of_event(event)) {
    for (const auto& change : unit.changes().of_entity("answer", answer.id.value)) told.insert(change.unit);
    HistoryStep step;
    step.answer = answer;
    step.at = answer.at;
    step.who = answer.name.empty() ? who_of(unit, answer.who) : answer.name;
    step.what = HistoryStep::What::answered;
    if (answer.to)
      if (const auto taker = unit.people().find(answer.to)) step.to = taker->name;
    steps.push_back(step);
    if (!answer.decided) continue;
    step.what = HistoryStep::What::decided;
    step.at = *answer.decided;
    step.who = who_of(unit, answer.decided_by);
    steps.push_back(std::move(step));
  }
}

std::vector<HistoryStep> steps_of(db::Unit& unit, const Event& event) {
  std::vector<HistoryStep> steps;
  std::set<std::int64_t> told;  // units of work that an answer tells of
  add_answers(unit, event.id, steps, told);
  const States states(unit, event, unit.changes().of_entity("event", event.id.value));
  for (std::size_t i = 0; i < states.changes().size(); ++i) {
    const auto& change = states.changes()[i];
    if (told.contains(change.unit)) continue;
    HistoryStep step;
    step.at = change.at;
    step.who = who_of(unit, change.author);
    step.what = change.action == "insert" ? HistoryStep::What::entered : HistoryStep::What::changed;
    if (step.what == HistoryStep::What::changed && states.after(i) && states.after(i + 1)) {
      step.before = states.after(i);
      step.after = states.after(i + 1);
    }
    steps.push_back(std::move(step));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const HistoryStep& a, const HistoryStep& b) { return a.at < b.at; });
  std::reverse(steps.begin(), steps.end());
  if (steps.size() > most_history) steps.resize(most_history);
  return steps;
}

}  // namespace

Deferred<std::vector<HistoryStep>> history_of(Context& context, EventId event) {
  return context.store.read([event](db::Unit& unit) -> Result<std::vector<HistoryStep>> {
    const auto found = unit.events().find(event);
    if (!found) return Error{Errc::not_found, "there is no such event"};
    return steps_of(unit, *found);
  });
}

}  // namespace convoke::service
