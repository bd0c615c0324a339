#include "service/programme.hpp"

#include "base/contacts.hpp"
#include "calendar/feed.hpp"
#include "db/programmes.hpp"
#include "db/store.hpp"
#include "service/clash_scene.hpp"
#include "service/presentation.hpp"
#include "service/programme_store.hpp"

#include <utility>

namespace convoke::service {
namespace {

const Error no_such_event(Errc::not_found, "there is no such event");
const Error no_programme(Errc::not_found, "this event has no programme yet");
const Error no_editor(Errc::forbidden, "changing a programme needs a token with the scope write");

Result<Event> conference_kept(db::Unit& unit, const Actor& actor, EventId id) {
  if (actor.role != Role::editor) return no_editor;
  auto event = unit.events().find(id);
  if (!event || event->source || !keeps(actor, event->organisation)) return no_such_event;
  // What is a talk has none of its own: programmes hold two storeys.
  if (is_talk(*event)) return no_such_event;
  return std::move(*event);
}

void hide_in(ProgrammeRow& row) {
  row.title = hide_contacts(row.title);
  row.abstract = hide_contacts(row.abstract);
  for (auto& one : row.speakers) one = hide_contacts(one);
}

Programme published(Programme programme) {
  programme.unplaced.clear();
  for (auto& section : programme.sections) {
    for (auto* text : {&section.title, &section.room, &section.chair}) *text = hide_contacts(*text);
    for (auto& row : section.rows) hide_in(row);
  }
  return programme;
}

// What stands in the way of the talks among all other events of the days that they take.
std::vector<OutsideClash> outside_clashes(const ClashScene& scene, const Event& conference,
                                          const Programme& programme) {
  std::vector<OutsideClash> clashes;
  if (days_of(conference) == 0) return clashes;
  const auto index =
      scene.index(*conference.period.first, add_days(*conference.period.first, most_programme_days));
  for (std::size_t s = 0; s < programme.sections.size(); ++s)
    for (std::size_t r = 0; r < programme.sections[s].rows.size(); ++r) {
      const auto& row = programme.sections[s].rows[r];
      const auto talk = row.talk ? scene.snapshot().events.find(row.talk) : nullptr;
      if (!talk || row.cancelled) continue;
      std::vector<std::string> names;
      for (const auto& one : row.speakers) names.emplace_back(speaker_name(one));
      for (const auto& conflict : index.of({talk.get(), names})) {
        if (conflict.other->id == conference.id || !(conflict.speaker || conflict.place)) continue;
        OutsideClash clash;
        clash.section = s;
        clash.row = r;
        clash.conflict = scene.found(conflict);
        clashes.push_back(std::move(clash));
      }
    }
  return clashes;
}

}  // namespace

Deferred<PublishedProgramme> published_programme(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                                 EventId id) {
  const auto event = snapshot->events.find(id);
  if (!event) return Deferred<PublishedProgramme>::ready(no_such_event);
  return context.store.read([event](db::Unit& unit) -> Result<PublishedProgramme> {
    PublishedProgramme page;
    page.conference = *event;
    page.programme = published(load_programme(unit, *event));
    if (page.programme.sections.empty()) return no_programme;
    return page;
  });
}

Deferred<bool> has_programme(Context& context, EventId id) {
  return context.store.read([id](db::Unit& unit) -> Result<bool> {
    const auto programme = unit.programmes().find(id);
    return programme && !programme->sections.empty();
  });
}

Deferred<ProgrammeDesk> programme_desk(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                       Actor actor, EventId id) {
  return context.store.read([snapshot = std::move(snapshot), actor,
                             id](db::Unit& unit) -> Result<ProgrammeDesk> {
    auto conference = conference_kept(unit, actor, id);
    if (!conference) return conference.error();
    ProgrammeDesk desk;
    desk.programme = load_programme(unit, *conference);
    desk.clashes = clashes_of(desk.programme, days_of(*conference));
    desk.outside = outside_clashes(ClashScene(snapshot, hidden_events(unit)), *conference, desk.programme);
    desk.conference = std::move(*conference);
    return desk;
  });
}

Deferred<Programme> edit_programme(Context& context, Actor actor, EventId id, int version,
                                   ProgrammeEdit edit) {
  const Instant now = context.clock.now();
  auto work = [actor, id, version, edit = std::move(edit), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Programme> {
    const auto conference = conference_kept(unit, actor, id);
    if (!conference) return conference.error();
    auto programme = load_programme(unit, *conference);
    if (programme.version != version)
      return Error{Errc::conflict, "somebody changed the programme in between; look at it again"};
    auto wanted = edited(std::move(programme), edit);
    if (!wanted) return wanted.error();
    return store_programme({unit, rules, now}, *conference, std::move(*wanted));
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<Programme> replace_programme(Context& context, Actor actor, EventId id, Programme wanted,
                                      std::optional<int> version) {
  const Instant now = context.clock.now();
  auto work = [actor, id, version, wanted = std::move(wanted), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Programme> {
    const auto conference = conference_kept(unit, actor, id);
    if (!conference) return conference.error();
    auto programme = wanted;
    const auto stored = unit.programmes().find(id);
    programme.version = version ? *version : stored ? stored->version : 0;
    return store_programme({unit, rules, now}, *conference, std::move(programme));
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

std::string programme_file(const Settings& settings, const Snapshot& snapshot, const Event& conference,
                           Language language) {
  calendar::FeedView view;
  view.language = language;
  view.base_url = settings.base_url;
  std::vector<std::shared_ptr<const calendar::Fragment>> fragments;
  const auto add = [&](const Event& event) {
    auto fragment = calendar::render_event(event, view, snapshot.context_of(event));
    if (!fragment.text.empty())
      fragments.push_back(std::make_shared<const calendar::Fragment>(std::move(fragment)));
  };
  add(conference);
  for (const auto& event : snapshot.events)
    if (event->parent == conference.id && is_talk(*event) && event->period.is_dated()) add(*event);
  if (fragments.size() < 2) return {};
  calendar::FeedHead head;
  head.name = conference.title;
  head.url = settings.base_url + "/events/" + std::to_string(conference.id.value) + "/programme";
  head.zone = zone_of(conference);
  head.language = language;
  return calendar::assemble_feed(head, fragments, snapshot.modified).body;
}

}  // namespace convoke::service
