// The first page: what is coming, month by month, with what still waits for a day shown as such.
#pragma once

#include "service/snapshot.hpp"
#include "web/http.hpp"
#include "web/pages/frame.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

// Whole months are shown until this many events stand on the page; then follows a link.
inline constexpr std::size_t events_per_page = 150;

struct HomeQuery {
  calendar::FeedQuery filter;                   // without from, to and language
  std::optional<std::chrono::year_month> from;  // absent: the present month
};

// Errors: invalid_input naming the unknown key or value.
Result<HomeQuery> parse_home_query(const Pairs& query);
// "/?from=2024-11&kind=meeting"
std::string home_path(const HomeQuery& query);

struct MonthOfEvents {
  std::chrono::year_month month;
  std::vector<const Event*> dated;        // by day and time
  std::vector<const Event*> to_schedule;  // the plan names only the period
};

struct HomeView {
  std::shared_ptr<const service::Snapshot> snapshot;  // owns the events
  HomeQuery query;
  std::vector<MonthOfEvents> months;
  std::vector<const Event*> throughout;  // repeated and all-year work
  std::vector<const Event*> without_date;
  std::optional<std::chrono::year_month> earlier, later;  // where the neighbouring pages begin
};

// `today`: the day at the association. A vague or long event stands under the month in which it begins, or
// under the first one shown when it has begun already.
HomeView make_home_view(std::shared_ptr<const service::Snapshot> snapshot, HomeQuery query, Date today);

std::string render_home(const HomeView& view, const Frame& frame);

}  // namespace convoke::web
