#include "web/pages/registration_list_page.hpp"

#include "model/registration_file.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::ListedFate;

struct FateWords {
  ListedFate fate = ListedFate::registered;
  const char* before;  // of the preview
  const char* after;
  const char* look;
};

// What needs a look stands first.
constexpr std::array<FateWords, 6> fates = {{
    {ListedFate::wrong, "cannot be used", "left out", "chip chip-cancelled"},
    {ListedFate::no_room, "no place is left", "left out: no place", "chip chip-cancelled"},
    {ListedFate::twice, "stands in the table twice", "left out: twice", "chip chip-cancelled"},
    {ListedFate::known, "is registered already", "was registered already", "chip"},
    {ListedFate::waiting, "goes to the waiting list", "in the waiting list", "chip chip-open"},
    {ListedFate::registered, "gets a place", "registered", "chip chip-held"},
}};

void fill_rows(TemplateDictionary& section, const RegistrationListView& view, const Frame& frame) {
  const Language language = frame.language;
  for (const auto& fate : fates) {
    const auto word = tr(language, view.committed ? fate.after : fate.before);
    const auto count = std::ranges::count(view.list->people, fate.fate, &service::ListedPerson::fate);
    if (count == 0) continue;
    auto& figure = *section.AddSectionDictionary("COUNT");
    figure["NUMBER"] = std::to_string(count);
    figure["LABEL"] = word;
    for (const auto& person : view.list->people) {
      if (person.fate != fate.fate) continue;
      auto& row = *section.AddSectionDictionary("ROW");
      row["LINE"] = std::to_string(person.line);
      row["NAME"] = person.name;
      row["EMAIL"] = person.email;
      row["INSTITUTION"] = person.institution;
      row["FATE"] = word;
      row["LOOK"] = fate.look;
      if (person.problem)
        show_text(row, "WHY", problem_text(*person.problem, "", *view.desk->form, language));
    }
  }
}

}  // namespace

std::string render_registration_list(const RegistrationListView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto& event = view.desk->event;
  TemplateDictionary values("registration_list");
  fill_manage_frame(values, frame, tr(language, "Register a list") + ": " + event.title, Desk::plans);
  values["TITLE"] = event.title;
  values["DESK_HREF"] = registration_desk_path(event.id);
  values["ACTION"] = registration_desk_path(event.id) + "/list";
  values["CSRF"] = frame.csrf;
  if (view.problem)
    show_text(values, "WARNING", import_problem_text(*view.problem, service::most_listed_people, language));
  if (asks_for_files(*view.desk->form)) values.ShowSection("NO_FILES");
  if (!view.list) {
    auto& choose = *values.AddSectionDictionary("CHOOSE");
    for (const auto format : all_attendance_formats) {
      if (!view.desk->form->of(format).offered) continue;
      auto& one = *choose.AddSectionDictionary("FORMAT");
      one["VALUE"] = std::string(name_of(format));
      one["TEXT"] = format_text(format, language);
    }
    return render_template("manage_registration_list.html", language, values);
  }
  if (view.committed) values.ShowSection("DONE");
  auto& section = *values.AddSectionDictionary("ROWS");
  if (!view.committed) {
    auto& commit = *section.AddSectionDictionary("COMMIT");
    commit["TABLE"] = view.list->table;
    commit["FORMAT"] = std::string(name_of(view.list->format));
  }
  fill_rows(section, view, frame);
  return render_template("manage_registration_list.html", language, values);
}

}  // namespace convoke::web
