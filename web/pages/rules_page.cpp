#include "web/pages/rules_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

// In the order of Applies.
constexpr std::array<const char*, applies_count> class_names = {
    "Happenings with a day", "Work with a deadline",         "Periods without a day",
    "Every month",           "Every quarter or more rarely", "All year",
};
// In the order of RuleUnit's values below.
struct Choice {
  const char* value;
  const char* label;
};
constexpr Choice units[] = {{"before", "days before"},
                            {"after", "days after"},
                            {"work_before", "working days before"},
                            {"work_after", "working days after"}};
constexpr Choice anchors[] = {{"start", "the first day"}, {"middle", "the middle"}, {"end", "the last day"}};
constexpr Choice reasons[] = {{"upcoming", "It is near"},
                              {"deadline", "It is due soon"},
                              {"fix_date", "Name the day"},
                              {"check_in", "How does it go?"},
                              {"overdue", "It was due"}};
constexpr Choice tells[] = {{"responsible", "those responsible"},
                            {"section_head", "the head of the section"},
                            {"chair", "the chair"}};
constexpr Choice countries[] = {
    {"", "by the time zone"}, {"UA", "Ukraine"}, {"BY", "Belarus"}, {"RU", "Russia"}};

template<class Choices>
void fill_choices(TemplateDictionary& values, const char* section, const Choices& choices,
                  std::string_view chosen, Language language) {
  for (const auto& choice : choices) {
    auto& option = *values.AddSectionDictionary(section);
    option["VALUE"] = choice.value;
    option["LABEL"] = tr(language, choice.label);
    if (choice.value == chosen) option.ShowSection("CHOSEN");
  }
}

std::string_view label_of(std::string_view value, Language language, std::string& kept) {
  for (const auto& choice : reasons)
    if (choice.value == value) kept = tr(language, choice.label);
  return kept;
}

std::string unit_of(const ReminderRule& rule) {
  return std::string(rule.working_days ? "work_" : "") + (rule.offset > 0 ? "after" : "before");
}

void fill_rule(TemplateDictionary& values, const ReminderRule& rule, std::size_t number, Language language) {
  values["N"] = std::to_string(number);
  values["ORDINAL"] = std::to_string(number + 1);
  values["ID"] = rule.id;
  values["COUNT"] = std::to_string(std::abs(rule.offset));
  values["AT"] = format_iso(rule.at);
  fill_choices(values, "UNIT", units, unit_of(rule), language);
  fill_choices(values, "ANCHOR", anchors, name_of(rule.anchor), language);
  fill_choices(values, "REASON", reasons, name_of(rule.reason), language);
  fill_choices(values, "TELLS", tells, name_of(rule.tells), language);
}

std::string name_of_organisation(const std::vector<Organisation>& all, OrganisationId id, Language language) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Organisation& one) { return one.id == id; });
  return found == all.end() ? tr(language, "All associations") : found->name;
}

// "Seminar · Association of the Meadow district"
std::string scope_text(const RuleScope& scope, const std::string& name,
                       const std::vector<Organisation>& organisations, Language language) {
  if (scope.event || scope.plan) return name;
  const auto organisation = name_of_organisation(organisations, scope.organisation, language);
  if (!scope.kind) return organisation;
  return capitalise(calendar::kind_label(*scope.kind, language)) + " · " + organisation;
}

void fill_hidden(TemplateDictionary& values, const RuleScope& scope, Applies applies) {
  const auto number = [](std::int64_t id) { return id > 0 ? std::to_string(id) : std::string(); };
  values["ORGANISATION"] = number(scope.organisation.value);
  values["PLAN"] = number(scope.plan.value);
  values["EVENT"] = number(scope.event.value);
  values["KIND"] = scope.kind ? std::string(name_of(*scope.kind)) : std::string();
  values["APPLIES"] = std::string(name_of(applies));
}

void fill_mails(TemplateDictionary& values, const RulesEditView& view, Language language) {
  const auto& desk = view.desk;
  values["REACH"] = trn(language, "In the next 60 days, for {n} event that follows these rules.",
                        "In the next 60 days, for {n} events that follow these rules.", desk.events);
  if (desk.mails.empty()) values.ShowSection("NO_MAILS");
  for (const auto& row : desk.mails) {
    auto& mail = *values.AddSectionDictionary("MAIL");
    const auto civil = to_civil(row.reminder.due, view.zone);
    mail["WHEN"] = weekday_short(civil.date, language) + ", " + date_text(civil.date, language) + ", " +
                   format_iso(std::chrono::duration_cast<TimeOfDay>(civil.time));
    mail["ISO"] = format_iso(row.reminder.due);
    std::string what;
    mail["WHAT"] = std::string(label_of(name_of(row.reminder.reason), language, what));
    mail["TITLE"] = row.event_title;
    mail["HREF"] = "/events/" + std::to_string(row.reminder.key.event.value);
    std::string names;
    for (const auto& name : row.recipients) names += (names.empty() ? "" : ", ") + name;
    show_text(mail, "NAMES", names);
    show_text(mail, "NOBODY", names.empty() ? row.problem : std::string());
  }
  if (desk.more) values.ShowSection("MORE");
}

}  // namespace

std::string rules_path(const RuleScope& scope) {
  std::string path = "/manage/rules/edit?";
  if (scope.event) return path + "event=" + std::to_string(scope.event.value);
  if (scope.plan) return path + "plan=" + std::to_string(scope.plan.value);
  path += "organisation=" + (scope.organisation ? std::to_string(scope.organisation.value) : std::string());
  if (scope.kind) path += "&kind=" + std::string(name_of(*scope.kind));
  return path;
}

std::string render_rules(const RulesListView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("rules");
  fill_manage_frame(values, frame, tr(language, "Rules of reminders"), Desk::rules);
  if (view.sets.empty()) values.ShowSection("NONE");
  for (const auto& set : view.sets) {
    auto& row = *values.AddSectionDictionary("SET");
    std::string name;
    if (const auto plan = view.plans.find(set.scope.plan); plan != view.plans.end()) name = plan->second;
    if (const auto event = view.events.find(set.scope.event); event != view.events.end())
      name = event->second;
    row["NAME"] = scope_text(set.scope, name, view.organisations, language);
    row["HREF"] = rules_path(set.scope);
    row["COUNT"] = trn(language, "{n} rule", "{n} rules", static_cast<long>(set.rules.size()));
  }
  for (const auto& organisation : view.organisations) {
    auto& option = *values.AddSectionDictionary("ORGANISATION");
    option["VALUE"] = std::to_string(organisation.id.value);
    option["LABEL"] = organisation.name;
  }
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (kind == EventKind::goal) continue;
    auto& option = *values.AddSectionDictionary("KIND");
    option["VALUE"] = std::string(name_of(kind));
    option["LABEL"] = capitalise(calendar::kind_label(kind, language));
  }
  return render_template("rules.html", language, values);
}

std::string render_rules_edit(const RulesEditView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = view.desk;
  TemplateDictionary values("rules_edit");
  fill_manage_frame(values, frame, tr(language, "Rules of reminders"), Desk::rules);
  values["SCOPE"] = scope_text(desk.set.scope, desk.scope_name, desk.organisations, language);
  values["CSRF"] = frame.csrf;
  if (view.saved) values.ShowSection("SAVED");
  if (!desk.stored) values.ShowSection("INHERITED");
  if (desk.stored) values.ShowSection("STORED");
  show_text(values, "PROBLEM", view.problem);
  fill_hidden(values, desk.set.scope, view.applies);
  for (std::size_t i = 0; i < applies_count; ++i) {
    auto& tab = *values.AddSectionDictionary("CLASS");
    tab["LABEL"] = tr(language, class_names.at(i));
    tab["HREF"] = rules_path(desk.set.scope) + "&applies=" + std::string(name_of(static_cast<Applies>(i)));
    if (static_cast<Applies>(i) == view.applies) tab.ShowSection("HERE");
  }
  std::size_t number = 0;
  for (const auto& rule : desk.set.rules)
    if (rule.applies_to == view.applies)
      fill_rule(*values.AddSectionDictionary("RULE"), rule, number++, language);
  if (number == 0) values.ShowSection("NO_RULES");
  values["QUIET_FROM"] = format_iso(desk.set.quiet_from);
  values["QUIET_TO"] = format_iso(desk.set.quiet_to);
  if (desk.set.on_days_off) values.ShowSection("ON_DAYS_OFF");
  fill_choices(values, "COUNTRY", countries, desk.set.country, language);
  fill_mails(values, view, language);
  return render_template("rules_edit.html", language, values);
}

}  // namespace convoke::web
