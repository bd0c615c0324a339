#include "web/pages/new_event_page.hpp"

#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::RowFault;

std::string how_to_write(Language language) {
  return tr(language, "As you would write it: “14.11.2024 10:00”, “22–24 May”, “November”.");
}

std::string unread_text(Language language) {
  return tr(language, "No date could be read in this.") + " " + how_to_write(language);
}

// What is wrong with a field, said beside it.
std::string problem_text(const service::RowProblem& problem, Language language) {
  switch (problem.fault) {
    case RowFault::missing:
      if (problem.field == "title") return tr(language, "What is the event called?");
      if (problem.field == "organisation") return tr(language, "Choose whose event it is.");
      return tr(language, "Say when it is, as exactly as is known: a month will do.");
    case RowFault::unread:  // how to write it stands above
      return tr(language, "No date could be read in this.");
    case RowFault::too_long:
      return tr(language, "This is too long.");
    case RowFault::not_text:
    case RowFault::none:
      break;
  }
  return tr(language, "This is too long, or has signs in it that cannot be shown.");
}

struct Field {
  const char* name;
  const char* problem;  // its section in the template
};
constexpr Field fields[] = {{"title", "TITLE_PROBLEM"},
                            {"organisation", "ORGANISATION_PROBLEM"},
                            {"period", "PERIOD_PROBLEM"},
                            {"responsible", "RESPONSIBLE_PROBLEM"}};

void fill_problems(TemplateDictionary& values, const NewEventPage& page, Language language) {
  if (!page.problems.empty()) values.ShowSection("REFUSED");
  for (const auto& problem : page.problems)
    for (const auto& [name, section] : fields)
      if (problem.field == name)
        (*values.AddSectionDictionary(section))["TEXT"] = problem_text(problem, language);
}

// Whoever reaches one association has no choice to make.
void fill_organisations(TemplateDictionary& values, const NewEventPage& page,
                        const service::Snapshot& snapshot, const Frame& frame) {
  const auto all = organisations_to_choose(snapshot, frame);
  if (all.empty()) return;
  auto& choice = *values.AddSectionDictionary("ORGANISATIONS");
  fill_organisation_choices(choice, all, page.typed.organisation);
  if (all.size() > 1 && !page.typed.organisation) choice.ShowSection("NONE_YET");
}

}  // namespace

std::vector<Organisation> organisations_to_choose(const service::Snapshot& snapshot, const Frame& frame) {
  return reached_organisations(snapshot.organisations, frame.who.get());
}

std::string coming_period_text(const PeriodReading& reading, Language language) {
  if (reading.period.precision != Precision::none) return reading_text(reading, language);
  return reading.period.source_text.empty() ? how_to_write(language) : unread_text(language);
}

std::string render_new_event(const NewEventPage& page, const service::Snapshot& snapshot,
                             const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("new event");
  fill_manage_frame(values, frame, tr(language, "A new event"), Desk::control);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = new_event_path;
  values["SCRIPT"] = asset_address("plan.js");
  values["READING_HREF"] = with_query("/manage/period", "year", coming_year);
  values["TITLE"] = page.typed.title;
  values["PERIOD"] = page.typed.period;
  values["RESPONSIBLE"] = page.typed.responsible;
  const bool asks = page.reading && page.problems.empty();
  values["READ"] = asks ? page.typed.period : std::string();
  values["READING"] = asks ? coming_period_text(*page.reading, language) : how_to_write(language);
  values["SAVE"] = asks ? tr(language, "Save it so") : tr(language, "Add the event");
  if (asks && !page.known) values.ShowSection("LOOK");
  if (page.known) {
    auto& known = *values.AddSectionDictionary("KNOWN");
    known["HREF"] = event_path(page.known);
    known["KNOWN_TITLE"] = page.known_title;
    known["ID"] = std::to_string(page.known.value);
  }
  fill_problems(values, page, language);
  fill_kind_choices(values, "KIND", page.typed.kind, language);
  fill_organisations(values, page, snapshot, frame);
  return render_template("manage_event_new.html", language, values);
}

}  // namespace convoke::web
