#include "web/pages/directory_import_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::PeopleRow;
using service::RowFate;
using service::RowTrouble;

std::string trouble_of_row(RowTrouble trouble, Language language) {
  switch (trouble) {
    case RowTrouble::address:
      return tr(language, "the e-mail address is none");
    case RowTrouble::language:
      return tr(language, "the language is none of uk, be, ru, en");
    case RowTrouble::organisation:
      return tr(language, "there is no such association");
    case RowTrouble::twice:
      return tr(language, "stands in the table twice");
    case RowTrouble::name_long:
      return tr(language, "the name or the post is too long");
    case RowTrouble::none:
      break;
  }
  return {};
}

void fill_candidates(TemplateDictionary& values, const PeopleRow& row) {
  auto& ask = *values.AddSectionDictionary("ASK");
  ask["FIELD"] = decision_field(row.line);
  for (const auto& person : row.candidates) {
    auto& one = *ask.AddSectionDictionary("CANDIDATE");
    one["VALUE"] = std::to_string(person.id.value);
    one["NAME"] = person.name;
    show_text(one, "POST", person.post);
    show_text(one, "EMAIL", person.email);
  }
}

void fill_row(TemplateDictionary& values, const PeopleRow& row, bool may_ask, Language language) {
  values["LINE"] = std::to_string(row.line);
  values["NAME"] = row.name;
  values["EMAIL"] = row.email;
  values["POST"] = row.post;
  switch (row.fate) {
    case RowFate::added:
      values.ShowSection("ADDED");
      break;
    case RowFate::changed:
      values.ShowSection("CHANGED");
      for (const auto& news : row.news) (*values.AddSectionDictionary("NEWS"))["TEXT"] = news;
      break;
    case RowFate::same:
      values.ShowSection("SAME");
      break;
    case RowFate::asks:
      if (may_ask)
        fill_candidates(values, row);
      else
        values.ShowSection("LATER");
      break;
    case RowFate::wrong:
      show_text(values, "WRONG", trouble_of_row(row.trouble, language));
      break;
  }
}

void add_count(TemplateDictionary& values, int count, const std::string& label) {
  if (count == 0) return;
  auto& one = *values.AddSectionDictionary("COUNT");
  one["NUMBER"] = std::to_string(count);
  one["LABEL"] = label;
}

void fill_preview(TemplateDictionary& values, const service::DirectoryPreview& preview, const Frame& frame) {
  const Language language = frame.language;
  auto& section = *values.AddSectionDictionary("PREVIEW");
  section["CSRF"] = frame.csrf;
  section["TABLE"] = preview.table;
  add_count(section, preview.added, tr(language, "will be entered"));
  add_count(section, preview.changed, tr(language, "will be changed"));
  add_count(section, preview.asks, tr(language, "wait for your word"));
  add_count(section, preview.same, tr(language, "say nothing new"));
  add_count(section, preview.wrong, tr(language, "cannot be used"));
  if (static_cast<std::size_t>(preview.asks) > most_asked_rows) section.ShowSection("MANY_ASKED");
  std::size_t shown = 0;
  // What needs a look stands first.
  for (const auto fate : {RowFate::asks, RowFate::wrong, RowFate::changed, RowFate::added, RowFate::same})
    for (const auto& row : preview.rows)
      if (row.fate == fate)
        fill_row(*section.AddSectionDictionary("ROW"), row, ++shown <= most_asked_rows, language);
}

void fill_summary(TemplateDictionary& values, const service::PeopleSummary& summary, Language language) {
  auto& section = *values.AddSectionDictionary("DONE");
  add_count(section, summary.added, tr(language, "entered"));
  add_count(section, summary.updated, tr(language, "changed"));
  add_count(section, summary.linked, tr(language, "rows of plans now know their person"));
  add_count(section, static_cast<int>(summary.warnings.size()), tr(language, "left out"));
}

}  // namespace

std::optional<ImportProblem> problem_of_import(const Error& error) {
  switch (error.code) {
    case Errc::invalid_input:
      return ImportProblem::no_table;
    case Errc::limit_exceeded:
      return ImportProblem::too_many;
    case Errc::unsupported_format:
      return ImportProblem::unreadable;
    default:
      return std::nullopt;
  }
}

std::string import_problem_text(ImportProblem problem, std::size_t most, Language language) {
  switch (problem) {
    case ImportProblem::no_file:
      return tr(language, "Choose a file first.");
    case ImportProblem::no_table:
      return tr(language,
                "There is no table of people in this file. Its first row must say what stands in the "
                "columns: name, e-mail, post, organisation.");
    case ImportProblem::too_many:
      return tr(language, "The table is too long: at most {most} people at once.",
                {{"most", std::to_string(most)}});
    case ImportProblem::unreadable:
      break;
  }
  return tr(language, "This file cannot be read. Save it as XLSX or CSV and try again.");
}

std::string decision_field(int line) {
  return "row-" + std::to_string(line);
}

std::string render_directory_import(const Frame& frame, const DirectoryImportView& view) {
  const Language language = frame.language;
  TemplateDictionary values("directory_import");
  fill_below_directory(values, frame, tr(language, "Bring people in"), DirectoryState());
  values["CSRF"] = frame.csrf;
  if (view.problem) show_text(values, "WARNING", import_problem_text(*view.problem, service::most_imported_people, language));
  if (view.summary) fill_summary(values, *view.summary, language);
  if (view.preview)
    fill_preview(values, *view.preview, frame);
  else
    (*values.AddSectionDictionary("CHOOSE"))["CSRF"] = frame.csrf;
  return render_template("manage_people_import.html", language, values);
}

}  // namespace convoke::web
