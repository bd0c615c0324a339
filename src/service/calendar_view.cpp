#include "service/calendar_view.hpp"

#include "base/text.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/programme.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace convoke::service {
namespace {

YearMonth month_of(Date day) {
  return day.year() / day.month();
}

Date last_day(YearMonth month) {
  return Date(month / std::chrono::last);
}

// The months that are being filled.
class Shelf {
 public:
  Shelf(YearMonth first, int count) {
    for (int i = 0; i < count; ++i) months_.push_back({first + std::chrono::months{i}, {}, {}});
    from_ = Date(first / 1);
    to_ = last_day(months_.back().month);
  }
  Date from() const { return from_; }
  Date to() const { return to_; }

  void put(const Event& event, const calendar::EventOccurrence& one) {
    const int days = static_cast<int>((to_days(one.last) - to_days(one.first)).count());
    if (days >= longest_shown_days) return put_vague(event, one.first, one.last);
    for (Date day = std::max(one.first, from_); day <= std::min(one.last, to_); day = add_days(day, 1)) {
      DayEntry entry;
      entry.event = &event;
      entry.title = one.title.value_or(event.title);
      entry.time = day == one.first ? one.time : std::nullopt;
      entry.cancelled = one.cancelled;
      entry.goes_on = day != one.first;
      at(day).days[day].push_back(std::move(entry));
    }
  }

  void put_vague(const Event& event, Date first, Date last) {
    for (auto& month : months_)
      if (first <= last_day(month.month) && last >= Date(month.month / 1)) month.vague.push_back(&event);
  }

  std::vector<CalendarMonth> take() {
    for (auto& month : months_)
      for (auto& [day, entries] : month.days)
        std::stable_sort(entries.begin(), entries.end(), [](const DayEntry& a, const DayEntry& b) {
          const auto key = [](const DayEntry& one) {
            return std::tuple(!one.goes_on, one.time.value_or(TimeOfDay{0}), one.event->id);
          };
          return key(a) < key(b);
        });
    return std::move(months_);
  }

 private:
  CalendarMonth& at(Date day) {
    return months_.at(static_cast<std::size_t>((month_of(day) - months_.front().month).count()));
  }
  std::vector<CalendarMonth> months_;
  Date from_{}, to_{};
};

void place(const Event& event, Shelf& shelf) {
  if (!event.period.has_dates() || event.period.is_all_year()) return;
  if (*event.period.first > shelf.to()) return;
  if (event.period.is_vague() && event.period.precision != Precision::recurring) {
    if (*event.period.last >= shelf.from()) shelf.put_vague(event, *event.period.first, *event.period.last);
    return;
  }
  for (const auto& one : calendar::event_occurrences(event, shelf.from(), shelf.to())) shelf.put(event, one);
}

}  // namespace

std::vector<CalendarMonth> months_of(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                     YearMonth first, int count) {
  Shelf shelf(first, std::clamp(count, 1, year_months));
  for (const auto& event : snapshot.events)
    if (event->kind != EventKind::goal && !is_talk(*event) && calendar::matches(query, *event)) place(*event, shelf);
  return shelf.take();
}

std::vector<PersonMonths> load_of(const std::vector<CalendarMonth>& months, Language language) {
  std::map<std::string, PersonMonths> people;  // by name_key, so that spellings of one name are one
  for (std::size_t i = 0; i < months.size() && i < std::size_t{year_months}; ++i) {
    std::set<const Event*> events(months[i].vague.begin(), months[i].vague.end());
    for (const auto& [day, entries] : months[i].days)
      for (const auto& entry : entries)
        if (!entry.cancelled) events.insert(entry.event);
    for (const Event* event : events) {
      std::map<std::string, std::string> named;
      for (const auto& one : event->responsible) {
        const auto& name = one.name.empty() ? one.post : one.name;
        if (!name.empty()) named.emplace(one.name.empty() ? fold(name) : name_key(name), name);
      }
      for (const auto& [key, name] : named) {
        auto& person = people[key];
        if (person.name.empty()) person.name = name;
        ++person.of.at(i);
      }
    }
  }
  std::vector<PersonMonths> load;
  for (auto& [key, person] : people) load.push_back(std::move(person));
  std::sort(load.begin(), load.end(), [&](const PersonMonths& a, const PersonMonths& b) {
    return compare_in(tag_of(language), a.name, b.name) < 0;
  });
  return load;
}

YearMonth year_beginning(const Snapshot& snapshot, Date today) {
  for (const auto& plan : snapshot.plans)
    if (plan->year.kind != YearKind::month && plan->year.first <= today && today <= plan->year.last)
      return month_of(plan->year.first);
  return today.year() / std::chrono::January;
}

}  // namespace convoke::service
