// Draws events of every kind, with what every reader must find of each: written down while it is drawn.
#pragma once

#include "calendar/feed_view.hpp"
#include "model/event.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::testing {

class RandomEvents {
 public:
  explicit RandomEvents(std::uint64_t seed) : random_(seed) {}

  int between(int least, int most);
  calendar::FeedView view();
  // The event and the entries that a feed with `how` must have of it: none when it shows nothing of it.
  std::pair<Event, boost::json::array> event(const std::string& uid, const calendar::FeedView& how);

 private:
  // A text to be written and what it must read as, in one line.
  struct Words {
    std::string written, read;
  };
  struct Drawing;  // an event half made

  bool one_in(int number) { return between(1, number) == 1; }
  // No piece has a character of `without`.
  Words words(int most_pieces, std::string_view without = "");
  Date day();
  Date day_of_changed_clocks(TimeOfDay& time);
  void dated(Drawing& to);
  void timed(Drawing& to);
  void days_on_end(Drawing& to);
  void vague(Drawing& to);
  void all_year(Drawing& to);
  void due(Drawing& to);
  void series(Drawing& to);
  void series_of_days(Drawing& to);
  void expect_instances(Drawing& to, const std::vector<Date>& days);
  void place_and_links(Drawing& to);
  void classes_and_files(Drawing& to);
  boost::json::array changed_days(Drawing& to);

  std::mt19937_64 random_;
};

}  // namespace convoke::testing
