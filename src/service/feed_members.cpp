#include "service/feed_members.hpp"

#include "calendar/feed_words.hpp"

#include <algorithm>
#include <iterator>

namespace convoke::service {
namespace {

// The organisation whose name the feed bears: the one asked for, or the only one. Null when it is several's.
const Organisation* publisher(const Snapshot& snapshot, const calendar::FeedQuery& query) {
  if (query.organisations.size() == 1) return snapshot.find_organisation(query.organisations.front());
  return snapshot.organisations.size() == 1 ? &snapshot.organisations.front() : nullptr;
}

Language language_of(const Organisation* organisation, const calendar::FeedQuery& query) {
  return query.language.value_or(organisation ? organisation->language : Language::uk);
}

std::string address_of(const Settings& settings, const calendar::FeedQuery& query) {
  const std::string parameters = calendar::canonical(query);
  return settings.base_url + "/feeds/all.ics" + (parameters.empty() ? "" : "?" + parameters);
}

// The way to the members: what narrows most of that which a feed asks for. What is found so is still to be
// looked at.
enum class Way { chosen, people, organisations, all };

Way way_to(const FeedRequest& request) {
  if (request.only) return Way::chosen;
  if (!request.query.people.empty() && request.query.responsible.empty()) return Way::people;
  return request.query.organisations.empty() ? Way::all : Way::organisations;
}

// By an index; each event once.
std::vector<SharedEvent> indexed(const EventTable& events, const FeedRequest& request, Way way) {
  std::vector<SharedEvent> found;
  const auto add = [&](const std::vector<SharedEvent>& some) {
    found.insert(found.end(), some.begin(), some.end());
  };
  if (way == Way::chosen)
    for (const auto id : *request.only)
      if (auto event = events.find(id)) found.push_back(std::move(event));
  if (way == Way::people)
    for (const auto person : request.query.people) add(events.of_person(person));
  if (way == Way::organisations)
    for (const auto organisation : request.query.organisations) add(events.of_organisation(organisation));
  const auto by_id = [](const SharedEvent& a, const SharedEvent& b) { return a->id < b->id; };
  std::sort(found.begin(), found.end(), by_id);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// By the same way as the members: of many events a personal calendar has few.
template<class Visit>
void each_cancelled(const EventTable& events, const FeedRequest& request, Visit visit) {
  const auto look_at = [&](const SharedEvent& event) {
    if (event->status == EventStatus::cancelled) visit(*event, leaving_at(*event));
  };
  if (const auto way = way_to(request); way != Way::all)
    for (const auto& event : indexed(events, request, way)) look_at(event);
  else
    for (const auto& event : events) look_at(event);
}

}  // namespace

std::string key_of(const FeedRequest& request) {
  std::string key = calendar::canonical(request.query);
  if (request.name.empty() && request.source.empty() && !request.only) return key;
  key += '\n' + request.name + '\n' + request.source + '\n';
  if (request.only)
    for (const auto id : *request.only) key += std::to_string(id.value) + ',';
  else
    key += '*';
  return key;
}

calendar::FeedView view_of(const Snapshot& snapshot, const FeedRequest& request, const Settings& settings) {
  const auto& query = request.query;
  calendar::FeedView view;
  view.language = language_of(publisher(snapshot, query), query);
  view.periods = query.periods;
  view.cancelled = query.shows_cancelled();
  view.alarms = query.alarms;
  view.base_url = settings.base_url;
  return view;
}

calendar::FeedHead head_of(const Snapshot& snapshot, const FeedRequest& request, const Settings& settings) {
  const auto& query = request.query;
  const auto* organisation = publisher(snapshot, query);
  const Language language = language_of(organisation, query);
  calendar::FeedHead head;
  head.name = organisation ? organisation->name : "Convoke";
  for (std::size_t i = 0; i < query.kinds.size(); ++i)
    head.name += (i == 0 ? " — " : ", ") + std::string(calendar::kind_label(query.kinds[i], language));
  for (const auto& name : query.responsible) head.name += " — " + name;
  if (!request.name.empty()) head.name = request.name;
  head.description = head.name;
  head.url = settings.base_url + "/";
  head.source = request.source.empty() ? address_of(settings, query) : request.source;
  head.zone = organisation ? organisation->zone : settings.default_zone;
  head.language = language;
  return head;
}

bool belongs(const Event& event, const FeedRequest& request) {
  if (event.kind == EventKind::goal || !calendar::matches(request.query, event)) return false;
  return !request.only || std::binary_search(request.only->begin(), request.only->end(), event.id);
}

Instant leaving_at(const Event& event) {
  return event.status == EventStatus::cancelled ? event.modified + cancelled_shown_for : Instant::max();
}

Instant last_leaving(const EventTable& events, const FeedRequest& request, Instant now) {
  Instant last = Instant::min();
  each_cancelled(events, request, [&](const Event& event, Instant at) {
    if (at <= now && at > last && belongs(event, request)) last = at;
  });
  return last;
}

Instant next_leaving(const EventTable& events, const FeedRequest& request, Instant now) {
  Instant next = Instant::max();
  each_cancelled(events, request, [&](const Event& event, Instant at) {
    if (at > now && at < next && belongs(event, request)) next = at;
  });
  return next;
}

std::vector<SharedEvent> members_of(const EventTable& events, const FeedRequest& request, Instant now) {
  const auto is_member = [&](const SharedEvent& event) {
    return now < leaving_at(*event) && belongs(*event, request);
  };
  std::vector<SharedEvent> members;
  if (const auto way = way_to(request); way != Way::all) {
    members = indexed(events, request, way);
    std::erase_if(members, [&](const SharedEvent& event) { return !is_member(event); });
  } else {
    std::copy_if(events.begin(), events.end(), std::back_inserter(members), is_member);
  }
  return members;
}

std::size_t candidates_for(const EventTable& events, const FeedRequest& request) {
  std::size_t count = 0;
  switch (way_to(request)) {
    case Way::chosen:
      return request.only->size();
    case Way::people:
      for (const auto person : request.query.people) count += events.count_of_person(person);
      return count;
    case Way::organisations:
      for (const auto one : request.query.organisations) count += events.count_of_organisation(one);
      return count;
    case Way::all:
      break;
  }
  return events.size();
}

}  // namespace convoke::service
