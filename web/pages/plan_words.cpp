#include "web/pages/plan_words.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>
#include <utility>

namespace convoke::web {

const std::array<RowCell, 7>& row_cells() {
  using service::RowFields;
  static const std::array<RowCell, 7> cells = {{{"number", "NUMBER", &RowFields::number},
                                                {"title", "TITLE", &RowFields::title},
                                                {"period", "PERIOD", &RowFields::period},
                                                {"responsible", "RESPONSIBLE", &RowFields::responsible},
                                                {"section", "SECTION", &RowFields::section},
                                                {"place", "PLACE", &RowFields::place},
                                                {"note", "NOTE", &RowFields::note}}};
  return cells;
}

std::string field_label(std::string_view field, Language language) {
  if (field == "number") return tr(language, "No.");
  if (field == "title") return tr(language, "Activity");
  if (field == "period") return tr(language, "Period");
  if (field == "responsible") return tr(language, "Responsible");
  if (field == "section") return tr(language, "Section");
  if (field == "place") return tr(language, "Place");
  if (field == "note") return tr(language, "Note");
  if (field == "kind") return tr(language, "Kind");
  if (field == "status") return tr(language, "State");
  if (field == "organisation") return tr(language, "Association");
  return tr(language, "Preamble");
}

std::string edit_text(const PlanEdit& edit, Language language) {
  const auto title = ellipsize(edit.subject, 70);
  switch (edit.act) {
    case PlanAct::add:
      return tr(language, "row added: “{title}”", {{"title", title}});
    case PlanAct::change:
      return tr(language, "row changed: “{title}”", {{"title", title}});
    case PlanAct::move:
      return tr(language, "row moved: “{title}”", {{"title", title}});
    case PlanAct::remove:
      return tr(language, "row removed: “{title}”", {{"title", title}});
    case PlanAct::cancel:
      return tr(language, "event cancelled: “{title}”", {{"title", title}});
    case PlanAct::rename_section:
      return trn(language, "section renamed, {n} row", "section renamed, {n} rows", edit.count);
    case PlanAct::bulk:
      return trn(language, "{n} row changed at once", "{n} rows changed at once", edit.count);
    case PlanAct::heading:
      return tr(language, "title or preamble changed");
    case PlanAct::move_section:
      return trn(language, "section moved, {n} row", "section moved, {n} rows", edit.count);
    case PlanAct::undo:
      break;
  }
  return tr(language, "taken back: “{title}”", {{"title", title}});
}

std::string moment_line(Instant at, const std::string& zone, Language language) {
  const auto civil = to_civil(at, zone);
  return date_text(civil.date, language) + ", " +
         format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

void fill_formats(ctemplate::TemplateDictionary& values, PlanId plan) {
  constexpr std::array formats = {std::pair{"docx", "Word (DOCX)"}, std::pair{"xlsx", "Excel (XLSX)"},
                                  std::pair{"csv", "CSV"}, std::pair{"pdf", "PDF"}};
  for (const auto& [format, name] : formats) {
    auto& link = *values.AddSectionDictionary("FORMAT");
    link["HREF"] = plan_path(plan) + "/export/" + format;
    link["NAME"] = name;
  }
}

std::string done_text(std::string_view what, Language language) {
  if (what == "saved") return tr(language, "The change is saved.");
  if (what == "undone") return tr(language, "It is as it was before.");
  if (what == "removed") return tr(language, "The row is removed.");
  if (what == "made") return tr(language, "The plan is begun. Add its first row.");
  if (what == "none") return tr(language, "Nothing was changed: no row was chosen that this is for.");
  return {};
}

std::string in_between_text(Language language) {
  return tr(language, "This could not be done: a row was changed by somebody in between. Look at it again.");
}

std::string state_text(const Plan& plan, Language language) {
  const auto state = state_of(plan.approvals);
  if (!state) return tr(language, "draft");
  if (*state == ApprovalStage::approved) return tr(language, "approved plan");
  return *state == ApprovalStage::agreed ? tr(language, "agreed plan") : tr(language, "adopted plan");
}

std::string state_chip(const Plan& plan) {
  const auto state = state_of(plan.approvals);
  return !state ? "open" : *state == ApprovalStage::approved ? "held" : "moved";
}

std::string reading_text(const PeriodReading& reading, Language language) {
  const auto& period = reading.period;
  if (period.precision == Precision::none)
    return period.source_text.empty()
               ? tr(language, "No period: the row waits for one.")
               : tr(language, "No date could be read in this. The words are kept as they are.");
  auto text = tr(language, "Read as: {period}", {{"period", when_text(period, language)}});
  if (period.is_vague() && period.has_dates())
    text += " (" + calendar::format_date_short(*period.first, language) + " – " +
            calendar::format_date_short(*period.last, language) + ")";
  if (!reading.place.empty()) text += "; " + tr(language, "place: {place}", {{"place", reading.place}});
  return text;
}

}  // namespace convoke::web
