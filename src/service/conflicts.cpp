#include "service/conflicts.hpp"

#include "base/time_zone.hpp"
#include "service/clash_scene.hpp"
#include "service/presentation.hpp"

#include <algorithm>
#include <chrono>

namespace convoke::service {
namespace {

constexpr int fortnight = 14;

using Found = std::vector<FoundConflict>;

const Error no_such_event(Errc::not_found, "there is no such event");

}  // namespace

Deferred<Found> conflicts_of(Context& context, std::shared_ptr<const Snapshot> snapshot, const Actor& actor,
                             EventId id) {
  const Event* event = snapshot->find_event(id);
  if (event == nullptr) return Deferred<Found>::ready(no_such_event);
  if (!calendar::takes_days(*event)) return Deferred<Found>::ready(Found());
  return with_scene<Found>(context, std::move(snapshot), actor, [id](const ClashScene& scene) {
    const Event& one = *scene.snapshot().find_event(id);
    const auto index = scene.index(*one.period.first, *one.period.last);
    Found found;
    for (const auto& conflict : index.of({&one, speakers_of(one)})) found.push_back(scene.found(conflict));
    return found;
  });
}

bool may_be_dated(const Event& event) {
  if (event.source || !is_open(event.status) || event.kind == EventKind::goal) return false;
  const Period& period = event.period;
  return !period.deadline && !period.is_all_year() && period.precision != Precision::recurring;
}

Deferred<DayChoice> day_choice(Context& context, std::shared_ptr<const Snapshot> snapshot, const Actor& actor,
                               EventId id) {
  const Event* event = snapshot->find_event(id);
  if (event == nullptr) return Deferred<DayChoice>::ready(no_such_event);
  const Date tomorrow = add_days(civil_date(context.clock.now(), zone_of(*event)), 1);
  const Settings& settings = context.settings;
  return with_scene<DayChoice>(
      context, std::move(snapshot), actor, [id, tomorrow, settings](const auto& scene) {
        const Event& one = *scene.snapshot().find_event(id);
        const auto week = working_week(settings, one.zone);
        DayChoice choice;
        const Period& period = one.period;
        choice.from = tomorrow;
        choice.to = add_days(tomorrow, -1);
        if (!period.has_dates()) return choice;
        choice.standing = calendar::standing_days(one, week, *period.first, *period.last);
        const bool whole = period.is_dated() || calendar::lasts_days(one);
        if (!may_be_dated(one) || !(whole || period.is_vague())) return choice;
        const int around = whole ? fortnight : 0;
        choice.from = std::max(tomorrow, add_days(*period.first, -around));
        choice.to = std::min(add_days(*period.last, around), add_days(choice.from, calendar::longest_search));
        if (choice.from <= choice.to)
          choice.free = calendar::free_days(scene.index(choice.from, choice.to), {&one, speakers_of(one)},
                                            week, choice.from, choice.to);
        return choice;
      });
}

}  // namespace convoke::service
