#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/intake_page.hpp"
#include "web/pages/intake_row.hpp"
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
using service::Certainty;
using service::DraftRow;
using service::NameMatch;

bool is_doubtful(const DraftRow& row, const service::IntakeDesk& desk) {
  if (row.left_out) return false;
  if (service::certainty_of(row) == Certainty::doubtful) return true;
  return std::any_of(row.item.event.responsible.begin(), row.item.event.responsible.end(),
                     [&](const auto& who) {
                       const auto* match = who.name.empty() ? nullptr : desk.match(who.name);
                       return match != nullptr && match->is_open();
                     });
}

void fill_rows(TemplateDictionary& values, const IntakeView& view, const Frame& frame) {
  std::vector<const DraftRow*> rows;
  for (const auto& row : view.desk.draft.rows)
    if (!view.only_doubtful || row.key == view.open_row || is_doubtful(row, view.desk)) rows.push_back(&row);
  if (rows.empty()) values.ShowSection("NO_ROWS");
  const IntakeRowFiller filler(view, frame);
  const std::size_t from = std::min(view.page * intake_page_rows, rows.size());
  const std::size_t to = std::min(from + intake_page_rows, rows.size());
  TemplateDictionary* section = nullptr;
  for (std::size_t i = from; i < to; ++i) {
    const auto& caption = rows[i]->item.event.section;
    if (section == nullptr || caption != rows[i - 1]->item.event.section) {
      section = values.AddSectionDictionary("SECTION");
      show_text(*section, "CAPTION", caption);
      (*section)["PLAN_LANG"] = view.desk.draft.plan.language;
    }
    filler.fill(*section->AddSectionDictionary("ROW"), *rows[i], rows[i] == &view.desk.draft.rows.front());
  }
  if (view.page > 0)
    (*values.AddSectionDictionary("BEFORE"))["HREF"] =
        intake_path(view.desk.intake.id, view.only_doubtful, view.page - 1, 0);
  if (to < rows.size())
    (*values.AddSectionDictionary("AFTER"))["HREF"] =
        intake_path(view.desk.intake.id, view.only_doubtful, view.page + 1, 0);
}

void add_choice(TemplateDictionary& values, const std::string& value, const std::string& label, bool chosen) {
  auto& choice = *values.AddSectionDictionary("CHOICE");
  choice["VALUE"] = value;
  choice["LABEL"] = label;
  if (chosen) choice.ShowSection("CHOSEN");
}

std::string state_of(const NameMatch& match, Language language) {
  if (match.decision) {
    if (match.decided.empty()) return tr(language, "will be entered as somebody new");
    return (match.decision->remembered ? tr(language, "as the last time: {name}", {{"name", match.decided}})
                                       : tr(language, "is {name}", {{"name", match.decided}}));
  }
  if (match.known.size() == 1) return tr(language, "is known");
  if (match.known.size() > 1) return tr(language, "several people bear this name");
  if (!match.alike.empty()) return tr(language, "written nearly like another name");
  return tr(language, "will be entered as somebody new");
}

// Values of the choice: "new", "person:Name #12", "same:Name", "open".
void fill_name(TemplateDictionary& entry, const NameMatch& match, std::size_t place, const IntakeView& view,
               const Frame& frame) {
  const Language language = frame.language;
  entry["PLACE"] = std::to_string(place);
  entry["NAME"] = match.name;
  entry["STATE"] = state_of(match, language);
  entry["ROWS"] = trn(language, "{n} row", "{n} rows", match.rows);
  if (!match.spellings.empty()) show_text(entry, "SPELLINGS", join(match.spellings, "; "));
  if (match.is_open()) entry.ShowSection("OPEN");
  if (view.desk.intake.committed) return;
  auto& form = *entry.AddSectionDictionary("FORM");
  form["ACTION"] = intake_path(view.desk.intake.id) + "/names";
  form["CSRF"] = frame.csrf;
  form["KEY"] = match.key;
  form["PLACE"] = std::to_string(place);
  form["ONLY"] = view.only_doubtful ? "doubtful" : "";
  if (view.open_name == match.key && !view.problem.empty()) show_text(form, "PROBLEM", view.problem);
  for (const auto& person : match.known) {
    const std::string label = person.name + (person.post.empty() ? "" : ", " + person.post) +
                              (person.email.empty() ? "" : ", " + person.email);
    add_choice(form, "person:" + person.name + " #" + std::to_string(person.id.value), label,
               match.decision && match.decision->person == person.id);
  }
  for (const auto& alike : match.alike) {
    const std::string value = alike.person
                                  ? "person:" + alike.name + " #" + std::to_string(alike.person.value)
                                  : "same:" + alike.name;
    add_choice(form, value, tr(language, "The same person as {name}", {{"name", alike.name}}), false);
  }
  const bool somebody_new = match.decision && match.decision->what == service::NameDecision::What::enter;
  add_choice(form, "new",
             match.is_open() || !match.known.empty() ? tr(language, "Somebody else, who is new")
                                                     : tr(language, "Somebody new"),
             somebody_new || (!match.decision && match.known.empty() && match.alike.empty()));
  if (match.decision) add_choice(form, "open", tr(language, "As it was found at first"), false);
}

void fill_names(TemplateDictionary& values, const IntakeView& view, const Frame& frame) {
  const auto& names = view.desk.names;
  if (names.empty()) return;
  auto& people = *values.AddSectionDictionary("NAMES");
  const auto open = std::count_if(names.begin(), names.end(), [](const auto& one) { return one.is_open(); });
  if (open > 0)
    show_text(
        people, "QUESTIONS",
        trn(frame.language, "{n} name is not clear", "{n} names are not clear", static_cast<long>(open)));
  if (open > 0 || !view.open_name.empty()) people.ShowSection("UNFOLDED");
  people["COUNT"] = std::to_string(names.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    fill_name(*people.AddSectionDictionary("NAME_ROW"), names[i], i, view, frame);
  for (const auto& person : view.desk.people) {
    auto& option = *people.AddSectionDictionary("PERSON");
    option["VALUE"] = person.name + " #" + std::to_string(person.id.value);
    option["POST"] = person.post;
  }
}

void fill_plan_form(TemplateDictionary& values, const IntakeView& view, const Frame& frame) {
  const Plan& plan = view.desk.draft.plan;
  auto& form = *values.AddSectionDictionary("PLAN_FORM");
  form["ACTION"] = intake_path(view.desk.intake.id) + "/plan";
  form["CSRF"] = frame.csrf;
  form["PLAN_LANG"] = plan.language;
  form["TITLE"] = plan.title;
  form["ZONE"] = view.desk.intake.zone;
  form["YEAR_WORDS"] = year_words(plan.year, frame.language);
  const bool guessed = std::any_of(view.desk.draft.warnings.begin(), view.desk.draft.warnings.end(),
                                   [](const std::string& one) { return one.starts_with("year:"); });
  if (guessed || plan.title.empty()) form.ShowSection("UNFOLDED");
  if (guessed) show_text(form, "MARK", certainty_text(Certainty::guessed, frame.language));
  fill_year_choices(form, year_value(plan.year), view.today, frame.language, false);
  if (!view.desk.of_all && view.desk.organisations.size() < 2) return;
  auto& choice = *form.AddSectionDictionary("ORGANISATIONS");
  fill_organisation_choices(choice, view.desk.organisations, plan.organisation);
  if (!view.desk.of_all) return;
  auto& name = *choice.AddSectionDictionary("NEW_ONE");
  name["NAME"] = plan.organisation_name;
  name["PLAN_LANG"] = plan.language;
  choice.ShowSection("AS_NAMED");
}

void fill_document(TemplateDictionary& values, const Plan& plan, Language language) {
  if (plan.approvals.empty() && plan.preamble.empty()) return;
  auto& section = *values.AddSectionDictionary("DOCUMENT");
  section["PLAN_LANG"] = plan.language;
  for (const auto& approval : plan.approvals) {
    auto& entry = *section.AddSectionDictionary("APPROVAL");
    entry["VERB"] = approval.verb;
    std::vector<std::string> parts = {approval.post, approval.name, approval.act};
    parts.push_back(approval.date ? date_text(*approval.date, language) : tr(language, "awaits signature"));
    std::erase(parts, "");
    entry["TEXT"] = join(parts, " · ");
  }
  for (const auto& item : plan.preamble) {
    auto& entry = *section.AddSectionDictionary("ITEM");
    show_text(entry, "CAPTION", item.caption);
    entry["TEXT"] = item.text;
  }
}

void fill_head(TemplateDictionary& values, const IntakeView& view, const Frame& frame) {
  const auto& desk = view.desk;
  const Language language = frame.language;
  const Plan& plan = desk.draft.plan;
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title.empty() ? tr(language, "A plan without a title") : plan.title;
  const auto chosen = std::find_if(desk.organisations.begin(), desk.organisations.end(),
                                   [&](const Organisation& one) { return one.id == plan.organisation; });
  const std::string name = chosen == desk.organisations.end() ? plan.organisation_name : chosen->name;
  if (!name.empty()) show_text(values, "WHOSE", name);
  values["YEAR_WORDS"] = year_words(plan.year, language);
  values["TOTALS"] = totals_text(desk.totals, language);
  if (!desk.totals.bodies.empty()) show_text(values, "BODIES", join(desk.totals.bodies, "; "));
  if (desk.draft.made_from) values.ShowSection("NEXT_YEAR");
  fill_intake_warnings(*values.AddSectionDictionary("DOCUMENT_WARNINGS"), desk.draft.warnings, language);
  if (desk.intake.committed) {
    (*values.AddSectionDictionary("DONE"))["HREF"] = plan_path(desk.intake.committed);
    return;
  }
  if (desk.known) {
    auto& known = *values.AddSectionDictionary("KNOWN");
    known["HREF"] = plan_path(desk.known->id);
    known["KNOWN_LANG"] = desk.known->language;
    known["TITLE"] = desk.known->title;
  }
}

void fill_tabs(TemplateDictionary& values, const IntakeView& view, Language language) {
  const auto& rows = view.desk.draft.rows;
  const auto doubtful = std::count_if(rows.begin(), rows.end(),
                                      [&](const DraftRow& row) { return is_doubtful(row, view.desk); });
  const auto add = [&](const std::string& label, bool only, long count) {
    auto& tab = *values.AddSectionDictionary("TAB");
    tab["HREF"] = intake_path(view.desk.intake.id, only, 0, 0) + "#rows";
    tab["LABEL"] = label;
    tab["COUNT"] = std::to_string(count);
    if (view.only_doubtful == only) tab.ShowSection("HERE");
  };
  add(tr(language, "All rows"), false, static_cast<long>(rows.size()));
  add(tr(language, "Doubtful ones"), true, static_cast<long>(doubtful));
  if (view.desk.intake.committed) return;
  auto& enter = *values.AddSectionDictionary("ENTER");
  enter["ACTION"] = intake_path(view.desk.intake.id) + "/enter";
  enter["DROP"] = intake_path(view.desk.intake.id) + "/drop";
  enter["LABEL"] =
      trn(language, "Enter the plan: {n} row", "Enter the plan: {n} rows", view.desk.totals.rows);
  if (doubtful > 0)
    show_text(enter, "LEFT",
              trn(language, "{n} row is still doubtful", "{n} rows are still doubtful",
                  static_cast<long>(doubtful)));
}

}  // namespace

std::string render_intake(const IntakeView& view, const Frame& frame) {
  TemplateDictionary values("intake");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "Bring a plan in"), Desk::intake);
  values["CSRF"] = frame.csrf;
  values["SCRIPT"] = asset_address("intake.js");
  if (!view.problem.empty() && view.open_name.empty() && view.open_row == 0)
    show_text(values, "PAGE_PROBLEM", view.problem);
  fill_head(values, view, frame);
  if (!view.desk.intake.committed) fill_plan_form(values, view, frame);
  fill_document(values, view.desk.draft.plan, language);
  fill_names(values, view, frame);
  fill_tabs(values, view, language);
  fill_rows(values, view, frame);
  return render_template("intake_preview.html", language, values);
}

}  // namespace convoke::web
