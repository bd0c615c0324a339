#include "service/plan_report.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"
#include "notify/planner.hpp"
#include "service/due_items.hpp"
#include "service/reach.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

constexpr std::size_t most_months = 36;  // shown; a plan that reaches further has a wrong date somewhere

using Answered = std::map<std::string, std::vector<Answer>>;  // of one event, by occurrence

// One thing to be done.
struct Item {
  Date planned_first{}, planned_last{};
  std::optional<Date> done;
  std::string note;
  Fate fate = Fate::open;
  bool moved = false;
};

const Answer* closing_answer(const Answered& answers, const std::string& occurrence) {
  const auto found = answers.find(occurrence);
  if (found == answers.end()) return nullptr;
  for (const auto& one : found->second)
    if (closes(one)) return &one;
  return nullptr;
}

// The period as the plan's document has it; what people fixed since stands in the event.
Period planned_period(const Event& event, const Plan& plan) {
  if (event.period.source_text.empty()) return event.period;
  auto reading = calendar::read_period(event.period.source_text, plan.language, plan.year);
  return reading.period.has_dates() ? std::move(reading.period) : event.period;
}

// The day on which it was done, as far as anybody knows: an event on its own day, work when somebody said so,
// and nothing later than today.
Date day_done(const Answer* said, std::optional<Date> day, const Event& event, Date due, Date today) {
  const Date told = said == nullptr ? today : civil_date(said->at, notify::zone_of(event));
  if (is_work(event)) return said == nullptr ? std::min(due, today) : told;
  if (day) return *day;
  return std::min(due, told);
}

// `day`: its own, when one is known. `due`: the last one on which it is not late.
void judge(Item& item, const Answer* said, bool held, std::optional<Date> day, const Event& event, Date due,
           Date today) {
  if (!held && said == nullptr) {
    item.fate = due < today ? Fate::overdue : Fate::open;
    return;
  }
  item.done = day_done(said, day, event, due, today);
  item.fate = *item.done > item.planned_last ? Fate::late : Fate::done;
  if (said != nullptr) item.note = said->note;
}

Item single_item(const Event& event, const Period& planned, const Answered& answers, Date today) {
  Item item;
  item.planned_first = *planned.first;
  item.planned_last = *planned.last;
  const bool dated = event.period.is_dated() || event.period.precision == Precision::date_range;
  item.moved = dated && (*event.period.first > item.planned_last || *event.period.last < item.planned_first);
  if (event.status == EventStatus::cancelled)
    item.fate = Fate::cancelled;
  else
    judge(item, closing_answer(answers, {}), event.status == EventStatus::held,
          dated ? event.period.last : std::nullopt, event, *event.period.last, today);
  return item;
}

std::vector<Item> items_of(const Event& event, const Period& planned, const Answered& answers, Date today) {
  std::vector<Item> items;
  if (is_due_once(event) && planned.has_dates()) {
    items.push_back(single_item(event, planned, answers, today));
  } else if (event.period.precision == Precision::recurring && event.period.has_dates() &&
             !is_frequent(event)) {
    for (const auto& one : calendar::event_occurrences(event, *event.period.first, *event.period.last)) {
      Item item;
      item.planned_first = one.moved ? one.day : one.first;
      item.planned_last = one.moved ? one.day : one.last;
      item.moved = one.moved && one.first != one.day;
      if (one.cancelled)
        item.fate = Fate::cancelled;
      else
        judge(item, closing_answer(answers, one.key), event.status == EventStatus::held, {}, event, one.last,
              today);
      items.push_back(std::move(item));
    }
  }
  return items;
}

void count(FateCounts& counts, const Item& item) {
  ++counts.of.at(static_cast<std::size_t>(item.fate));
  if (item.moved) ++counts.moved;
}

void add(FateCounts& sum, const FateCounts& one) {
  for (std::size_t i = 0; i < fate_count; ++i) sum.of.at(i) += one.of.at(i);
  sum.moved += one.moved;
  sum.attended += one.attended;
  sum.counted += one.counted;
}

// Lines by name; the order of entering them is kept until they are taken.
class Lines {
 public:
  void add_to(const std::string& name, const FateCounts& counts) {
    const auto [found, fresh] = index_.emplace(name, lines_.size());
    if (fresh) lines_.push_back({name, {}});
    add(lines_[found->second].counts, counts);
  }
  std::vector<ReportLine> take() { return std::move(lines_); }
  std::vector<ReportLine> take_by_name(std::string_view language) {
    std::sort(lines_.begin(), lines_.end(), [&](const ReportLine& a, const ReportLine& b) {
      if (a.name.empty() != b.name.empty()) return b.name.empty();
      return compare_in(language, a.name, b.name) < 0;
    });
    return take();
  }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<ReportLine> lines_;
};

class Months {
 public:
  void planned(Date day) { ++of(day).planned; }
  void done(Date day) { ++of(day).done; }
  void reach(Date day) { of(day); }
  std::vector<ReportMonth> take() const {
    std::vector<ReportMonth> months;
    if (months_.empty()) return months;
    const auto last = months_.rbegin()->first;
    for (auto month = months_.begin()->first; month <= last && months.size() < most_months;
         month += std::chrono::months{1}) {
      const auto found = months_.find(month);
      months.push_back(found == months_.end() ? ReportMonth{month, 0, 0} : found->second);
    }
    return months;
  }

 private:
  ReportMonth& of(Date day) {
    const auto month = day.year() / day.month();
    return months_.emplace(month, ReportMonth{month, 0, 0}).first->second;
  }
  std::map<std::chrono::year_month, ReportMonth> months_;
};

ReportRow row_of(const Plan& plan, const Event& event, const Answered& answers, Date today, Months& months) {
  ReportRow row;
  row.event = event;
  row.planned = planned_period(event, plan);
  for (const auto& item : items_of(event, row.planned, answers, today)) {
    count(row.counts, item);
    months.planned(item.planned_last);
    if (item.done) {
      months.done(*item.done);
      row.done = row.done ? std::max(*row.done, *item.done) : *item.done;
    }
    if (!item.note.empty()) row.note = item.note;
  }
  if (row.counts.all() == 0)
    ++row.counts.of.at(static_cast<std::size_t>(event.status == EventStatus::cancelled ? Fate::cancelled
                                                : event.status == EventStatus::held    ? Fate::done
                                                                                       : Fate::ongoing));
  if (event.attended) {
    row.counts.attended = *event.attended;
    row.counts.counted = 1;
  }
  if (!event.outcome.empty()) row.note = event.outcome;
  return row;
}

// Each once, however often a row names it.
std::set<std::string> names_of(const Event& event, bool institutions) {
  std::set<std::string> names;
  for (const auto& one : event.responsible) {
    const auto& name = institutions ? one.organisation : one.name.empty() ? one.post : one.name;
    if (!name.empty()) names.insert(name);
  }
  if (names.empty()) names.insert("");
  return names;
}

}  // namespace

int FateCounts::all() const {
  int sum = 0;
  for (const int one : of) sum += one;
  return sum;
}

std::optional<int> FateCounts::percent() const {
  const int done = (*this)[Fate::done] + (*this)[Fate::late], due = done + (*this)[Fate::overdue];
  if (due == 0) return std::nullopt;
  return done * 100 / due;
}

PlanReport make_report(const Plan& plan, const std::vector<Event>& events, const std::vector<Answer>& answers,
                       Date today) {
  std::map<EventId, Answered> by_event;
  for (const auto& one : answers) by_event[one.event][one.occurrence].push_back(one);
  PlanReport report;
  report.plan = plan;
  report.today = today;
  Lines sections, responsible, institutions;
  std::map<EventKind, FateCounts> kinds;
  Months months;
  months.reach(plan.year.first);
  months.reach(plan.year.last);
  for (const auto& event : events) {
    if (event.kind == EventKind::goal || event.source) continue;
    auto row = row_of(plan, event, by_event[event.id], today, months);
    add(report.counts, row.counts);
    add(kinds[event.kind], row.counts);
    sections.add_to(event.section, row.counts);
    for (const auto& name : names_of(event, false)) responsible.add_to(name, row.counts);
    for (const auto& name : names_of(event, true)) institutions.add_to(name, row.counts);
    report.rows.push_back(std::move(row));
  }
  report.sections = sections.take();
  for (const auto& [kind, counts] : kinds) report.kinds.push_back({std::string(name_of(kind)), counts});
  report.responsible = responsible.take_by_name(plan.language);
  report.institutions = institutions.take_by_name(plan.language);
  report.months = months.take();
  return report;
}

Deferred<PlanReport> report_of(Context& context, OrganisationId within, PlanId id) {
  const Date today = civil_date(context.clock.now(), context.settings.default_zone);
  return context.store.read([within, id, today](db::Unit& unit) -> Result<PlanReport> {
    const auto plan = unit.plans().find(id);
    if (!plan || !Reach(unit, within).holds(plan->organisation))
      return Error{Errc::not_found, "there is no such plan"};
    const auto events = unit.events().of_plan(id);
    std::vector<Answer> answers;
    for (const auto& event : events)
      for (auto& one : unit.answers().of_event(event.id)) answers.push_back(std::move(one));
    return make_report(*plan, events, answers, today);
  });
}

}  // namespace convoke::service
