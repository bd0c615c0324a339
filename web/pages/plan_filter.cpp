// Which rows of a plan a page shows.
#include "base/text.hpp"
#include "service/plan_diff.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace convoke::web {
namespace {

constexpr std::array<std::string_view, 5> shows = {"all", "undated", "overdue", "mine", "changed"};
constexpr std::size_t longest_name = 200;  // bytes

bool is_overdue(const Event& event, Date today) {
  const Period& period = event.period;
  return is_open(event.status) && event.kind != EventKind::goal && period.has_dates() &&
         !period.is_all_year() && period.precision != Precision::recurring && *period.last < today;
}

bool is_mine(const Event& event, PersonId me) {
  return me && std::any_of(event.responsible.begin(), event.responsible.end(),
                           [me](const Responsible& one) { return one.person == me; });
}

bool has_responsible(const Event& event, const std::string& name) {
  return std::any_of(event.responsible.begin(), event.responsible.end(), [&](const Responsible& one) {
    return (one.name.empty() ? one.post : one.name) == name;
  });
}

}  // namespace

PlanFilter plan_filter(const std::optional<std::string_view>& show,
                       const std::optional<std::string_view>& kind,
                       const std::optional<std::string_view>& responsible,
                       const std::optional<std::string_view>& page) {
  PlanFilter filter;
  if (show) {
    const auto found = std::find(shows.begin(), shows.end(), *show);
    if (found != shows.end()) filter.show = static_cast<PlanFilter::Show>(found - shows.begin());
  }
  if (kind) filter.kind = event_kind_of(*kind);
  if (responsible && responsible->size() <= longest_name && is_valid_utf8(*responsible))
    filter.responsible = std::string(*responsible);
  if (page) {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(page->data(), page->data() + page->size(), number);
    if (problem == std::errc() && end == page->data() + page->size() && number > 0) filter.page = number;
  }
  return filter;
}

std::string plan_desk_path(PlanId plan, const PlanFilter& filter) {
  std::string path = "/manage/plans/" + std::to_string(plan.value);
  if (filter.show != PlanFilter::Show::all)
    path = with_query(path, "show", shows.at(static_cast<std::size_t>(filter.show)));
  if (filter.kind) path = with_query(path, "kind", name_of(*filter.kind));
  if (!filter.responsible.empty()) path = with_query(path, "responsible", filter.responsible);
  if (filter.page > 1) path = with_query(path, "page", std::to_string(filter.page));
  return path;
}

std::vector<const Event*> chosen_rows(const service::PlanTable& table, const PlanFilter& filter, PersonId me,
                                      Date today) {
  const auto changed = filter.show == PlanFilter::Show::changed ? service::changed_rows(table)
                                                                : std::map<EventId, service::RowMark>{};
  std::vector<const Event*> rows;
  for (const auto& event : table.rows) {
    if (filter.show == PlanFilter::Show::undated && !awaits_day(event)) continue;
    if (filter.show == PlanFilter::Show::overdue && !is_overdue(event, today)) continue;
    if (filter.show == PlanFilter::Show::mine && !is_mine(event, me)) continue;
    if (filter.show == PlanFilter::Show::changed && !changed.contains(event.id)) continue;
    if (filter.kind && event.kind != *filter.kind) continue;
    if (!filter.responsible.empty() && !has_responsible(event, filter.responsible)) continue;
    rows.push_back(&event);
  }
  return rows;
}

}  // namespace convoke::web
