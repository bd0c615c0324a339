#include "web/pages/home_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <map>
#include <set>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

struct Option {
  std::string value, text;
  bool selected = false;
};

void add_filter(TemplateDictionary& values, const char* key, const std::string& label, const std::string& any,
                const std::vector<Option>& options) {
  if (options.size() < 2 && std::none_of(options.begin(), options.end(), [](auto& o) { return o.selected; }))
    return;
  auto& filter = *values.AddSectionDictionary("FILTER");
  filter["KEY"] = key;
  filter["LABEL"] = label;
  filter["ANY"] = any;
  for (const auto& option : options) {
    auto& entry = *filter.AddSectionDictionary("OPTION");
    entry["VALUE"] = option.value;
    entry["TEXT"] = option.text;
    if (option.selected) entry.ShowSection("SELECTED");
  }
}

template<class T>
bool holds(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<Option> kind_options(const HomeView& view, Language language) {
  std::set<EventKind> present;
  for (const auto& event : view.snapshot->events)
    if (event->kind != EventKind::goal) present.insert(event->kind);
  std::vector<Option> options;
  for (const EventKind kind : present)
    options.push_back({std::string(name_of(kind)), capitalise(calendar::kind_label(kind, language)),
                       holds(view.query.filter.kinds, kind)});
  return options;
}

std::vector<Option> organisation_options(const HomeView& view) {
  std::vector<Option> options;
  for (const auto& one : view.snapshot->organisations)
    options.push_back(
        {std::to_string(one.id.value), one.name, holds(view.query.filter.organisations, one.id)});
  return options;
}

std::vector<Option> responsible_options(const HomeView& view, Language language) {
  std::map<std::string, std::string> by_key;  // one entry for all spellings of a name
  for (const auto& event : view.snapshot->events)
    for (const auto& one : event->responsible)
      if (!one.name.empty()) by_key.emplace(name_key(one.name), one.name);
  std::vector<Option> options;
  for (const auto& [key, name] : by_key)
    options.push_back({name, name, holds(view.query.filter.responsible, fold(name))});
  std::sort(options.begin(), options.end(), [&](const Option& a, const Option& b) {
    return compare_in(tag_of(language), a.text, b.text) < 0;
  });
  return options;
}

void fill_filters(TemplateDictionary& values, const HomeView& view, Language language) {
  add_filter(values, "kind", tr(language, "Kind of event"), tr(language, "All kinds"),
             kind_options(view, language));
  add_filter(values, "organisation", tr(language, "Association"), tr(language, "All associations"),
             organisation_options(view));
  add_filter(values, "responsible", tr(language, "Responsible"), tr(language, "Everyone"),
             responsible_options(view, language));
  if (view.query.from) {
    auto& from = *values.AddSectionDictionary("FROM");
    from["FROM_VALUE"] = format_month(*view.query.from);
  }
  if (!calendar::canonical(view.query.filter).empty()) {
    HomeQuery clear;
    clear.from = view.query.from;
    auto& filtered = *values.AddSectionDictionary("FILTERED");
    filtered["CLEAR_HREF"] = home_path(clear);
  }
}

void add_events(TemplateDictionary& section, const std::vector<const Event*>& events, const HomeView& view,
                Language language) {
  for (const Event* event : events)
    fill_event_line(*section.AddSectionDictionary("EVENT"), *event, language,
                    view.snapshot->sources.name_of(event->source));
}

void fill_months(TemplateDictionary& values, const HomeView& view, Language language) {
  for (const auto& group : view.months) {
    auto& month = *values.AddSectionDictionary("MONTH");
    month["ID"] = format_month(group.month);
    month["NAME"] = month_title(group.month, language);
    const auto count = static_cast<long>(group.dated.size() + group.to_schedule.size());
    month["COUNT"] = trn(language, "{n} event", "{n} events", count);
    if (!group.dated.empty()) add_events(*month.AddSectionDictionary("DATED"), group.dated, view, language);
    if (!group.to_schedule.empty())
      add_events(*month.AddSectionDictionary("TO_SCHEDULE"), group.to_schedule, view, language);
  }
}

void add_rest(TemplateDictionary& values, const char* id, const std::string& name, const std::string& hint,
              const std::vector<const Event*>& events, const HomeView& view, Language language) {
  if (events.empty()) return;
  auto& rest = *values.AddSectionDictionary("REST");
  rest["ID"] = id;
  rest["NAME"] = name;
  rest["HINT"] = hint;
  rest["COUNT"] = trn(language, "{n} event", "{n} events", static_cast<long>(events.size()));
  add_events(rest, events, view, language);
}

void fill_pager(TemplateDictionary& values, const HomeView& view, Language language) {
  const auto link = [&](const char* name, std::chrono::year_month month, const std::string& text) {
    HomeQuery query = view.query;
    query.from = month;
    auto& pager = *values.AddSectionDictionary(name);
    pager["HREF"] = home_path(query);
    pager["TEXT"] = text;
  };
  if (view.earlier)
    link("EARLIER", *view.earlier,
         tr(language, "Earlier events, from {month}", {{"month", month_title(*view.earlier, language)}}));
  if (view.later)
    link("LATER", *view.later,
         tr(language, "Later events, from {month}", {{"month", month_title(*view.later, language)}}));
}

void fill_plans(TemplateDictionary& values, const HomeView& view) {
  constexpr std::size_t newest = 5;
  if (view.snapshot->plans.empty()) return;
  auto& section = *values.AddSectionDictionary("HAS_PLANS");
  for (std::size_t i = 0; i < std::min(newest, view.snapshot->plans.size()); ++i) {
    const Plan& plan = *view.snapshot->plans[i];
    auto& entry = *section.AddSectionDictionary("PLAN");
    entry["HREF"] = plan_path(plan.id);
    entry["TITLE"] = plan.title;
    entry["PLAN_LANG"] = plan.language;
    entry["ORGANISATION"] = plan.organisation_name;
  }
}

void fill_emptiness(TemplateDictionary& values, const HomeView& view, Language language) {
  if (!view.months.empty()) return;
  auto& empty = *values.AddSectionDictionary("EMPTY");
  const bool filtered = !calendar::canonical(view.query.filter).empty();
  empty["EMPTY_TEXT"] = view.snapshot->events.empty() ? tr(language, "No events have been published yet.")
                        : filtered                    ? tr(language, "No coming events of this choice.")
                                                      : tr(language, "No coming events.");
}

}  // namespace

std::string render_home(const HomeView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("home");
  const auto heading = tr(language, view.query.from ? "Events by month" : "Coming events");
  fill_frame(values, frame, heading, Place::home, view.query.filter);
  values["HEADING"] = heading;
  const auto& organisations = view.snapshot->organisations;
  values["LEDE"] = organisations.size() == 1
                       ? organisations.front().name
                       : tr(language, "Meetings, seminars, competitions and reports of the associations");
  values["SUBSCRIBE_HREF"] = subscribe_path(view.query.filter);
  fill_filters(values, view, language);
  fill_months(values, view, language);
  fill_emptiness(values, view, language);
  add_rest(values, "throughout", tr(language, "Throughout the year"),
           tr(language, "Work that goes on or repeats and has no single day."), view.throughout, view, language);
  add_rest(values, "without-date", tr(language, "Without a date"),
           tr(language, "The plan names no date, or leaves it to another plan."), view.without_date, view,
           language);
  fill_pager(values, view, language);
  fill_plans(values, view);
  return render_template("home.html", language, values);
}

}  // namespace convoke::web
