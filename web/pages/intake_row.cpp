#include "web/pages/intake_row.hpp"

#include "base/text.hpp"
#include "model/person.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/links.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {

using ctemplate::TemplateDictionary;
using service::Certainty;
using service::DraftRow;
using service::NameMatch;
using service::RowField;

namespace {

// A mark in words beside a field that is not certain.
void fill_certainty(TemplateDictionary& values, Certainty certainty, Language language) {
  values["CERTAINTY"] = std::string(name_of(certainty));
  if (certainty != Certainty::certain) show_text(values, "MARK", certainty_text(certainty, language));
}

// The row as its form has it when nobody has touched it.
service::RowEntry entry_of(const Event& event) {
  service::RowEntry entry;
  entry.section = event.section;
  entry.number = event.number;
  entry.title = event.title;
  entry.period = event.period.source_text;
  entry.responsible = event.responsible_text;
  entry.place = event.place;
  entry.note = event.note;
  entry.kind = event.kind;
  return entry;
}

}  // namespace

void fill_intake_warnings(TemplateDictionary& values, const std::vector<std::string>& warnings,
                          Language language) {
  for (const auto& warning : warnings) {
    const auto said = say_warning(warning, language);
    auto& entry = *values.AddSectionDictionary("WARNING");
    entry["TEXT"] = said.text;
    entry["TEXT_LANG"] = said.translated ? std::string(tag_of(language)) : std::string("en");
    entry["CERTAINTY"] = std::string(name_of(service::certainty_of_warning(warning)));
  }
}

IntakeRowFiller::IntakeRowFiller(const IntakeView& view, const Frame& frame) : view_(view), frame_(frame) {
  for (std::size_t i = 0; i < view.desk.names.size(); ++i) places_[view.desk.names[i].key] = i;
}

void IntakeRowFiller::fill(TemplateDictionary& values, const DraftRow& row, bool first) const {
  const Language language = frame_.language;
  const Certainty certainty = row.left_out ? Certainty::certain : row_certainty(row);
  values["KEY"] = std::to_string(row.key);
  values["PLAN_LANG"] = view_.desk.draft.plan.language;
  values["CERTAINTY"] = std::string(name_of(certainty));
  if (certainty == Certainty::doubtful) show_text(values, "ROW_MARK", certainty_text(certainty, language));
  if (row.left_out) values.ShowSection("OUT");
  for (const auto line : split(row.item.raw, '\n'))
    (*values.AddSectionDictionary("RAW"))["LINE"] = std::string(line);
  if (view_.open_row == row.key && !view_.desk.intake.committed)
    fill_form(*values.AddSectionDictionary("FORM"), row, first);
  else
    fill_reading(*values.AddSectionDictionary("READING"), row, certainty);
}

// What stands behind the names counts as well.
Certainty IntakeRowFiller::row_certainty(const DraftRow& row) const {
  for (const auto& who : row.item.event.responsible)
    if (const auto* match = match_of(who.name); match != nullptr && match->is_open())
      return Certainty::doubtful;
  return service::certainty_of(row);
}

const NameMatch* IntakeRowFiller::match_of(const std::string& name) const {
  if (name.empty()) return nullptr;
  const auto found = places_.find(name_key(name));
  return found == places_.end() ? nullptr : &view_.desk.names[found->second];
}

void IntakeRowFiller::fill_people(TemplateDictionary& values, const Event& event) const {
  const Language language = frame_.language;
  for (const auto& who : event.responsible) {
    auto& entry = *values.AddSectionDictionary("WHO");
    const auto* match = match_of(who.name);
    entry["NAME"] = who.name.empty() ? who.post : who.name;
    if (!who.name.empty() && !who.post.empty()) show_text(entry, "POST", who.post);
    if (match == nullptr) {
      if (who.name.empty()) show_text(entry, "STATE", "(" + tr(language, "group") + ")");
      continue;
    }
    if (match->is_open()) {
      auto& question = *entry.AddSectionDictionary("QUESTION");
      question["HREF"] = "#name-" + std::to_string(places_.at(match->key));
      question["TEXT"] = tr(language, match->known.size() > 1 ? "which one?" : "same person?");
    } else if (match->decision && !match->decided.empty()) {
      show_text(entry, "STATE", "→ " + match->decided);
    } else if (match->known.empty() || match->decision) {
      show_text(entry, "STATE", "(" + tr(language, "new") + ")");
    }
  }
}

void IntakeRowFiller::fill_fields(TemplateDictionary& values, const DraftRow& row) const {
  const Language language = frame_.language;
  const Event& event = row.item.event;
  values["PLAN_LANG"] = view_.desk.draft.plan.language;
  values["NUMBER"] = event.number;
  values["TITLE"] = event.title;
  if (event.title.empty()) values.ShowSection("UNTITLED");
  auto& when = *values.AddSectionDictionary("PERIOD");
  when["TEXT"] = period_words(event.period, language);
  fill_certainty(when, service::certainty_of(row, RowField::period), language);
  auto& kind = *values.AddSectionDictionary("KIND");
  kind["TEXT"] = capitalise(calendar::kind_label(event.kind, language));
  kind["NAME"] = std::string(name_of(event.kind));
  fill_certainty(kind, service::certainty_of(row, RowField::kind), language);
  if (!event.responsible.empty()) {
    auto& people = *values.AddSectionDictionary("PEOPLE");
    fill_certainty(people, service::certainty_of(row, RowField::responsible), language);
    fill_people(people, event);
  }
  show_text(values, "PLACE", event.place);
  show_text(values, "NOTE", event.note);
  if (!event.agenda.empty()) {
    auto& agenda = *values.AddSectionDictionary("AGENDA");
    for (const auto& point : event.agenda) (*agenda.AddSectionDictionary("POINT"))["TEXT"] = point;
  }
}

void IntakeRowFiller::fill_reading(TemplateDictionary& values, const DraftRow& row,
                                   Certainty certainty) const {
  fill_fields(values, row);
  if (row.remembered != 0) values.ShowSection("REMEMBERED");
  if (!row.left_out) fill_intake_warnings(values, row.item.warnings, frame_.language);
  if (view_.desk.intake.committed) return;
  auto& steps = *values.AddSectionDictionary("STEPS");
  auto edit = intake_path(view_.desk.intake.id, view_.only_doubtful, view_.page, 0);
  steps["EDIT"] = with_query(edit, "row", std::to_string(row.key)) + "#row-" + std::to_string(row.key);
  fill_action(steps, row);
  if (row.left_out)
    steps.ShowSection("TAKE_BACK");
  else if (certainty != Certainty::certain && service::certainty_of(row) != Certainty::certain)
    steps.ShowSection("CONFIRM");
}

void IntakeRowFiller::fill_action(TemplateDictionary& values, const DraftRow& row) const {
  values["ACTION"] = intake_path(view_.desk.intake.id) + "/rows/" + std::to_string(row.key);
  values["CSRF"] = frame_.csrf;
  values["ONLY"] = view_.only_doubtful ? "doubtful" : "";
  values["PAGE"] = std::to_string(view_.page + 1);
}

void IntakeRowFiller::fill_texts(TemplateDictionary& form, const service::RowEntry& entry) const {
  form["SECTION"] = entry.section;
  form["NUMBER"] = entry.number;
  form["TITLE"] = entry.title;
  form["PERIOD"] = entry.period;
  form["RESPONSIBLE"] = entry.responsible;
  form["PLACE"] = entry.place;
  form["NOTE"] = entry.note;
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (kind == EventKind::goal) continue;
    auto& choice = *form.AddSectionDictionary("KIND");
    choice["VALUE"] = std::string(name_of(kind));
    choice["LABEL"] = capitalise(calendar::kind_label(kind, frame_.language));
    if (kind == entry.kind) choice.ShowSection("CHOSEN");
  }
}

void IntakeRowFiller::fill_form(TemplateDictionary& form, const DraftRow& row, bool first) const {
  const Event& event = row.item.event;
  fill_action(form, row);
  form["KEY"] = std::to_string(row.key);
  form["PLAN_LANG"] = view_.desk.draft.plan.language;
  fill_texts(form, view_.entered ? *view_.entered : entry_of(event));
  form["UNDERSTOOD"] = period_words(event.period, frame_.language);
  form["LIVE"] = live_period_path(view_.desk.draft.plan);
  form["BACK"] = intake_path(view_.desk.intake.id, view_.only_doubtful, view_.page, row.key);
  if (!first) form.ShowSection("ABOVE");
  if (!view_.problem.empty() && view_.open_name.empty()) show_text(form, "PROBLEM", view_.problem);
  fill_intake_warnings(form, row.item.warnings, frame_.language);
}

}  // namespace convoke::web
