#include "web/pages/intake_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

constexpr const char* one_past =
    "The time of {n} row was over before the plan was entered. Nobody was written to about it.";
constexpr const char* many_past =
    "The time of {n} rows was over before the plan was entered. Nobody was written to about them.";

void fill_open(TemplateDictionary& values, const IntakeStartView& view, const Frame& frame) {
  if (view.open.empty()) return;
  auto& section = *values.AddSectionDictionary("BEGUN");
  for (const auto& intake : view.open) {
    auto& entry = *section.AddSectionDictionary("INTAKE");
    entry["HREF"] = intake_path(intake.id);
    entry["NAME"] = intake.file_name.empty() ? tr(frame.language, "Pasted text") : intake.file_name;
    const Date last = civil_date(intake.expires, view.zone);
    entry["UNTIL"] = tr(frame.language, "kept until {date}", {{"date", date_text(last, frame.language)}});
    entry["DROP"] = intake_path(intake.id) + "/drop";
    entry["CSRF"] = frame.csrf;
  }
}

}  // namespace

std::string intake_path(IntakeId id) {
  return "/manage/intake/" + std::to_string(id.value);
}

std::string intake_path(IntakeId id, bool only_doubtful, std::size_t page, int row) {
  std::string path = intake_path(id);
  if (only_doubtful) path = with_query(path, "only", "doubtful");
  if (page > 0) path = with_query(path, "page", std::to_string(page + 1));
  if (row > 0) path += "#row-" + std::to_string(row);
  return path;
}

std::string render_intake_start(const IntakeStartView& view, const Frame& frame) {
  TemplateDictionary values("intake");
  fill_manage_frame(values, frame, tr(frame.language, "Bring a plan in"), Desk::intake);
  values["CSRF"] = frame.csrf;
  values["SCRIPT"] = asset_address("intake.js");
  values["TEXT"] = view.text;
  if (!view.problem.empty()) {
    auto& problem = *values.AddSectionDictionary("PROBLEM");
    problem["TEXT"] = view.problem;
  }
  fill_year_choices(values, view.year, view.today, frame.language, true);
  if (view.of_all || view.organisations.size() > 1) {
    auto& choice = *values.AddSectionDictionary("ORGANISATIONS");
    if (view.of_all) choice.ShowSection("AS_NAMED");
    fill_organisation_choices(choice, view.organisations, view.organisation);
  }
  fill_open(values, view, frame);
  return render_template("intake.html", frame.language, values);
}

std::string render_past_rows(const service::PastRows& past, const Frame& frame) {
  TemplateDictionary values("past");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "Were they done?"), Desk::intake);
  values["CSRF"] = frame.csrf;
  values["PLAN_HREF"] = plan_path(past.plan.id);
  values["PLAN_LANG"] = past.plan.language;
  values["TITLE"] = past.plan.title;
  if (past.rows.empty()) values.ShowSection("NONE");
  if (!past.rows.empty()) {
    auto& form = *values.AddSectionDictionary("FORM");
    form["CSRF"] = frame.csrf;
    form["PLAN_HREF"] = plan_path(past.plan.id);
    form["ABOUT"] = trn(language, one_past, many_past, static_cast<long>(past.rows.size()));
    const auto shown = std::min(past.rows.size(), past_page_rows);
    for (std::size_t i = 0; i < shown; ++i) {
      const Event& event = past.rows[i];
      auto& row = *form.AddSectionDictionary("ROW");
      row["ITEM"] = std::to_string(event.id.value);
      row["PLAN_LANG"] = past.plan.language;
      row["TITLE"] = event.title;
      row["WHEN"] = when_text(event.period, language);
      row["WHO"] = responsible_line(event);
    }
    if (shown < past.rows.size()) form.ShowSection("MORE");
  }
  return render_template("intake_past.html", language, values);
}

}  // namespace convoke::web
