#include "web/pages/unreachable_page.hpp"

#include "web/pages/directory_parts.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::Unreached;
using service::UnreachableRow;

void fill_events(TemplateDictionary& values, const UnreachableRow& row, Language language) {
  std::size_t shown = 0;
  for (const auto& event : row.events) {
    if (++shown > most_events_shown) break;
    auto& line = *values.AddSectionDictionary("EVENT");
    line["EVENT_HREF"] = event_path(event.id);
    line["TITLE"] = event.title;
    if (event.last)
      show_text(line, "UNTIL", tr(language, "until {date}", {{"date", date_text(*event.last, language)}}));
  }
  if (row.events.size() > most_events_shown)
    show_text(values, "MORE",
              trn(language, "and {n} more", "and {n} more",
                  static_cast<long>(row.events.size() - most_events_shown)));
}

void fill_form(TemplateDictionary& values, const UnreachableRow& row, const UnreachableView& view,
               const Frame& frame, std::size_t number) {
  const bool again = view.problem && view.entered.key == row.key;
  auto& form = *values.AddSectionDictionary("FORM");
  form["CSRF"] = frame.csrf;
  form["KEY"] = row.key;
  form["ORGANISATION"] = std::to_string(row.organisation.value);
  form["OFFICE"] = row.name;
  form["NUMBER"] = std::to_string(number);
  form["EMAIL"] = again ? view.entered.email : row.person.email;
  if (row.why != Unreached::unknown_office && row.why != Unreached::vacant) return;
  auto& name = *form.AddSectionDictionary("ASK_NAME");
  if (again) name["ENTERED_NAME"] = view.entered.name;
  (*form.AddSectionDictionary("GROUP"))["GROUP_HREF"] =
      with_query(with_query("/manage/directory/offices", "kind", "group"), "name", row.name) + "#new";
}

void add_link(TemplateDictionary& values, const std::string& href, const std::string& text) {
  auto& link = *values.AddSectionDictionary("LINK");
  link["LINK_HREF"] = href;
  link["LINK_TEXT"] = text;
}

void fill_row(TemplateDictionary& values, const UnreachableRow& row, const UnreachableView& view,
              const Frame& frame, std::size_t number) {
  const Language language = frame.language;
  auto& name = *values.AddSectionDictionary(row.person.id ? "PERSON" : "PLAIN");
  if (row.person.id) name["HREF"] = person_path(row.person.id);
  name["NAME"] = row.key == service::chair_key ? tr(language, "The chair") : row.name;
  values["WHY"] = reason_text(row.why, row.person.email, language);
  if (row.others_reached) values.ShowSection("OTHERS");
  fill_events(values, row, language);
  switch (row.why) {
    case Unreached::namesakes:
      add_link(values, with_query("/manage/directory", "q", row.name), tr(language, "Tell them apart"));
      break;
    case Unreached::no_controller:
      add_link(values, with_query("/manage/directory/offices", "duty", "chair") + "#new",
               tr(language, "Enter the chair"));
      break;
    default:
      fill_form(values, row, view, frame, number);
  }
}

}  // namespace

std::string render_unreachable(const Frame& frame, const UnreachableView& view) {
  const Language language = frame.language;
  TemplateDictionary values("unreachable");
  fill_manage_frame(values, frame, tr(language, "Out of reach"), Desk::unreachable);
  if (view.saved && !view.problem) values.ShowSection("SAVED");
  if (view.problem) show_text(values, "PROBLEM", problem_text(*view.problem, language));
  if (view.rows.empty()) values.ShowSection("NONE");
  const auto at = page_of(view.rows.size(), view.page, unreachable_page_size);
  if (at.pages > 1)
    show_text(values, "COUNT",
              trn(language, "{n} person", "{n} people", static_cast<long>(view.rows.size())));
  for (std::size_t i = at.begin; i < at.end; ++i)
    fill_row(*values.AddSectionDictionary("ROW"), view.rows[i], view, frame, i + 1);
  fill_pager(values, at, "/manage/unreachable", language);
  return render_template("manage_unreachable.html", language, values);
}

}  // namespace convoke::web
