#include "web/pages/report_file.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/report_words.hpp"
#include "web/pages/when.hpp"

namespace convoke::web {
namespace {

using documents::ReportTable;
using service::FateCounts;

std::vector<std::string> count_headings(const std::string& first, Language language) {
  std::vector<std::string> headings = {first};
  for (const auto fate : all_fates) headings.push_back(capitalise(fate_label(fate, language)));
  headings.push_back(capitalise(tr(language, "held in another period")));
  headings.push_back(capitalise(tr(language, "people came")));
  return headings;
}

ReportTable::Line count_line(const std::string& name, const FateCounts& counts) {
  ReportTable::Line line;
  line.cells.push_back(name);
  const auto cell = [&](int number, bool known) {
    line.cells.push_back(known ? std::to_string(number) : "–");
  };
  for (const auto fate : all_fates) cell(counts[fate], counts[fate] > 0);
  cell(counts.moved, counts.moved > 0);
  cell(counts.attended, counts.counted > 0);
  return line;
}

ReportTable figures(const service::PlanReport& report, Language language) {
  ReportTable table;
  table.shares = {5, 1};
  const auto add = [&](const std::string& label, const std::string& value) {
    ReportTable::Line line;
    line.cells = {label, value};
    table.lines.push_back(std::move(line));
  };
  const auto& counts = report.counts;
  add(tr(language, "Activities in the plan"), std::to_string(report.rows.size()));
  if (const auto percent = counts.percent())
    add(tr(language, "Done of what was due"), std::to_string(*percent) + " %");
  for (const auto fate : all_fates) add(capitalise(fate_label(fate, language)), std::to_string(counts[fate]));
  add(capitalise(tr(language, "held in another period")), std::to_string(counts.moved));
  if (counts.counted > 0) add(capitalise(tr(language, "people came")), std::to_string(counts.attended));
  return table;
}

// Nothing is said by groups when there is only one without a name.
void add_group(documents::ReportDocument& document, const std::string& caption, const std::string& first,
               const std::vector<service::ReportLine>& lines, const std::string& nameless,
               Language language) {
  if (lines.empty() || (lines.size() == 1 && lines.front().name.empty())) return;
  ReportTable table;
  table.caption = caption;
  table.headings = count_headings(first, language);
  table.shares = {5, 2, 2, 2, 2, 2, 2, 2, 2};
  for (const auto& line : lines)
    table.lines.push_back(count_line(line.name.empty() ? nameless : line.name, line.counts));
  document.tables.push_back(std::move(table));
}

std::string result_of(const service::ReportRow& row, Language language) {
  std::vector<std::string> parts;
  if (row.counts.counted > 0)
    parts.push_back(trn(language, "{n} person came", "{n} people came", row.counts.attended));
  if (!row.note.empty()) parts.push_back(row.note);
  if (!row.event.minutes_url.empty()) parts.push_back(row.event.minutes_url);
  return join(parts, "\n");
}

ReportTable row_table(const service::PlanReport& report, Language language) {
  ReportTable table;
  table.caption = tr(language, "Row by row");
  table.headings = {tr(language, "No."),  tr(language, "Activity"),    tr(language, "Planned"),
                    tr(language, "Fact"), tr(language, "Responsible"), tr(language, "Result")};
  table.shares = {2, 9, 5, 5, 5, 6};
  const std::string* section = nullptr;
  for (const auto& row : report.rows) {
    if (section == nullptr || *section != row.event.section) {
      section = &row.event.section;
      ReportTable::Line caption;
      caption.section = true;
      caption.cells = {*section};
      if (!section->empty()) table.lines.push_back(std::move(caption));
    }
    const auto& words = row.event.period.source_text;
    auto fact = capitalise(fate_text(row.counts, language));
    if (row.done) fact += "\n" + date_text(*row.done, language);
    ReportTable::Line line;
    line.cells = {row.event.number,
                  row.event.title,
                  words.empty() ? when_text(row.planned, language) : words,
                  fact,
                  responsible_line(row.event),
                  result_of(row, language)};
    table.lines.push_back(std::move(line));
  }
  return table;
}

}  // namespace

documents::ReportDocument report_document(const service::PlanReport& report, Language language) {
  documents::ReportDocument document;
  document.language = report.plan.language;
  document.title = tr(language, "Report on how the plan was carried out");
  document.head.push_back(report.plan.title);
  document.head.push_back(tr(language, "as of {day}", {{"day", date_text(report.today, language)}}));
  document.figures.push_back(figures(report, language));
  document.picture_caption = tr(language, "By months");
  document.bars.planned = tr(language, "planned");
  document.bars.done = tr(language, "done");
  for (const auto& month : report.months)
    document.bars.months.push_back({month_figures(month.month), month.planned, month.done});
  const auto nobody = tr(language, "nobody is named");
  add_group(document, tr(language, "By sections"), tr(language, "Section"), report.sections,
            tr(language, "without a section"), language);
  add_group(document, tr(language, "By kinds"), tr(language, "Kind"), named_kinds(report.kinds, language), "",
            language);
  add_group(document, tr(language, "By those responsible"), tr(language, "Responsible"), report.responsible,
            nobody, language);
  add_group(document, tr(language, "By institutions"), tr(language, "Institution"), report.institutions,
            tr(language, "no institution is named"), language);
  document.tables.push_back(row_table(report, language));
  return document;
}

}  // namespace convoke::web
