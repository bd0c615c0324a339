#include "web/pages/subscribe_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/embed_page.hpp"
#include "web/pages/entry_line.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/pages/poster_page.hpp"
#include "web/pages/subscribe_form.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using calendar::FeedQuery;
using ctemplate::TemplateDictionary;

// Of one group of ready-made calendars; the form has them all.
constexpr std::size_t most_ready_calendars = 60;

void fill_links(TemplateDictionary& values, const Frame& frame, const std::string& path,
                const std::string& name, const std::string& id) {
  const FeedLinks links = feed_links(frame.base_url, path, name);
  values["WEBCAL"] = links.webcal;
  if (links.google.empty()) {
    values.ShowSection("TOO_LONG");
  } else {
    (*values.AddSectionDictionary("GOOGLE"))["HREF"] = links.google;
    auto& microsoft = *values.AddSectionDictionary("MICROSOFT");
    microsoft["OUTLOOK"] = links.outlook;
    microsoft["OFFICE"] = links.office;
  }
  values["HTTPS"] = links.https;
  values["ID"] = id;
}

void add_ready(TemplateDictionary& values, const SubscribeView& view, const Frame& frame,
               const FeedChoiceGroup& group) {
  if (group.choices.size() < 2) return;  // the same as all events
  auto& section = *values.AddSectionDictionary("READY");
  section["ID"] = group.key;
  section["NAME"] = group.heading;
  std::size_t number = 0;
  for (const auto& choice : group.choices) {
    if (++number > most_ready_calendars) break;
    auto& feed = *section.AddSectionDictionary("FEED");
    feed["NAME"] = choice.text;
    feed["COUNT"] = trn(frame.language, "{n} event", "{n} events", choice.events);
    const auto path = group.key == "kind" ? "/feeds/" + choice.value + ".ics" : feed_path(choice.only);
    fill_links(feed, frame, path, calendar_name(choice, *view.snapshot),
               group.key + "-" + std::to_string(number));
    feed["PAGE_HREF"] = subscribe_path(choice.only);
    feed["POSTER_HREF"] = subscribe_path(choice.only, "poster");
    feed["QR_SRC"] = subscribe_path(choice.only, "qr.svg");
  }
}

long events_in(const SubscribeView& view) {
  const auto& events = view.snapshot->events;
  return std::count_if(events.begin(), events.end(),
                       [&](const auto& event) { return service::in_feed(*event, view.query, view.now); });
}

void fill_preview(TemplateDictionary& values, const SubscribeView& view, Language language) {
  const auto entries =
      service::coming(*view.snapshot, view.query, view.settings, view.now, view.today, previewed_entries);
  if (entries.empty()) return values.ShowSection("NOTHING");
  auto& list = *values.AddSectionDictionary("SOMETHING");
  for (const auto& entry : entries) fill_entry_line(*list.AddSectionDictionary("ENTRY"), entry, language);
}

void fill_chosen(TemplateDictionary& values, const SubscribeView& view, const Frame& frame) {
  const Language language = frame.language;
  auto& chosen = *values.AddSectionDictionary("CHOSEN");
  chosen["MAIN_NAME"] = name_of_choice(view.query, *view.snapshot, language);
  chosen["COUNT"] = trn(language, "{n} event", "{n} events", events_in(view));
  fill_links(chosen, frame, feed_path(view.query), calendar_name(view.query, *view.snapshot, language),
             "main");
  chosen["POSTER_HREF"] = subscribe_path(view.query, "poster");
  chosen["NEWS_HREF"] = news_path(view.query);
  const auto code =
      qr_svg(page_address(view.query, frame.base_url), tr(language, "QR code of this calendar"));
  if (code) (*chosen.AddSectionDictionary("CODE"))["SVG"] = *code;
  fill_preview(chosen, view, language);
}

void fill_site(TemplateDictionary& values, const SubscribeView& view, const Frame& frame) {
  auto& site = *values.AddSectionDictionary("SITE");
  site["SNIPPET"] = embed_snippet(view.query, *view.snapshot, frame);
  site["EMBED_HREF"] = embed_path(view.query);
  site["EMBED_JSON_HREF"] = embed_json_path(view.query);
  site["JSON_HREF"] = twin_path(view.query, "json");
  site["ATOM_HREF"] = twin_path(view.query, "atom");
}

}  // namespace

Result<FeedQuery> parse_subscribe_query(const Pairs& pairs) {
  Pairs filters;
  for (const auto& [key, value] : pairs) {
    if (value.empty() || key == "lang") continue;
    filters.emplace_back(key == "feed-lang" ? "lang" : key, value);
  }
  return calendar::parse_feed_query(filters);
}

std::string problem_in_words(const Pairs& pairs, const Error& error, Language language) {
  std::optional<Date> from, to;
  for (const auto& [key, value] : pairs) {
    const auto day = parse_iso_date(value);
    if (!day) continue;
    if (key == "from") from = *day;
    if (key == "to") to = *day;
  }
  if (from && to && *to < *from)
    return tr(language, "The last day lies before the first one. Exchange them, or leave one out.");
  return tr(language, "Something in this choice could not be understood: {detail}",
            {{"detail", error.message}});
}

std::string reach_text(std::string_view base_url, Language language) {
  switch (reach_of(base_url)) {
    case Reach::everywhere:
      return {};
    case Reach::unencrypted:
      return tr(language, "These addresses are not encrypted (http); some programs refuse them.");
    case Reach::local_network:
      return tr(language,
                "These addresses work only within this network; telephones elsewhere cannot reach them.");
    case Reach::this_machine:
      return tr(language,
                "These addresses work only on this computer; neither a telephone nor Google reaches them.");
  }
  return {};
}

std::string render_subscribe(const SubscribeView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("subscribe");
  const bool is_right = view.problem.empty();
  fill_frame(values, frame, tr(language, "Subscribe"), Place::subscribe,
             is_right ? std::optional(view.query) : std::nullopt);
  values["SCRIPT"] = asset_address("subscribe.js");
  show_text(values, "PROBLEM", view.problem);
  const auto groups = choices_of(*view.snapshot, view.query, language);
  fill_subscribe_form(values, view.query, groups, language);
  if (!is_right) return render_template("subscribe.html", language, values);
  show_text(values, "REACH", reach_text(frame.base_url, language));
  fill_chosen(values, view, frame);
  for (const auto& group : groups) add_ready(values, view, frame, group);
  fill_site(values, view, frame);
  return render_template("subscribe.html", language, values);
}

}  // namespace convoke::web
