#include "web/pages/plan_head.hpp"

#include "web/i18n.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

// Empty lines below what is there already.
constexpr std::size_t further_items = 2;

constexpr std::array plan_languages = {std::pair{"uk", "Українська"}, std::pair{"be", "Беларуская"},
                                       std::pair{"ru", "Русский"}, std::pair{"en", "English"}};

std::string this_year(Date today) {
  const int year = static_cast<int>(today.year());
  return year_value(PlanContext::academic_year(today.month() < std::chrono::June ? year - 1 : year));
}

// What the field of the time zone begins with: nothing where the association chosen decides.
std::string usual_zone(const std::vector<Organisation>& reached, const std::string& installation_zone) {
  if (reached.empty()) return installation_zone;
  for (const auto& one : reached)
    if (one.zone != reached.front().zone) return {};
  return reached.front().zone;
}

void fill_item(TemplateDictionary& values, std::size_t index, const PreambleItem& item) {
  auto& row = *values.AddSectionDictionary("ITEM");
  row["INDEX"] = std::to_string(index);
  row["NUMBER"] = std::to_string(index + 1);
  row["CAPTION"] = item.caption;
  row["TEXT"] = item.text;
}

}  // namespace

void fill_new_plan(TemplateDictionary& values, const service::Snapshot& snapshot, const NewPlanForm& form,
                   const Frame& frame) {
  auto& begin = *values.AddSectionDictionary("BEGIN");
  begin["CSRF"] = frame.csrf;
  begin["TITLE"] = form.title;
  if (!form.problem.empty()) begin.ShowSection("OPEN");
  show_text(begin, "PROBLEM", form.problem);
  fill_year_choices(begin, form.year.empty() ? this_year(form.today) : form.year, form.today, frame.language,
                    false);
  const auto language = form.language.empty() ? std::string(tag_of(frame.language)) : form.language;
  for (const auto& [tag, name] : plan_languages) {
    auto& choice = *begin.AddSectionDictionary("WORDS");
    choice["VALUE"] = tag;
    choice["LABEL"] = name;
    if (language == tag) choice.ShowSection("CHOSEN");
  }
  const auto reached = reached_organisations(snapshot.organisations, frame.who.get());
  begin["ZONE"] = form.zone ? *form.zone : usual_zone(reached, form.installation_zone);
  show_text(begin, "ZONE_PROBLEM", form.zone_problem);
  if (!reached.empty())
    fill_organisation_choices(*begin.AddSectionDictionary("ORGANISATIONS"), reached, form.organisation);
  else
    (*begin.AddSectionDictionary("NAME_IT"))["NAME"] = form.organisation_name;
}

std::string render_heading_form(const HeadingForm& form, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan heading");
  fill_manage_frame(values, frame, tr(language, "Title and preamble"), Desk::plans);
  const auto desk = plan_desk_path(form.plan);
  values["DESK"] = desk;
  values["PLAN_LANG"] = form.language;
  values["PLAN_TITLE"] = form.title;
  values["ACTION"] = desk + "/heading";
  values["CSRF"] = frame.csrf;
  values["STAMP"] = form.stamp;
  values["TITLE"] = form.values.title;
  show_text(values, "PROBLEM", form.problem);
  std::size_t index = 0;
  for (const auto& item : form.values.preamble) fill_item(values, index++, item);
  for (std::size_t i = 0; i < further_items && index < service::most_preamble_items; ++i)
    fill_item(values, index++, {});
  if (form.theirs) {
    auto& theirs = *values.AddSectionDictionary("THEIRS");
    theirs["TITLE"] = form.theirs->title;
    for (const auto& item : form.theirs->preamble) {
      auto& line = *theirs.AddSectionDictionary("LINE");
      show_text(line, "CAPTION", item.caption);
      line["TEXT"] = item.text;
    }
  }
  return render_template("manage_plan_heading.html", language, values);
}

}  // namespace convoke::web
