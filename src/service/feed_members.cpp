#include "service/feed_members.hpp"

#include "calendar/feed_words.hpp"

#include <algorithm>
#include <optional>

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

// By the index that narrows most; nothing when none does. What is found is still to be looked at.
std::optional<std::vector<SharedEvent>> indexed(const EventTable& events, const FeedRequest& request) {
  const auto& query = request.query;
  std::vector<SharedEvent> found;
  const auto add = [&](const std::vector<SharedEvent>& some) {
    found.insert(found.end(), some.begin(), some.end());
  };
  if (request.only) {
    for (const auto id : *request.only)
      if (auto event = events.find(id)) found.push_back(std::move(event));
  } else if (!query.people.empty() && query.responsible.empty()) {
    for (const auto person : query.people) add(events.of_person(person));
  } else if (!query.organisations.empty()) {
    for (const auto organisation : query.organisations) add(events.of_organisation(organisation));
  } else {
    return std::nullopt;
  }
  const auto by_id = [](const SharedEvent& a, const SharedEvent& b) { return a->id < b->id; };
  std::sort(found.begin(), found.end(), by_id);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
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

std::vector<SharedEvent> members_of(const EventTable& events, const FeedRequest& request, Instant now) {
  const auto is_member = [&](const SharedEvent& event) {
    return now < leaving_at(*event) && belongs(*event, request);
  };
  std::vector<SharedEvent> members;
  if (const auto some = indexed(events, request))
    std::copy_if(some->begin(), some->end(), std::back_inserter(members), is_member);
  else
    std::copy_if(events.begin(), events.end(), std::back_inserter(members), is_member);
  return members;
}

std::size_t candidates_for(const EventTable& events, const FeedRequest& request) {
  const auto some = indexed(events, request);
  return some ? some->size() : events.size();
}

}  // namespace convoke::service
