#include "web/pages/report_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/report_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::Fate;
using service::FateCounts;

// The picture, in its own units: a group of two bars a month.
constexpr int bar_width = 16, bar_gap = 2, month_width = 48, bar_height = 120, picture_margin = 22;

void fill_cards(TemplateDictionary& values, const FateCounts& counts, Language language) {
  if (const auto percent = counts.percent()) show_text(values, "PERCENT", std::to_string(*percent) + " %");
  const auto card = [&](int number, const std::string& label, bool bad = false) {
    auto& one = *values.AddSectionDictionary("CARD");
    one["NUMBER"] = std::to_string(number);
    one["LABEL"] = label;
    if (bad && number > 0) one.ShowSection("BAD");
  };
  for (const Fate fate : all_fates) card(counts[fate], fate_label(fate, language), fate == Fate::overdue);
  card(counts.moved, tr(language, "held in another period"));
  if (counts.counted > 0) card(counts.attended, tr(language, "people came"));
}

void fill_picture(TemplateDictionary& values, const service::PlanReport& report, Language language) {
  int most = 1;
  for (const auto& one : report.months) most = std::max({most, one.planned, one.done});
  auto& picture = *values.AddSectionDictionary("PICTURE");
  picture["WIDTH"] = std::to_string(static_cast<int>(report.months.size()) * month_width);
  picture["HEIGHT"] = std::to_string(bar_height + 2 * picture_margin);
  picture["BASE"] = std::to_string(bar_height + picture_margin);
  int left = 0;
  for (const auto& one : report.months) {
    auto& month = *picture.AddSectionDictionary("MONTH");
    month["NAME"] = month_title(one.month, language);
    month["SHORT"] = month_figures(one.month);
    month["MIDDLE"] = std::to_string(left + month_width / 2);
    month["LABEL_Y"] = std::to_string(bar_height + picture_margin + 15);
    const auto bar = [&](const char* section, int number, int x) {
      const int height = number * bar_height / most;
      auto& drawn = *month.AddSectionDictionary(section);
      drawn["X"] = std::to_string(x);
      drawn["Y"] = std::to_string(picture_margin + bar_height - height);
      drawn["BAR_HEIGHT"] = std::to_string(height);
      drawn["BAR_WIDTH"] = std::to_string(bar_width);
      if (number == 0) return;
      auto& text = *drawn.AddSectionDictionary("NUMBER");
      text["NUMBER_X"] = std::to_string(x + bar_width / 2);
      text["NUMBER_Y"] = std::to_string(picture_margin + bar_height - height - 4);
      text["NUMBER_TEXT"] = std::to_string(number);
    };
    const int first = left + month_width / 2 - bar_width - bar_gap / 2;
    bar("PLANNED", one.planned, first);
    bar("DONE", one.done, first + bar_width + bar_gap);
    month["PLANNED_TEXT"] = std::to_string(one.planned);
    month["DONE_TEXT"] = std::to_string(one.done);
    left += month_width;
  }
}

void fill_counts(TemplateDictionary& row, const FateCounts& counts) {
  const auto cell = [&](int number, bool known) {
    (*row.AddSectionDictionary("CELL"))["VALUE"] = known ? std::to_string(number) : "–";
  };
  for (const Fate fate : all_fates) cell(counts[fate], counts[fate] > 0);
  cell(counts.moved, counts.moved > 0);
  cell(counts.attended, counts.counted > 0);
}

void fill_group(TemplateDictionary& values, const char* id, const std::string& heading,
                const std::vector<service::ReportLine>& lines, const std::string& nameless,
                Language language) {
  if (lines.empty() || (lines.size() == 1 && lines.front().name.empty())) return;
  auto& group = *values.AddSectionDictionary("GROUP");
  group["ID"] = id;
  group["HEADING"] = heading;
  const auto column = [&](const std::string& label) {
    (*group.AddSectionDictionary("COLUMN"))["LABEL"] = label;
  };
  for (const Fate fate : all_fates) column(fate_label(fate, language));
  column(tr(language, "held in another period"));
  column(tr(language, "people came"));
  for (const auto& line : lines) {
    auto& row = *group.AddSectionDictionary("LINE");
    row["NAME"] = line.name.empty() ? nameless : line.name;
    fill_counts(row, line.counts);
  }
}

void fill_rows(TemplateDictionary& values, const service::PlanReport& report, Language language) {
  const std::string* caption = nullptr;
  TemplateDictionary* section = nullptr;
  for (const auto& one : report.rows) {
    if (section == nullptr || *caption != one.event.section) {
      section = values.AddSectionDictionary("SECTION");
      show_text(*section, "CAPTION", one.event.section);
      caption = &one.event.section;
    }
    auto& row = *section->AddSectionDictionary("ROW");
    row["NUMBER"] = one.event.number;
    row["HREF"] = event_path(one.event.id);
    row["TITLE"] = one.event.title;
    row["PLANNED"] = one.event.period.source_text.empty() ? when_text(one.planned, language)
                                                          : one.event.period.source_text;
    row["FATE"] = fate_text(one.counts, language);
    if (one.counts[Fate::overdue] > 0) row.ShowSection("BAD");
    if (one.done) show_text(row, "DONE", date_text(*one.done, language));
    row["WHO"] = responsible_line(one.event);
    if (one.counts.counted > 0)
      show_text(row, "CAME", trn(language, "{n} person came", "{n} people came", one.counts.attended));
    show_text(row, "NOTE", one.note);
  }
}

}  // namespace

std::string report_path(PlanId id) {
  return plan_path(id) + "/report";
}

std::string render_report(const service::PlanReport& report, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("report");
  const auto heading = tr(language, "Plan and fact");
  fill_frame(values, frame, heading + ": " + report.plan.title, Place::elsewhere);
  values["HEADING"] = heading;
  values["PLAN_LANG"] = report.plan.language;
  values["PLAN_HREF"] = plan_path(report.plan.id);
  values["PLAN_TITLE"] = report.plan.title;
  values["FILE_HREF"] = report_path(report.plan.id) + ".docx";
  values["TODAY"] = tr(language, "as of {day}", {{"day", date_text(report.today, language)}});
  fill_cards(values, report.counts, language);
  if (!report.months.empty()) fill_picture(values, report, language);
  const auto nobody = tr(language, "nobody is named");
  fill_group(values, "sections", tr(language, "By sections"), report.sections,
             tr(language, "without a section"), language);
  fill_group(values, "kinds", tr(language, "By kinds"), named_kinds(report.kinds, language), "", language);
  fill_group(values, "people", tr(language, "By those responsible"), report.responsible, nobody, language);
  fill_group(values, "institutions", tr(language, "By institutions"), report.institutions,
             tr(language, "no institution is named"), language);
  fill_rows(values, report, language);
  return render_template("report.html", language, values);
}

}  // namespace convoke::web
