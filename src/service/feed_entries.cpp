#include "service/feed_entries.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/ical_entry.hpp"
#include "calendar/ical_event.hpp"
#include "calendar/working_days.hpp"
#include "service/feeds.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::service {
namespace {

using calendar::Entry;
using calendar::FeedView;

using SharedEvent = std::shared_ptr<const Event>;

// The event with those of its days that the view shows.
SharedEvent shown_in(const FeedView& view, const SharedEvent& event) {
  if (view.cancelled || event->overrides.empty()) return event;
  return std::make_shared<const Event>(calendar::without_cancelled_days(*event));
}

// A place in the order before anything of the entry is written, for only a few of many are shown.
struct Slot {
  SharedEvent event;
  std::optional<Event> as_then;  // of a time of a series that is not as the others
  Date first{}, last{};
  std::optional<Entry::Times> times;
  Entry::Mark mark = Entry::Mark::none;
  std::string rule;
  std::vector<Date> more_days;
};

bool earlier(const Slot& a, const Slot& b) {
  const auto key = [](const Slot& slot) {
    return std::tuple(slot.first, slot.times ? slot.times->start : Instant::min(), slot.event->id);
  };
  return key(a) < key(b);
}

FeedView view_of(const Snapshot& snapshot, const calendar::FeedQuery& query, const Settings& settings) {
  FeedView view;
  view.language = feed_language(snapshot, query);
  view.periods = query.periods;
  view.cancelled = query.shows_cancelled();
  view.alarms = query.alarms;
  view.base_url = settings.base_url;
  return view;
}

Slot slot_of(const SharedEvent& event, const Entry& entry) {
  Slot slot;
  slot.event = event;
  slot.first = entry.first;
  slot.last = entry.last;
  slot.times = entry.times;
  slot.mark = entry.mark;
  slot.rule = entry.rrule;
  return slot;
}

// The days of a series that has no rule, each like the first.
void add_days_of(const SharedEvent& event, const Entry& entry, std::vector<Slot>& slots) {
  const std::string zone = calendar::entry_zone(*event);
  auto days = entry.more_days;
  days.insert(days.begin(), entry.first);
  for (const Date day : days) {
    Slot slot = slot_of(event, entry);
    slot.first = slot.last = day;
    if (entry.times) {
      const auto length = entry.times->end - entry.times->start;
      slot.times->start = to_instant(CivilTime{day, to_civil(entry.times->start, zone).time}, zone);
      slot.times->end = slot.times->start + length;
    }
    const auto changed = std::find_if(entry.changed.begin(), entry.changed.end(),
                                      [&](const auto& one) { return one.shown == day; });
    if (changed != entry.changed.end()) {
      slot.as_then = calendar::as_on(*event, changed->occurrence);
      slot.first = changed->first;
      slot.last = changed->last;
      slot.times = changed->times;
    }
    slots.push_back(std::move(slot));
  }
}

// The times of a series that has a rule, from `from` on. One that has no day of its own stands on its last
// working day, as in the calendar.
void add_times_of(const SharedEvent& event, const Entry& entry, const FeedView& view, Date from,
                  std::vector<Slot>& slots) {
  for (const auto& occurrence : calendar::event_occurrences(*event, from, *event->period.last)) {
    Event then = calendar::as_on(*event, occurrence);
    const bool has_day = occurrence.first == occurrence.last || occurrence.moved;
    Slot slot = slot_of(event, has_day ? calendar::entry_of(then, view) : entry);
    if (!has_day) slot.first = slot.last = calendar::last_working_day(occurrence.first, occurrence.last);
    slot.as_then = std::move(then);
    slots.push_back(std::move(slot));
  }
}

void add_slots(const SharedEvent& event, const FeedView& view, Date from, std::vector<Slot>& slots) {
  const Entry entry = calendar::entry_of(*event, view);
  if (entry.component == Entry::Component::none) return;
  if (!entry.rrule.empty())
    add_times_of(event, entry, view, from, slots);
  else if (!entry.more_days.empty() || !entry.changed.empty())
    add_days_of(event, entry, slots);
  else
    slots.push_back(slot_of(event, entry));
}

// "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=…": a rule of weekdays and nothing else, which others can say, too.
bool is_simple(std::string_view rule) {
  const auto parts = split(rule, ';');
  return rule.find("BYDAY=") != std::string_view::npos &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return part.starts_with("FREQ=") || part.starts_with("INTERVAL=") || part.starts_with("BYDAY=") ||
                  part.starts_with("UNTIL=");
         });
}

// The whole of a series as one slot: with its rule when that says all, else with its days.
Slot series_slot(const SharedEvent& event, const Entry& entry, const FeedView& view) {
  Slot slot = slot_of(event, entry);
  if (!entry.is_series()) return slot;
  slot.last = entry.series_last;
  const bool rule_says_all =
      is_simple(entry.rrule) && entry.more_days.empty() && entry.without.empty() && entry.changed.empty();
  if (rule_says_all) return slot;
  slot.rule.clear();
  std::vector<Slot> times;
  add_slots(event, view, *event->period.first, times);
  for (const auto& one : times)
    if (one.first != slot.first) slot.more_days.push_back(one.first);
  return slot;
}

FeedEntry written(const Slot& slot, const FeedView& view) {
  const Event& shown = slot.as_then ? *slot.as_then : *slot.event;
  FeedEntry entry;
  entry.event = slot.event;
  entry.uid = calendar::ical_uid(slot.event->uid);
  entry.title = calendar::summary_of(shown, view);
  entry.plain_title = shown.title;
  entry.place = shown.place;
  entry.first = slot.first;
  entry.last = slot.last;
  if (slot.times) {
    entry.start = slot.times->start;
    entry.end = slot.times->end;
  }
  entry.zone = calendar::entry_zone(*slot.event);
  entry.cancelled = shown.status == EventStatus::cancelled;
  entry.not_yet_dated = slot.mark == Entry::Mark::not_yet_dated && is_open(shown.status);
  entry.due = slot.mark == Entry::Mark::due;
  entry.rule = slot.rule;
  entry.more_days = slot.more_days;
  return entry;
}

// The publisher of a feed: the organisation asked for, or the only one there is.
const Organisation* publisher(const Snapshot& snapshot, const calendar::FeedQuery& query) {
  if (query.organisations.size() == 1) return snapshot.find_organisation(query.organisations.front());
  return snapshot.organisations.size() == 1 ? &snapshot.organisations.front() : nullptr;
}

}  // namespace

Language feed_language(const Snapshot& snapshot, const calendar::FeedQuery& query) {
  if (query.language) return *query.language;
  const auto* organisation = publisher(snapshot, query);
  return organisation ? organisation->language : Language::uk;
}

bool in_feed(const Event& event, const calendar::FeedQuery& query, Instant now) {
  if (event.kind == EventKind::goal || !calendar::matches(query, event)) return false;
  return event.status != EventStatus::cancelled || now < event.modified + cancelled_shown_for;
}

std::vector<FeedEntry> coming(const Snapshot& snapshot, const calendar::FeedQuery& query,
                              const Settings& settings, Instant now, Date today, std::size_t count) {
  const FeedView view = view_of(snapshot, query, settings);
  std::vector<Slot> slots;
  for (const auto& event : snapshot.events) {
    // One day of a series may have been moved behind its end.
    const bool over = event->period.last && *event->period.last < today && event->overrides.empty();
    if (!over && in_feed(*event, query, now)) add_slots(shown_in(view, event), view, today, slots);
  }
  std::erase_if(slots, [&](const Slot& slot) { return slot.last < today; });
  const auto end = slots.begin() + static_cast<std::ptrdiff_t>(std::min(count, slots.size()));
  std::partial_sort(slots.begin(), end, slots.end(), earlier);
  std::vector<FeedEntry> entries;
  std::for_each(slots.begin(), end, [&](const Slot& slot) { entries.push_back(written(slot, view)); });
  return entries;
}

std::vector<FeedEntry> feed_entries(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                    const Settings& settings, Instant now, std::size_t most) {
  const FeedView view = view_of(snapshot, query, settings);
  std::vector<Slot> slots;
  for (const auto& event : snapshot.events) {
    if (!in_feed(*event, query, now)) continue;
    const auto shown = shown_in(view, event);
    const Entry entry = calendar::entry_of(*shown, view);
    if (entry.component == Entry::Component::none) continue;
    slots.push_back(series_slot(shown, entry, view));
  }
  std::sort(slots.begin(), slots.end(), earlier);
  const auto skipped = slots.size() > most ? slots.size() - most : 0;
  std::vector<FeedEntry> entries;
  std::for_each(slots.begin() + static_cast<std::ptrdiff_t>(skipped), slots.end(),
                [&](const Slot& slot) { entries.push_back(written(slot, view)); });
  return entries;
}

std::string entry_text(const FeedEntry& entry, const Settings& settings, Language language) {
  FeedView view;
  view.language = language;
  view.base_url = settings.base_url;
  return calendar::description_of(*entry.event, view);
}

std::string entry_page(const FeedEntry& entry, const Settings& settings) {
  FeedView view;
  view.base_url = settings.base_url;
  return calendar::page_of(*entry.event, view);
}

}  // namespace convoke::service
