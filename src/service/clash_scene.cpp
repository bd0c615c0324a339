#include "service/clash_scene.hpp"

#include "calendar/holidays.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"
#include "model/programme.hpp"

namespace convoke::service {

std::vector<HiddenEvent> hidden_events(db::Unit& unit) {
  std::vector<HiddenEvent> events;
  for (const auto& source : unit.sources().list()) {
    if (source.shared) continue;
    for (auto& event : unit.events().of_source(source.id))
      events.push_back({std::make_shared<const Event>(std::move(event)), source.name});
  }
  return events;
}

std::vector<std::string> speakers_of(const Event& event) {
  std::vector<std::string> names;
  for (const auto& point : event.agenda)
    for (const auto& span : documents::find_names(documents::decode(point))) names.push_back(span.name);
  return names;
}

ClashScene::ClashScene(std::shared_ptr<const Snapshot> snapshot, std::vector<HiddenEvent> hidden)
    : snapshot_(std::move(snapshot)), hidden_(std::move(hidden)) {
  for (std::size_t i = 0; i < hidden_.size(); ++i) places_.emplace(hidden_[i].event.get(), i);
}

calendar::ConflictIndex ClashScene::index(Date from, Date to) const {
  std::vector<calendar::ConflictIndex::Entry> entries;
  const auto add = [&](const Event& event) {
    const Period& period = event.period;
    if (!period.has_dates() || is_talk(event)) return;  // the conference itself is compared
    // Days that were moved may lie anywhere.
    const bool near = *period.first <= add_days(to, 1) && add_days(from, -1) <= *period.last;
    if (near || !event.overrides.empty()) entries.push_back({&event, speakers_of(event)});
  };
  for (const auto& event : snapshot_->events) add(*event);
  for (const auto& event : hidden_) add(*event.event);
  return {entries, from, to};
}

FoundConflict ClashScene::found(const calendar::Conflict& conflict) const {
  FoundConflict one;
  const auto place = places_.find(conflict.other);
  one.hidden = place != places_.end();
  one.other = one.hidden ? hidden_[place->second].event : snapshot_->events.find(conflict.other->id);
  if (one.hidden)
    one.source = hidden_[place->second].source;
  else if (const auto* name = snapshot_->sources.name_of(one.other->source))
    one.source = *name;
  one.day = conflict.day;
  one.responsible = conflict.responsible;
  one.place = conflict.place;
  one.neighbour = conflict.neighbour;
  one.speaker = conflict.speaker;
  one.audience = conflict.audience;
  return one;
}

calendar::WorkingWeek working_week(const Settings& settings, const std::string& zone) {
  const auto& days_off = settings.days_off ? *settings.days_off : calendar::built_in_days_off();
  return {days_off, calendar::country_of_zone(zone)};
}

}  // namespace convoke::service
