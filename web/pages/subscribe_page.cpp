#include "web/pages/subscribe_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <map>

namespace convoke::web {
namespace {

using calendar::FeedQuery;
using ctemplate::TemplateDictionary;

struct Offer {
  std::string name;
  std::string path;  // of the feed
  long events = 0;
};

long count_of(const service::Snapshot& snapshot, const FeedQuery& query) {
  return std::count_if(snapshot.events.begin(), snapshot.events.end(), [&](const auto& event) {
    return event->kind != EventKind::goal && calendar::matches(query, *event);
  });
}

std::vector<Offer> by_kind(const service::Snapshot& snapshot, Language language) {
  std::vector<Offer> offers;
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (kind == EventKind::goal) continue;
    FeedQuery query;
    query.kinds.push_back(kind);
    if (const long events = count_of(snapshot, query))
      offers.push_back({capitalise(calendar::kind_label(kind, language)),
                        "/feeds/" + std::string(name_of(kind)) + ".ics", events});
  }
  return offers;
}

std::vector<Offer> by_organisation(const service::Snapshot& snapshot) {
  std::vector<Offer> offers;
  if (snapshot.organisations.size() < 2) return offers;  // the same as all events
  for (const auto& one : snapshot.organisations) {
    FeedQuery query;
    query.organisations.push_back(one.id);
    if (const long events = count_of(snapshot, query)) offers.push_back({one.name, feed_path(query), events});
  }
  return offers;
}

std::vector<Offer> by_responsible(const service::Snapshot& snapshot, Language language) {
  std::map<std::string, std::string> names;
  for (const auto& event : snapshot.events)
    for (const auto& one : event->responsible)
      if (!one.name.empty()) names.emplace(name_key(one.name), one.name);
  std::vector<Offer> offers;
  for (const auto& [key, name] : names) {
    FeedQuery query;
    query.responsible.push_back(fold(name));
    offers.push_back({name, feed_path(query), count_of(snapshot, query)});
  }
  std::sort(offers.begin(), offers.end(),
            [&](const Offer& a, const Offer& b) { return compare_in(tag_of(language), a.name, b.name) < 0; });
  return offers;
}

void fill_links(TemplateDictionary& values, const Frame& frame, const std::string& path,
                const std::string& id) {
  const FeedLinks links = feed_links(frame.base_url, path);
  values["WEBCAL"] = links.webcal;
  values["GOOGLE"] = links.google;
  values["HTTPS"] = links.https;
  values["ID"] = id;
}

void add_group(TemplateDictionary& values, const Frame& frame, const std::string& id, const std::string& name,
               const std::vector<Offer>& offers) {
  if (offers.empty()) return;
  auto& group = *values.AddSectionDictionary("GROUP");
  group["ID"] = id;
  group["NAME"] = name;
  int number = 0;
  for (const auto& offer : offers) {
    auto& feed = *group.AddSectionDictionary("FEED");
    feed["NAME"] = offer.name;
    feed["COUNT"] = trn(frame.language, "{n} event", "{n} events", offer.events);
    fill_links(feed, frame, offer.path, id + "-" + std::to_string(++number));
  }
}

// What the chosen feed holds, in words.
std::string name_of_choice(const service::Snapshot& snapshot, const FeedQuery& chosen, Language language) {
  std::vector<std::string> parts;
  for (const EventKind kind : chosen.kinds) parts.push_back(capitalise(calendar::kind_label(kind, language)));
  for (const OrganisationId id : chosen.organisations)
    if (const auto* organisation = snapshot.find_organisation(id)) parts.push_back(organisation->name);
  for (const auto& wanted : chosen.responsible) {
    std::string shown = wanted;
    for (const auto& event : snapshot.events)
      for (const auto& one : event->responsible)
        if (fold(one.name) == wanted) shown = one.name;
    parts.push_back(shown);
  }
  if (!parts.empty()) return join(parts, " · ");
  return calendar::canonical(chosen).empty() ? tr(language, "All events")
                                             : tr(language, "Your choice of events");
}

}  // namespace

std::string render_subscribe(const service::Snapshot& snapshot, const FeedQuery& chosen, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("subscribe");
  fill_frame(values, frame, tr(language, "Subscribe"), Place::subscribe, chosen);
  values["MAIN_NAME"] = name_of_choice(snapshot, chosen, language);
  fill_links(*values.AddSectionDictionary("MAIN"), frame, feed_path(chosen), "main");
  add_group(values, frame, "kind", tr(language, "By kind of event"), by_kind(snapshot, language));
  add_group(values, frame, "organisation", tr(language, "By association"), by_organisation(snapshot));
  add_group(values, frame, "responsible", tr(language, "By responsible person"),
            by_responsible(snapshot, language));
  return render_template("subscribe.html", language, values);
}

}  // namespace convoke::web
