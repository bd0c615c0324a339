#include "web/pages/event_details_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/when.hpp"
#include "web/pages/written_fields.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::EventDetails;

// What is wrong with a field, said beside it.
std::string problem_text(const std::string& field, Language language) {
  constexpr std::array<std::pair<std::string_view, const char*>, 4> own = {{
      {"title", "An event needs a title, and no longer than a thousand characters."},
      {"time", "An end needs a beginning, and comes after it."},
      {"agenda", "A hundred points at most, each on a line of its own."},
      {"files",
       "Twenty documents at most, each on a line: its address, which begins with https://, then its name."},
  }};
  for (const auto& [name, text] : own)
    if (field == name) return tr(language, text);
  if (field == "online_url" || field == "image_url")
    return tr(language, "An address begins with https:// or http://.");
  if (field == "audience") return tr(language, "Twenty lines at most, each no longer than 200 characters.");
  return tr(language, "This is too long, or has signs in it that cannot be shown.");
}

constexpr std::array<WrittenField<EventDetails>, 11> text_fields = {
    {{"title", "TITLE", &EventDetails::title},
     {"place", "PLACE", &EventDetails::place},
     {"online_url", "ONLINE_URL", &EventDetails::online_url},
     {"time", "TIME", &EventDetails::time},
     {"end_time", "END_TIME", &EventDetails::end_time},
     {"agenda", "AGENDA", &EventDetails::agenda},
     {"description", "DESCRIPTION", &EventDetails::description},
     {"audience", "AUDIENCE", &EventDetails::audience},
     {"contact", "CONTACT", &EventDetails::contact},
     {"files", "FILES", &EventDetails::files},
     {"image_url", "IMAGE_URL", &EventDetails::image_url}}};

void fill_choices(TemplateDictionary& values, const EventDetailsPage& page, Language language) {
  const auto& event = *page.event;
  if (page.overtaken && page.typed.kind && page.typed.kind != event.kind)
    (*values.AddSectionDictionary("KIND_NOW"))["TEXT"] =
        capitalise(calendar::kind_label(event.kind, language));
  if (page.overtaken && page.typed.level != event.level)
    (*values.AddSectionDictionary("LEVEL_NOW"))["TEXT"] =
        event.level ? capitalise(calendar::level_label(*event.level, language)) : tr(language, "not said");
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    auto& option = *values.AddSectionDictionary("KIND_OPTION");
    option["VALUE"] = std::string(name_of(kind));
    option["LABEL"] = capitalise(calendar::kind_label(kind, language));
    if (page.typed.kind == kind) option.ShowSection("CHOSEN");
  }
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    auto& option = *values.AddSectionDictionary("LEVEL_OPTION");
    option["VALUE"] = std::string(name_of(level));
    option["LABEL"] = capitalise(calendar::level_label(level, language));
    if (page.typed.level == level) option.ShowSection("CHOSEN");
  }
}

}  // namespace

std::string event_details_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/details";
}

std::string minutes_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/minutes.docx";
}

std::string render_event_details(const EventDetailsPage& page, const Frame& frame) {
  const Event& event = *page.event;
  const Language language = frame.language;
  TemplateDictionary values("event details");
  fill_manage_frame(values, frame, tr(language, "Place, agenda, documents"), Desk::plans);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = event_details_path(event.id);
  values["HREF"] = event_path(event.id);
  values["EVENT_TITLE"] = event.title;
  values["WHEN"] = when_text(event.period, language);
  values["STAMP"] = service::details_stamp(event);
  values["AGENDA_LABEL"] = tr(language, descriptor_of(event.kind).agenda);
  if (page.added) values.ShowSection("ADDED");
  if (page.overtaken) values.ShowSection("OVERTAKEN");
  if (!page.problem.empty()) values.ShowSection("REFUSED");
  if (service::has_own_title(event)) values.ShowSection("OWN_TITLE");
  if (service::has_own_time(event)) values.ShowSection("OWN_TIME");
  if (event.plan) {
    auto& plan = *values.AddSectionDictionary("OF_PLAN");
    plan["PLAN_HREF"] = plan_desk_path(event.plan) + "#row-" + std::to_string(event.id.value);
  }
  fill_written(values, text_fields, page.typed, service::details_of(event), page.overtaken, page.problem,
               language, problem_text);
  fill_choices(values, page, language);
  return render_template("manage_event_details.html", language, values);
}

}  // namespace convoke::web
