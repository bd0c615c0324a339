// Prints a feed of random series with exceptions and changed days, or (with --expected) when each takes place
// as the model says, a line an occurrence. series_readers.py expands the feed by libraries that share no code
// with ours. usage: series_sample SEED COUNT [--expected]
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "tests/calendar/ical_support.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <random>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;

namespace {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Event make(int number) {
    Event event = vague(Precision::recurring, "2026-01-01", "2026-12-31", "щотижня");
    event.uid = fmt::format("series-{}@example.org", number);
    event.title = fmt::format("Курс {}", number);
    event.zone = pick<std::string>({"Europe/Kyiv", "Europe/Minsk", "Europe/Warsaw", "Europe/Vilnius",
                                    "Europe/Moscow", "Asia/Almaty", "UTC", "Europe/Kiev"});
    Period& period = event.period;
    period.first = add_days(day("2026-01-01"), upto(500));
    period.last = add_days(*period.first, 30 + upto(500));
    period.recurrence = recurrence();
    if (period.recurrence->frequency == Frequency::list) spread(period);
    const bool by_weekday = !period.recurrence->weekdays.empty() || !period.recurrence->dates.empty();
    if (by_weekday && upto(3) > 0) {
      // Hours that the change of clocks neither skips nor doubles: readers disagree about those.
      period.time = std::chrono::hours{5 + upto(14)} + std::chrono::minutes{30 * upto(1)};
      if (upto(1) == 1) period.end_time = *period.time + std::chrono::minutes{90};
    }
    except(event);
    return event;
  }

 private:
  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  template<class T>
  T pick(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(upto(static_cast<int>(all.size()) - 1))];
  }
  std::chrono::weekday weekday() { return std::chrono::weekday{static_cast<unsigned>(upto(6))}; }

  Recurrence recurrence() {
    Recurrence out;
    out.frequency =
        pick<Frequency>({Frequency::weekly, Frequency::weekly, Frequency::biweekly, Frequency::monthly,
                         Frequency::monthly, Frequency::quarterly, Frequency::list});
    if (out.frequency == Frequency::weekly || out.frequency == Frequency::biweekly) {
      const auto first = weekday();
      out.weekdays = {{first, 0}};
      if (upto(2) == 0) out.weekdays.push_back({first + std::chrono::days{2}, 0});
    } else if (out.frequency == Frequency::monthly) {
      if (upto(3) > 0)
        out.weekdays = {{weekday(), pick<int>({1, 2, 3, 4, 5, -1})}};
      else if (upto(1) == 1)
        out.day_of_month = static_cast<unsigned>(1 + upto(30));
    }
    return out;
  }

  void spread(Period& period) {
    auto& dates = period.recurrence->dates;
    for (Date at = *period.first; at <= *period.last; at = add_days(at, 3 + upto(60))) dates.push_back(at);
    period.last = dates.back();
  }

  void except(Event& event) {
    const auto all = event_occurrences(event, *event.period.first, *event.period.last);
    for (const auto& one : all) {
      if (upto(9) == 0) event.period.recurrence->without.push_back(one.day);
      if (upto(6) > 0) continue;
      Override change;
      change.day = one.day;
      change.cancelled = upto(3) == 0;
      if (!change.cancelled && upto(1) == 1) change.date = add_days(one.day, upto(40) - 20);
      if (!change.cancelled && event.period.time && upto(1) == 1)
        change.time = std::chrono::hours{6 + upto(12)};
      if (upto(1) == 1) change.title = "Інша назва, " + format_iso(one.day);
      event.overrides.push_back(change);
    }
  }

  std::mt19937 random_;
};

// When each entry begins: an instant, or the day of an all-day one. What is not one day is shown on its last
// working day, which is the feed's choice and not the reader's to judge: such series are compared by count.
void print_expected(const Event& event) {
  for (const auto& one : event_occurrences(event, make_date(2024, 1, 1), make_date(2030, 1, 1))) {
    const std::string start = one.first != one.last ? std::string("soft")
                              : one.time            ? format_iso(to_instant(one.first, *one.time, event.zone))
                                                    : format_iso(one.first);
    fmt::print("{}\t{}\t{}\t{}\n", event.uid, start, one.cancelled ? "CANCELLED" : "",
               one.title.value_or(event.title));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  Maker maker(static_cast<unsigned>(std::atoi(argv[1])));
  std::vector<Event> events;
  for (int i = 0; i < std::atoi(argv[2]); ++i) events.push_back(maker.make(i));
  if (argc > 3) {
    for (const auto& event : events) print_expected(event);
    return 0;
  }
  const auto body = feed_text(events);
  std::fwrite(body.data(), 1, body.size(), stdout);
  return 0;
}
