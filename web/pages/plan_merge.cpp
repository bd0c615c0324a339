// The page for whoever saved a row second, and the list of what was changed.
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

struct Cell {
  std::string name, was, theirs, yours;
};

std::string kind_name(const service::RowFields& fields) {
  return fields.kind ? std::string(name_of(*fields.kind)) : std::string();
}

std::string shown(const Cell& cell, const std::string& text, Language language) {
  if (text.empty()) return "—";
  if (cell.name != "kind") return text;
  const auto kind = event_kind_of(text);
  return kind ? std::string(calendar::kind_label(*kind, language)) : text;
}

void fill_cell(TemplateDictionary& values, const Cell& cell, Language language) {
  auto& kept = *values.AddSectionDictionary("KEPT");
  kept["NAME"] = cell.name;
  kept["THEIRS"] = cell.theirs;
  kept["YOURS"] = cell.yours;
  if (cell.theirs == cell.yours) return;
  auto& row = *values.AddSectionDictionary("CELL");
  row["NAME"] = cell.name;
  row["LABEL"] = field_label(cell.name, language);
  row["WAS"] = shown(cell, cell.was, language);
  row["THEIRS"] = shown(cell, cell.theirs, language);
  row["YOURS"] = shown(cell, cell.yours, language);
  const bool only_theirs = cell.yours == cell.was;
  row.ShowSection(only_theirs ? "TAKE_THEIRS" : "TAKE_YOURS");
  if (!only_theirs && cell.theirs != cell.was) row.ShowSection("BOTH");
}

}  // namespace

std::string render_plan_merge(const MergeView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan merge");
  fill_manage_frame(values, frame, tr(language, "Somebody saved this row before you"), Desk::plans);
  values["PLAN_LANG"] = view.plan.language;
  values["PLAN_TITLE"] = view.plan.title;
  values["BACK"] = view.back;
  values["CSRF"] = frame.csrf;
  values["STAMP"] = view.stamp;
  values["ACTION"] = plan_desk_path(view.plan.id) + "/rows/" + std::to_string(view.row.value);
  for (const auto& cell : row_cells())
    fill_cell(values, {cell.name, view.was.*cell.field, view.theirs.*cell.field, view.yours.*cell.field},
              language);
  fill_cell(values, {"kind", kind_name(view.was), kind_name(view.theirs), kind_name(view.yours)}, language);
  return render_template("manage_plan_merge.html", language, values);
}

std::string render_plan_history(const Plan& plan, const std::vector<PlanEdit>& edits, const std::string& zone,
                                const std::string& message, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan history");
  fill_manage_frame(values, frame, tr(language, "What was changed"), Desk::plans);
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title;
  values["HERE"] = plan_desk_path(plan.id);
  values["BACK"] = plan_desk_path(plan.id) + "/history";
  values["CSRF"] = frame.csrf;
  values["ACTION"] = plan_desk_path(plan.id) + "/undo";
  show_text(values, "MESSAGE", message);
  if (edits.empty()) values.ShowSection("NONE");
  for (const auto& edit : edits) {
    auto& row = *values.AddSectionDictionary("EDIT");
    row["WHAT"] = edit_text(edit, language);
    row["WHEN"] = moment_line(edit.at, zone, language);
    row["WHO"] = edit.name;
    if (edit.undone) {
      row.ShowSection("UNDONE");
      continue;
    }
    auto& undo = *row.AddSectionDictionary("UNDO");
    undo["ID"] = std::to_string(edit.id.value);
    undo["LABEL"] = tr(language, "Undo: {what}", {{"what", edit_text(edit, language)}});
  }
  return render_template("manage_plan_history.html", language, values);
}

}  // namespace convoke::web
