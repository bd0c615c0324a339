// Plan versus fact: what of a plan was done, when, by whom, and how many people came ("отчёт о выполнении
// плана"). Each event counts once; each time of a quarterly or monthly one counts by itself.
#pragma once

#include "base/deferred.hpp"
#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/plan.hpp"
#include "service/context.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

enum class Fate {
  done,  // within the period that the plan names, or nobody knows better
  late,  // done after it
  cancelled,
  overdue,  // its last day is past, and nobody has said that it was done
  open,     // its last day is still to come
  ongoing,  // all-year work, weekly work, rows without a date: has no day on which it could be done
};
inline constexpr std::size_t fate_count = 6;

// How often each fate was met.
struct FateCounts {
  std::array<int, fate_count> of{};
  int moved = 0;     // among them: given another day than one of the plan's period
  int attended = 0;  // people who came, where somebody counted them
  int counted = 0;   // how often somebody did

  int operator[](Fate fate) const { return of.at(static_cast<std::size_t>(fate)); }
  int all() const;
  // Done, in hundredths of all that was due by now and not cancelled; nothing when nothing was due.
  std::optional<int> percent() const;
};

// One row of the plan: an event with each of its times.
struct ReportRow {
  Event event;
  FateCounts counts;
  Period planned;            // as the plan's document says
  std::optional<Date> done;  // the last day on which something of it was done
  std::string note;          // what came of it, as whoever said that it was done wrote
};

struct ReportLine {
  std::string name;  // empty: of those that name none
  FateCounts counts;
};

struct ReportMonth {
  std::chrono::year_month month;
  int planned = 0;  // due in this month by the plan
  int done = 0;     // done in this month
};

struct PlanReport {
  Plan plan;
  Date today{};
  FateCounts counts;
  std::vector<ReportLine> sections;      // in the order of the plan
  std::vector<ReportLine> kinds;         // by EventKind; the name is name_of(kind)
  std::vector<ReportLine> responsible;   // by name; a row counts for each person and office it names
  std::vector<ReportLine> institutions;  // of the responsible, by name
  std::vector<ReportMonth> months;       // without gaps, the plan's year and what reaches beyond it
  std::vector<ReportRow> rows;           // in the order of the plan
};

// `events`: of the plan, in its order. `answers`: to them, oldest first. Goals and neighbours' events are
// left out.
PlanReport make_report(const Plan& plan, const std::vector<Event>& events, const std::vector<Answer>& answers,
                       Date today);

// Errors: not_found (also for a plan of another association than `within`; 0: of all), storage_unavailable.
Deferred<PlanReport> report_of(Context& context, OrganisationId within, PlanId plan);

}  // namespace convoke::service
