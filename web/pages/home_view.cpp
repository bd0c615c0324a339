#include "model/programme.hpp"
#include "web/pages/home_page.hpp"
#include "web/pages/when.hpp"

#include <algorithm>
#include <map>

namespace convoke::web {
namespace {

using std::chrono::months;
using std::chrono::year_month;

// How far a page of the past reaches back from the last event before the present one.
constexpr months page_back{5};

bool earlier_in_list(const Event* a, const Event* b) {
  const auto key = [](const Event* event) {
    return std::tuple(event->period.first.value_or(Date{}), event->period.time.value_or(TimeOfDay{0}),
                      event->plan.value, event->position, event->id);
  };
  return key(a) < key(b);
}

bool is_of_past_plan(const service::Snapshot& snapshot, const Event& event, Date start) {
  const Plan* plan = snapshot.find_plan(event.plan);
  return plan != nullptr && plan->year.last < start;
}

bool is_throughout(const Period& period) {
  return period.is_all_year() || period.precision == Precision::recurring;
}

struct Sorted {
  std::map<year_month, MonthOfEvents> months;
  std::optional<year_month> first_past, last_past;  // months of what is over before the start
};

void sort_by_month(const Event& event, Date start, Sorted& sorted) {
  if (*event.period.last < start) {
    const auto month = month_of(*event.period.last);
    if (!sorted.first_past || month < *sorted.first_past) sorted.first_past = month;
    if (!sorted.last_past || month > *sorted.last_past) sorted.last_past = month;
    return;
  }
  const auto month = std::max(month_of(*event.period.first), month_of(start));
  auto& place = sorted.months[month];
  place.month = month;
  (event.period.is_vague() ? place.to_schedule : place.dated).push_back(&event);
}

void take_months(HomeView& view, Sorted& sorted) {
  std::size_t count = 0;
  for (auto& [month, events] : sorted.months) {
    if (count >= events_per_page) {
      view.later = month;
      break;
    }
    std::sort(events.dated.begin(), events.dated.end(), earlier_in_list);
    std::sort(events.to_schedule.begin(), events.to_schedule.end(), earlier_in_list);
    count += events.dated.size() + events.to_schedule.size();
    view.months.push_back(std::move(events));
  }
  if (sorted.last_past) view.earlier = std::max(*sorted.last_past - page_back, *sorted.first_past);
}

}  // namespace

Result<HomeQuery> parse_home_query(const Pairs& pairs) {
  HomeQuery query;
  Pairs filters;
  for (const auto& [key, value] : pairs) {
    if (key == "lang") continue;  // an unknown language is no reason to refuse a page
    if (value.empty()) continue;  // a form sends every field, chosen or not
    if (key == "from") {
      query.from = parse_month(value);
      if (!query.from) return Error(Errc::invalid_input, "from must be a month like 2024-11");
      continue;
    }
    filters.emplace_back(key, value);
  }
  auto filter = calendar::parse_feed_query(filters);
  if (!filter) return filter.error();
  query.filter = std::move(*filter);
  return query;
}

std::string home_path(const HomeQuery& query) {
  const auto filters = calendar::canonical(query.filter);
  std::string path = "/";
  if (query.from) path += "?from=" + format_month(*query.from);
  if (!filters.empty()) path += (query.from ? "&" : "?") + filters;
  return path;
}

HomeView make_home_view(std::shared_ptr<const service::Snapshot> snapshot, HomeQuery query, Date today) {
  HomeView view;
  view.snapshot = std::move(snapshot);
  view.query = std::move(query);
  const Date start = view.query.from ? Date(*view.query.from / 1) : today;
  Sorted sorted;
  for (const auto& event : view.snapshot->events) {
    if (event->kind == EventKind::goal || is_talk(*event) || !calendar::matches(view.query.filter, *event)) continue;
    if (!event->period.has_dates()) {
      if (!is_of_past_plan(*view.snapshot, *event, start)) view.without_date.push_back(event.get());
    } else if (is_throughout(event->period)) {
      if (*event->period.last >= start) view.throughout.push_back(event.get());
    } else {
      sort_by_month(*event, start, sorted);
    }
  }
  take_months(view, sorted);
  std::sort(view.throughout.begin(), view.throughout.end(), earlier_in_list);
  std::sort(view.without_date.begin(), view.without_date.end(), earlier_in_list);
  return view;
}

}  // namespace convoke::web
