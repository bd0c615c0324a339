#include "service/presentation.hpp"

#include "calendar/feed.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"
#include "documents/plan_json.hpp"
#include "notify/planner.hpp"

namespace convoke::service {

std::string event_file(const Settings& settings, const Snapshot& snapshot, const Event& event,
                       Language language) {
  calendar::FeedView view;
  view.language = language;
  view.base_url = settings.base_url;
  return calendar::single_event_file(event, view, snapshot.context_of(event));
}

std::string plan_document(const ImportedPlan& plan) {
  return documents::plan_json(plan);
}

bool was_fixed_later(const Event& event, const Plan& plan) {
  const Period& period = event.period;
  if (!period.is_dated() && period.precision != Precision::date_range) return false;
  const auto written = calendar::read_period(period.source_text, plan.language, plan.year).period;
  return written.first != period.first || written.last != period.last || written.time != period.time;
}

std::string zone_of(const Event& event) {
  return notify::zone_of(event);
}

Deferred<std::int64_t> check_storage(Context& context) {
  return context.store.read([](db::Unit& unit) { return unit.changes().last(); });
}

}  // namespace convoke::service
