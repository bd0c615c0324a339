#include "service/plan_order.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

constexpr int step = 1024;  // between neighbours that were numbered anew

}  // namespace

PlanOrder::PlanOrder(db::Unit& unit, PlanId plan) : unit_(unit), rows_(unit.events().of_plan(plan)) {}

const Event* PlanOrder::find(EventId row) const {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [row](const Event& one) { return one.id == row; });
  return found == rows_.end() ? nullptr : &*found;
}

std::optional<std::size_t> PlanOrder::index_of(EventId row, EventId without) const {
  std::size_t index = 0;
  for (const auto& one : rows_) {
    if (one.id == row) return index;
    if (one.id != without) ++index;
  }
  return std::nullopt;
}

EventId PlanOrder::behind(EventId row) const {
  const auto index = index_of(row);
  return index && *index > 0 ? rows_[*index - 1].id : EventId{};
}

std::optional<std::size_t> PlanOrder::end_of_section(const std::string& section, EventId moving) const {
  const auto rest = others(moving);
  for (std::size_t i = rest.size(); i > 0; --i)
    if (rows_[rest[i - 1]].section == section) return i;
  return std::nullopt;
}

std::vector<Event> PlanOrder::section_of(EventId row) const {
  const auto index = index_of(row);
  if (!index) return {};
  const auto& caption = rows_[*index].section;
  std::size_t first = *index, end = *index + 1;
  while (first > 0 && rows_[first - 1].section == caption) --first;
  while (end < rows_.size() && rows_[end].section == caption) ++end;
  return {rows_.begin() + static_cast<std::ptrdiff_t>(first),
          rows_.begin() + static_cast<std::ptrdiff_t>(end)};
}

void PlanOrder::replace(const Event& row) {
  for (auto& one : rows_)
    if (one.id == row.id) one = row;
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Event& a, const Event& b) { return a.position < b.position; });
}

int PlanOrder::position_at(std::size_t index, EventId moving) {
  for (int tries = 0;; ++tries) {
    const auto rest = others(moving);
    index = std::min(index, rest.size());
    if (rest.empty()) return step;
    if (index == 0) return rows_[rest.front()].position - step;
    const int lower = rows_[rest[index - 1]].position;
    if (index == rest.size()) return lower + step;
    const int upper = rows_[rest[index]].position;
    if (upper - lower > 1 || tries > 0) return lower + (upper - lower) / 2;
    number_anew();
  }
}

std::vector<std::size_t> PlanOrder::others(EventId moving) const {
  std::vector<std::size_t> rest;
  rest.reserve(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].id != moving) rest.push_back(i);
  return rest;
}

void PlanOrder::number_anew() {
  int position = 0;
  for (auto& row : rows_) {
    position += step;
    if (row.position == position) continue;
    row.position = position;
    unit_.events().update(row);
  }
}

}  // namespace convoke::service
