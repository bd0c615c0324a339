#include "web/pages/clashes_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <vector>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::Clash;

std::string choose_label(const Event& event, Language language) {
  return tr(language, "Another day for: {title}", {{"title", ellipsize_words(event.title, 60)}});
}

void fill_event(TemplateDictionary& values, const Event& event, Language language) {
  values["HREF"] = event_path(event.id);
  values["TITLE"] = event.title;
  values["WHEN"] = when_text(event.period, language);
  show_text(values, "WHO", responsible_line(event));
  show_text(values, "PLACE", event.place);
}

void fill_act(TemplateDictionary& values, const Event& event, Language language) {
  auto& act = *values.AddSectionDictionary("ACT");
  act["HREF"] = service::may_be_dated(event) ? event_day_path(event.id) : event_path(event.id);
  act["LABEL"] = service::may_be_dated(event)
                     ? choose_label(event, language)
                     : tr(language, "Look at: {title}", {{"title", ellipsize_words(event.title, 60)}});
}

void fill_clash(TemplateDictionary& values, const Clash& clash, Language language) {
  fill_event(*values.AddSectionDictionary("EVENT"), *clash.event, language);
  if (!clash.other) {
    values["WHY"] = standing_text(clash.standing, language);
    fill_act(values, *clash.event, language);
    return;
  }
  const auto& other = *clash.other;
  auto& beside = *values.AddSectionDictionary("EVENT");
  fill_event(beside, *other.other, language);
  if (other.hidden) beside["HREF"] = "/sources";  // what is for organisers only has no page
  values["WHY"] = why_text(other, language);
  fill_act(values, *clash.event, language);
  if (!other.neighbour) fill_act(values, *other.other, language);
}

void fill_days(TemplateDictionary& values, const char* section, const std::vector<Clash>& clashes,
               Language language) {
  TemplateDictionary* day = nullptr;
  Date last{};
  for (const auto& clash : clashes) {
    if (day == nullptr || clash.day != last) {
      day = values.AddSectionDictionary(section);
      (*day)["DAY_LABEL"] = day_label(clash.day, language);
      (*day)["ISO"] = format_iso(clash.day);
      last = clash.day;
    }
    fill_clash(*day->AddSectionDictionary("CLASH"), clash, language);
  }
}

}  // namespace

std::string plan_clashes_path(PlanId plan) {
  return plan_desk_path(plan) + "/clashes";
}

std::string event_day_path(EventId event) {
  return event_path(event) + "#day";
}

std::string render_plan_clashes(const service::PlanClashes& clashes, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan clashes");
  fill_manage_frame(values, frame, tr(language, "Clashes"), Desk::plans);
  values["PLAN_HREF"] = plan_desk_path(clashes.plan->id);
  values["PLAN"] = clashes.plan->title;
  values["PLAN_LANG"] = clashes.plan->language;
  const auto coming = static_cast<long>(clashes.coming.size());
  if (coming == 0) values.ShowSection("NONE");
  if (coming > 0) show_text(values, "COUNT", trn(language, "{n} clash", "{n} clashes", coming));
  fill_days(values, "DAY", clashes.coming, language);
  if (clashes.cut) values.ShowSection("CUT");
  if (clashes.past > 0 && clashes.gone.empty()) {
    auto& past = *values.AddSectionDictionary("PAST");
    past["HREF"] = with_query(plan_clashes_path(clashes.plan->id), "past", "1");
    past["PAST_TEXT"] = trn(language, "{n} clash on days that are over", "{n} clashes on days that are over",
                            static_cast<long>(clashes.past));
  }
  if (!clashes.gone.empty()) fill_days(*values.AddSectionDictionary("OVER"), "DAY", clashes.gone, language);
  return render_template("manage_plan_clashes.html", language, values);
}

}  // namespace convoke::web
