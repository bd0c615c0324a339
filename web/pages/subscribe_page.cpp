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

// Who is meant by a name in the plans, all its spellings taken together.
struct Named {
  std::string name;
  PersonId person;  // 0: nobody known, or several who are called so
};

using NamesByKey = std::map<std::string, Named>;  // name_key -> who

NamesByKey names_in(const service::Snapshot& snapshot) {
  NamesByKey names;
  for (const auto& event : snapshot.events)
    for (const auto& one : event->responsible) {
      if (one.name.empty()) continue;
      const auto [known, is_new] = names.emplace(name_key(one.name), Named{one.name, one.person});
      // A number would leave out the events of the other one.
      if (!is_new && known->second.person != one.person) known->second.person = {};
    }
  return names;
}

// A known person goes by number: the address stays short and survives a change of name.
FeedQuery with_numbers(FeedQuery query, const NamesByKey& names) {
  std::erase_if(query.responsible, [&](const std::string& wanted) {
    const auto found = names.find(name_key(wanted));
    if (found == names.end() || !found->second.person) return false;
    query.people.push_back(found->second.person);
    return true;
  });
  std::sort(query.people.begin(), query.people.end());
  query.people.erase(std::unique(query.people.begin(), query.people.end()), query.people.end());
  return query;
}

std::vector<Offer> by_responsible(const service::Snapshot& snapshot, const NamesByKey& names,
                                  Language language) {
  std::vector<Offer> offers;
  for (const auto& [key, named] : names) {
    FeedQuery query;
    query.responsible.push_back(fold(named.name));
    query = with_numbers(std::move(query), names);
    offers.push_back({named.name, feed_path(query), count_of(snapshot, query)});
  }
  std::sort(offers.begin(), offers.end(),
            [&](const Offer& a, const Offer& b) { return compare_in(tag_of(language), a.name, b.name) < 0; });
  return offers;
}

void fill_links(TemplateDictionary& values, const Frame& frame, const std::string& path,
                const std::string& id) {
  const FeedLinks links = feed_links(frame.base_url, path);
  values["WEBCAL"] = links.webcal;
  if (links.google.empty())
    values.ShowSection("TOO_LONG");
  else
    (*values.AddSectionDictionary("GOOGLE"))["HREF"] = links.google;
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
std::string name_of_choice(const service::Snapshot& snapshot, const NamesByKey& names,
                           const FeedQuery& chosen, Language language) {
  std::vector<std::string> parts;
  for (const EventKind kind : chosen.kinds) parts.push_back(capitalise(calendar::kind_label(kind, language)));
  for (const OrganisationId id : chosen.organisations)
    if (const auto* organisation = snapshot.find_organisation(id)) parts.push_back(organisation->name);
  for (const PersonId person : chosen.people) {
    const auto named = std::find_if(names.begin(), names.end(),
                                    [&](const auto& one) { return one.second.person == person; });
    if (named != names.end()) parts.push_back(named->second.name);
  }
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

std::string render_subscribe(const service::Snapshot& snapshot, const FeedQuery& asked, const Frame& frame) {
  const Language language = frame.language;
  const auto names = names_in(snapshot);
  const auto chosen = with_numbers(asked, names);
  TemplateDictionary values("subscribe");
  fill_frame(values, frame, tr(language, "Subscribe"), Place::subscribe, chosen);
  values["MAIN_NAME"] = name_of_choice(snapshot, names, chosen, language);
  fill_links(*values.AddSectionDictionary("MAIN"), frame, feed_path(chosen), "main");
  add_group(values, frame, "kind", tr(language, "By kind of event"), by_kind(snapshot, language));
  add_group(values, frame, "organisation", tr(language, "By association"), by_organisation(snapshot));
  add_group(values, frame, "responsible", tr(language, "By responsible person"),
            by_responsible(snapshot, names, language));
  return render_template("subscribe.html", language, values);
}

}  // namespace convoke::web
