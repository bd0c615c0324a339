// Hostile fields of an event: written as a feed they pass our own prescan and libical, come back as they were
// cleaned, and never make a line of their own.
#include "base/text.hpp"
#include "calendar/feed.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/ical_prescan.hpp"
#include "calendar/ical_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace convoke;
using namespace convoke::calendar;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

Event event_of(std::string_view title, std::string_view place, std::string_view url, std::string_view note) {
  Event event;
  event.uid = "fuzz@example.org";
  event.title = title;
  event.place = place;
  event.online_url = url;
  event.note = note;
  event.section = note;
  event.agenda = {std::string(title)};
  event.responsible = {{{}, std::string(place), std::string(note), {}}};
  event.zone = "Europe/Kyiv";
  event.period = make_dated(make_date(2026, 11, 12), std::chrono::hours{10});
  event.status = EventStatus::dated;
  return event;
}

// Lines that begin no continuation.
std::ptrdiff_t lines_of(const std::string& text) {
  std::ptrdiff_t lines = 0;
  for (std::size_t at = 0; (at = text.find("\r\n", at)) != std::string::npos; at += 2)
    if (at + 2 >= text.size() || text[at + 2] != ' ') ++lines;
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 900));
  // 0xFF parts the fields: a byte that no UTF-8 has.
  std::string_view fields[4];
  std::string_view rest = bytes;
  for (auto& field : fields) {
    const auto end = rest.find('\xFF');
    field = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  const Event event = event_of(fields[0], fields[1], fields[2], fields[3]);
  const std::string file = single_event_file(event, FeedView{});
  require(prescan_ical(file).has_value(), "our own file passes our own prescan");
  require(std::none_of(file.begin(), file.end(),
                       [](char c) {
                         return (static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n') || c == 0x7F;
                       }),
          "no control characters");
  const auto back = read_calendar(file, "Europe/Kyiv");
  require(back.has_value() && back->events.size() == 1 && back->warnings.empty(), "one event comes back");
  const Event& read = back->events.front().event;
  const std::string title = clean_line(event.title);
  require(title.empty() || read.title == title, "the title comes back");
  require(read.place == clean_line(event.place), "the place comes back");
  require(read.online_url == clean_uri(event.online_url).value_or(""), "the address comes back");
  require(read.uid == event.uid, "the UID comes back");
  const Event plain = event_of("x", clean_line(event.place).empty() ? "" : "x",
                               clean_uri(event.online_url) ? "https://x/" : "", "");
  require(lines_of(file) == lines_of(single_event_file(plain, FeedView{})), "no line is injected");
  return 0;
}
