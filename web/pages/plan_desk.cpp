#include "web/pages/plan_desk.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/plan_diff.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/clashes_page.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_head.hpp"
#include "web/pages/plan_page.hpp"
#include "web/pages/plan_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <map>
#include <set>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::RowFields;
using Marks = std::map<EventId, service::RowMark>;

template<class Tag>
std::string number_of(Id<Tag> id) {
  return std::to_string(id.value);
}

void fill_shows(TemplateDictionary& values, const PlanDeskView& view, Language language) {
  using Show = PlanFilter::Show;
  const auto add = [&](Show show, const char* name, const std::string& label) {
    auto& option = *values.AddSectionDictionary("SHOW");
    option["VALUE"] = name;
    option["LABEL"] = label;
    if (view.filter.show == show) option.ShowSection("CHOSEN");
  };
  add(Show::all, "", tr(language, "all rows"));
  add(Show::undated, "undated", tr(language, "without a day"));
  add(Show::overdue, "overdue", tr(language, "overdue rows"));
  if (view.me) add(Show::mine, "mine", tr(language, "what I am responsible for"));
  if (view.table.version) add(Show::changed, "changed", tr(language, "changed since the approval"));
}

void fill_people(TemplateDictionary& values, const PlanDeskView& view) {
  const auto language = view.table.plan.language;
  std::vector<std::string> names;
  for (const auto& row : view.table.rows)
    for (const auto& one : row.responsible) names.push_back(one.name.empty() ? one.post : one.name);
  std::sort(names.begin(), names.end(),
            [&](const auto& a, const auto& b) { return compare_in(language, a, b) < 0; });
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const auto& name : names) {
    if (name.empty()) continue;
    auto& option = *values.AddSectionDictionary("PERSON");
    option["VALUE"] = name;
    if (name == view.filter.responsible) option.ShowSection("CHOSEN");
  }
}

std::string problem_text(const service::RowProblem& problem, Language language) {
  const auto field = field_label(problem.field, language);
  switch (problem.fault) {
    case service::RowFault::missing:
      return tr(language, "A row needs a title: what is done?");
    case service::RowFault::too_long:
      return tr(language, "Too long: {field}. Shorten it.", {{"field", field}});
    case service::RowFault::not_text:
    case service::RowFault::unread:
    case service::RowFault::none:
      break;
  }
  return tr(language, "This is not text that can be kept: {field}.", {{"field", field}});
}

// The form of a row, open or new.
void fill_form(TemplateDictionary& values, const PlanDeskView& view, const RowForm& form,
               const std::string& back, Language language) {
  const auto base = plan_desk_path(view.table.plan.id);
  values["ACTION"] = form.row ? base + "/rows/" + number_of(form.row) : base + "/rows";
  values["STAMP"] = form.stamp;
  values["BEHIND"] = form.behind ? number_of(form.behind) : std::string();
  auto reading = with_query(live_period_path(view.table.plan), "plan", number_of(view.table.plan.id));
  if (form.row) reading = with_query(reading, "row", number_of(form.row));
  values["READING_HREF"] = reading;
  fill_clash_lines(values, form.clashes, language);
  if (!form.free.empty()) {
    auto& free = *values.AddSectionDictionary("FREE");
    fill_free_days(free, form.free, language);
    auto& outside = *values.AddSectionDictionary("FREE_FORM");
    outside["DATE_ACTION"] = "/manage/events/" + number_of(form.row) + "/date";
    outside["NEXT"] = with_query(with_query(back, "done", "saved"), "saved", number_of(form.row));
  }
  values["READ"] = form.reading ? form.values.period : form.was.period;
  for (const auto& cell : row_cells()) {
    if (form.row) {
      auto& was = *values.AddSectionDictionary("WAS");
      was["NAME"] = cell.name;
      was["VALUE"] = form.was.*cell.field;
    }
    values[cell.place] = form.values.*cell.field;
  }
  if (form.row) {
    auto& was = *values.AddSectionDictionary("WAS");
    was["NAME"] = "kind";
    was["VALUE"] = form.was.kind ? std::string(name_of(*form.was.kind)) : std::string();
  }
  fill_kind_choices(values, "KIND", form.values.kind, language);
  std::set<std::string> known;
  for (const auto& row : view.table.rows)
    if (!row.section.empty() && known.insert(row.section).second)
      (*values.AddSectionDictionary("SECTION_NAME"))["VALUE"] = row.section;
  if (form.gone) values.ShowSection("GONE");
  if (form.problem) show_text(values, "PROBLEM", problem_text(*form.problem, language));
  if (form.reading) {
    values["READING"] = reading_text(*form.reading, language);
    if (form.reading->period.precision == Precision::none) values.ShowSection("UNREAD");
  } else {
    values["READING"] = tr(language, "As you would write it: “14.11.2024 10:00”, “November”, “quarterly”.");
  }
  const bool asks = form.reading.has_value() && !form.problem;
  values["SAVE"] = asks ? tr(language, "Save it so") : tr(language, "Save");
  values["CANCEL"] = form.row ? back + "#row-" + number_of(form.row) : back;
  if (!form.problem || form.problem->field == "title") values.ShowSection("FOCUS");
}

void fill_shown(TemplateDictionary& row, const Event& event, const PlanDeskView& view,
                const std::map<EventId, service::RowMark>& marks, const std::string& back,
                Language language) {
  const auto& plan = view.table.plan;
  const auto id = number_of(event.id);
  const auto base = plan_desk_path(plan.id) + "/rows/" + id;
  const auto short_title = ellipsize(event.title, 60);
  row["ID"] = id;
  row["NUMBER"] = event.number;
  row["HREF"] = event_path(event.id);
  row["TITLE"] = event.title;
  row["KIND_NAME"] = std::string(name_of(event.kind));
  row["KIND"] = std::string(calendar::kind_label(event.kind, language));
  fill_status(row, event, language);
  const auto mark = marks.find(event.id);
  if (mark != marks.end())
    show_text(row, "MARK",
              mark->second == service::RowMark::added ? tr(language, "new since the approval")
                                                      : tr(language, "changed since the approval"));
  if (view.clashing.contains(event.id))
    (*row.AddSectionDictionary("CLASHING"))["HREF"] = plan_clashes_path(plan.id);
  const auto cells = service::row_fields(event, plan.language);
  show_text(row, "AS_WRITTEN", cells.period);
  if (!event.period.source_text.empty() && service::was_fixed_later(event, plan))
    (*row.AddSectionDictionary("FIXED"))["WHEN"] = when_text(event.period, language);
  row["WHO"] = cells.responsible;
  show_text(row, "PLACE", event.place);
  show_text(row, "NOTE", event.note);
  row["CHOOSE_LABEL"] = tr(language, "Choose: {title}", {{"title", short_title}});
  row["EDIT_LABEL"] = tr(language, "Edit: {title}", {{"title", short_title}});
  row["MORE_LABEL"] = tr(language, "More for: {title}", {{"title", short_title}});
  row["EDIT"] = with_query(back, "edit", id) + "#row-" + id;
  row["BELOW"] = with_query(back, "add", id) + "#row-form";
  row["REMOVE"] = with_query(back, "remove", id) + "#row-" + id;
  row["UP"] = base + "/move?where=up";
  row["DOWN"] = base + "/move?where=down";
}

void fill_row(TemplateDictionary& row, const Event& event, const PlanDeskView& view,
              const std::map<EventId, service::RowMark>& marks, const std::string& back, Language language) {
  if (view.form && view.form->row == event.id) {
    auto& open = *row.AddSectionDictionary("OPENED");
    open["ID"] = number_of(event.id);
    return fill_form(open, view, *view.form, back, language);
  }
  if (view.removing == event.id) {
    auto& asked = *row.AddSectionDictionary("REMOVING");
    asked["ID"] = number_of(event.id);
    asked["TITLE"] = event.title;
    asked["STAMP"] = service::row_stamp(event);
    asked["ACTION"] = plan_desk_path(view.table.plan.id) + "/rows/" + number_of(event.id) + "/remove";
    asked["KEEP"] = back + "#row-" + number_of(event.id);
    return;
  }
  fill_shown(*row.AddSectionDictionary("SHOWN"), event, view, marks, back, language);
}

// A new row behind one that is there stands right below it.
bool stands_below(const PlanDeskView& view, const Event& event) {
  return view.form && !view.form->row && view.form->behind == event.id;
}

void fill_caption(TemplateDictionary& section, const Event& first, const PlanDeskView& view,
                  const std::string& back, Language language) {
  if (first.section.empty()) return;
  auto& caption = *section.AddSectionDictionary("CAPTION");
  caption["CAPTION_TEXT"] = first.section;
  if (view.renaming == first.id) {
    auto& form = *caption.AddSectionDictionary("RENAMING");
    form["ACTION"] = plan_desk_path(view.table.plan.id) + "/sections/" + number_of(first.id);
    return;
  }
  auto& named = *caption.AddSectionDictionary("NAMED");
  const auto own = plan_desk_path(view.table.plan.id) + "/sections/" + number_of(first.id) + "/move?where=";
  named["SECTION_UP"] = own + "up";
  named["SECTION_DOWN"] = own + "down";
  named["UP_LABEL"] = tr(language, "Move up: {title}", {{"title", ellipsize(first.section, 60)}});
  named["DOWN_LABEL"] = tr(language, "Move down: {title}", {{"title", ellipsize(first.section, 60)}});
  named["RENAME"] = with_query(back, "section", number_of(first.id)) + "#row-" + number_of(first.id);
  named["RENAME_LABEL"] = tr(language, "Rename the section {name}", {{"name", ellipsize(first.section, 60)}});
}

void fill_table(TemplateDictionary& values, const PlanDeskView& view, const std::vector<const Event*>& rows,
                const Marks& marks, const std::string& back, Language language) {
  auto& table = *values.AddSectionDictionary("TABLE");
  const std::size_t first = (view.filter.page - 1) * plan_rows_a_page;
  TemplateDictionary* section = nullptr;
  const std::string* caption = nullptr;
  for (std::size_t i = first; i < std::min(rows.size(), first + plan_rows_a_page); ++i) {
    const Event& event = *rows[i];
    if (section == nullptr || *caption != event.section) {
      section = table.AddSectionDictionary("SECTION");
      fill_caption(*section, event, view, back, language);
      caption = &event.section;
    }
    fill_row(*section->AddSectionDictionary("ROW"), event, view, marks, back, language);
    if (!stands_below(view, event)) continue;
    auto& below = *section->AddSectionDictionary("ROW")->AddSectionDictionary("OPENED");
    below["ID"] = "new";
    fill_form(below, view, *view.form, back, language);
  }
}

void fill_pages(TemplateDictionary& values, const PlanDeskView& view, std::size_t rows, Language language) {
  if (rows <= plan_rows_a_page) return;
  auto& pages = *values.AddSectionDictionary("PAGES");
  PlanFilter other = view.filter;
  const std::size_t first = (view.filter.page - 1) * plan_rows_a_page + 1;
  const std::size_t last = std::min(rows, first + plan_rows_a_page - 1);
  pages["WHICH"] =
      tr(language, "rows {first}–{last} of {all}",
         {{"first", std::to_string(first)}, {"last", std::to_string(last)}, {"all", std::to_string(rows)}});
  if (view.filter.page > 1) {
    other.page = view.filter.page - 1;
    (*pages.AddSectionDictionary("EARLIER"))["HREF"] = plan_desk_path(view.table.plan.id, other);
  }
  if (last < rows) {
    other.page = view.filter.page + 1;
    (*pages.AddSectionDictionary("LATER"))["HREF"] = plan_desk_path(view.table.plan.id, other);
  }
}

void fill_head(TemplateDictionary& values, const PlanDeskView& view, const Marks& marks,
               const std::string& back, Language language) {
  const auto& plan = view.table.plan;
  const auto here = plan_desk_path(plan.id);
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title;
  values["STATE"] = state_text(plan, language);
  values["STATE_NAME"] = state_chip(plan);
  long open = 0;
  for (const auto& row : view.table.rows) open += awaits_day(row) ? 1 : 0;
  const auto all = static_cast<long>(view.table.rows.size());
  values["ROWS"] = trn(language, "{n} row", "{n} rows", all);
  if (open > 0) show_text(values, "OPEN", open_days_text(language, open, all));
  if (!marks.empty()) {
    auto& changed = *values.AddSectionDictionary("CHANGED");
    changed["HREF"] = with_query(here, "show", "changed");
    changed["CHANGED_TEXT"] = trn(language, "{n} row changed since the approval",
                                  "{n} rows changed since the approval", static_cast<long>(marks.size()));
  }
  values["HEADING"] = here + "/heading";
  if (view.clashes > 0) {
    auto& clashes = *values.AddSectionDictionary("CLASHES");
    clashes["HREF"] = plan_clashes_path(plan.id);
    clashes["CLASHES_TEXT"] = trn(language, "{n} clash", "{n} clashes", static_cast<long>(view.clashes));
  }
  if (!view.against.empty())
    fill_clash_lines(*values.AddSectionDictionary("AGAINST"), view.against, language);
  values["ADD"] = with_query(back, "add", "end") + "#new";
  values["PUBLIC"] = plan_path(plan.id);
  values["HISTORY"] = here + "/history";
  values["APPROVALS"] = here + "/approvals";
  fill_formats(values, plan.id);
  values["HERE"] = here;
  values["BULK"] = here + "/bulk";
  if (!view.message.empty()) {
    auto& message = *values.AddSectionDictionary("MESSAGE");
    message["MESSAGE_TEXT"] = view.message;
    message["ROLE"] = view.bad ? "alert" : "status";
    if (view.bad) message.ShowSection("BAD");
  }
  if (const auto& last = view.table.last_edit) {
    auto& line = *values.AddSectionDictionary("LAST");
    line["ACTION"] = here + "/undo";
    line["EDIT"] = std::to_string(last->id.value);
    line["WHEN"] = moment_line(last->at, view.zone, language);
    line["WHO"] = last->name;
    line["WHAT"] = edit_text(*last, language);
  }
}

void fill_bulk(TemplateDictionary& values, const PlanDeskView& view, std::size_t rows, Language language) {
  auto& bar = *values.AddSectionDictionary("BULK_BAR");
  if (rows > plan_rows_a_page || view.filter.any()) {
    auto& all = *bar.AddSectionDictionary("ALL");
    all["ALL_LABEL"] = trn(language, "All {n} row shown by this choice", "All {n} rows shown by this choice",
                           static_cast<long>(rows));
  }
  fill_kind_choices(bar, "BULK_KIND", {}, language);
}

}  // namespace

std::string render_plan_desk(const PlanDeskView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan desk");
  fill_manage_frame(values, frame, view.table.plan.title, Desk::plans);
  const auto back = plan_desk_path(view.table.plan.id, view.filter);
  values["CSRF"] = frame.csrf;
  values["BACK"] = back;
  values["SCRIPT"] = asset_address("plan.js");
  const auto marks = service::changed_rows(view.table);
  fill_head(values, view, marks, back, language);
  fill_shows(values, view, language);
  fill_kind_choices(values, "FILTER_KIND", view.filter.kind, language);
  fill_people(values, view);
  if (view.filter.any()) (*values.AddSectionDictionary("RESET"))["HREF"] = plan_desk_path(view.table.plan.id);
  const auto rows = chosen_rows(view.table, view.filter, view.me, view.today);
  if (!rows.empty()) fill_table(values, view, rows, marks, back, language);
  if (rows.empty() && !view.table.rows.empty()) values.ShowSection("NONE");
  if (view.table.rows.empty()) values.ShowSection("EMPTY");
  fill_pages(values, view, rows.size(), language);
  if (!rows.empty()) fill_bulk(values, view, rows.size(), language);
  if (view.form && !view.form->row && !view.form->behind)
    fill_form(*values.AddSectionDictionary("NEW"), view, *view.form, back, language);
  return render_template("manage_plan.html", language, values);
}

std::string render_plan_list(const service::Snapshot& snapshot, const NewPlanForm& form, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("plan list");
  fill_manage_frame(values, frame, tr(language, "Plans"), Desk::plans);
  PlansByYear years(values);
  for (const auto& plan : snapshot.plans) {
    if (frame.who && !service::reaches(*frame.who, plan->organisation)) continue;
    auto& entry = years.add(*plan, plan_desk_path(plan->id));
    entry["STATE"] = state_text(*plan, language);
    entry["STATE_NAME"] = state_chip(*plan);
    const auto rows = snapshot.events_of(plan->id);
    const auto open =
        std::count_if(rows.begin(), rows.end(), [](const Event* one) { return awaits_day(*one); });
    entry["ROWS"] = trn(language, "{n} row", "{n} rows", static_cast<long>(rows.size()));
    if (open > 0)
      show_text(entry, "OPEN",
                open_days_text(language, static_cast<long>(open), static_cast<long>(rows.size())));
  }
  if (years.empty()) values.ShowSection("EMPTY");
  fill_new_plan(values, snapshot, form, frame);
  return render_template("manage_plans.html", language, values);
}

}  // namespace convoke::web
