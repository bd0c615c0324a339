#include "web/pages/control_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "model/programme.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/account_words.hpp"
#include "web/pages/answer_page.hpp"
#include "web/pages/event_details_page.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/field_changes.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::ControlRow;
using service::HistoryStep;

// Answers to one item that its line tells of.
constexpr std::size_t most_answers = 3;

std::string moment_text(Instant at, const std::string& zone, Language language) {
  const auto civil = to_civil(at, zone);
  return date_text(civil.date, language) + ", " +
         format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

// "Явір С.М.: прочитано, 3 листопада 2026"
std::string answer_line(const Answer& answer, const std::string& zone, Language language) {
  std::string line = answer.name.empty() ? answer.who : answer.name;
  line += ": " + answer_text(answer, {}, language) + ", " + date_text(civil_date(answer.at, zone), language);
  const auto decision = decision_text(answer, language);
  if (!decision.empty()) line += " (" + decision + ")";
  return line;
}

// Who has answered what, or how long ago they were asked.
std::string said_text(const ControlRow& row, const ControlView& view, Language language) {
  std::vector<std::string> lines;
  for (const auto& answer : row.answers) {
    if (lines.size() == most_answers) break;
    lines.push_back(answer_line(answer, view.zone, language));
  }
  if (lines.empty() && row.asked)
    return tr(language, "no answer to the mail sent {ago}",
              {{"ago", ago_text(view.now - *row.asked, language)}});
  return join(lines, " · ");
}

void fill_row(TemplateDictionary& values, const ControlRow& row, const ControlView& view, Language language) {
  values["HREF"] = event_path(row.event.id);
  values["TITLE"] = row.event.title;
  values["WHEN"] = when_text(row.event.period, language);
  show_text(values, "WHO", responsible_line(row.event));
  show_text(values, "SAID", said_text(row, view, language));
}

void show_more(TemplateDictionary& section, std::size_t all, Language language) {
  section["COUNT"] = std::to_string(all);
  if (all <= most_control_rows) return;
  const auto rest = static_cast<long>(all - most_control_rows);
  show_text(section, "MORE",
            trn(language, "And {n} more. Choose a plan below to see its own.",
                "And {n} more. Choose a plan below to see its own.", rest));
}

void fill_list(TemplateDictionary& values, const char* anchor, const std::string& heading,
               const std::vector<ControlRow>& rows, const ControlView& view, Language language) {
  if (rows.empty()) return;
  auto& section = *values.AddSectionDictionary("LIST");
  section["ANCHOR"] = anchor;
  section["HEADING"] = heading;
  show_more(section, rows.size(), language);
  for (std::size_t i = 0; i < std::min(rows.size(), most_control_rows); ++i)
    fill_row(*section.AddSectionDictionary("ROW"), rows[i], view, language);
}

void fill_overdue(TemplateDictionary& values, const ControlView& view, const Frame& frame) {
  const auto& rows = view.control.overdue;
  if (rows.empty()) return;
  auto& section = *values.AddSectionDictionary("OVERDUE");
  section["CSRF"] = frame.csrf;
  section["NEXT"] = frame.address;
  show_more(section, rows.size(), frame.language);
  for (std::size_t i = 0; i < std::min(rows.size(), most_control_rows); ++i) {
    auto& row = *section.AddSectionDictionary("ROW");
    fill_row(row, rows[i], view, frame.language);
    row["ITEM"] = std::to_string(rows[i].event.id.value) + "|" + rows[i].occurrence;
    const auto days = (to_days(view.control.today) - to_days(rows[i].due)).count();
    row["LATE"] = trn(frame.language, "{n} day late", "{n} days late", static_cast<long>(days));
  }
}

void fill_question(TemplateDictionary& values, const Answer& answer, const Frame& frame) {
  values["NAME"] = answer.name.empty() ? answer.who : answer.name;
  values["WHAT"] = answer_text(answer, {}, frame.language);
  show_text(values, "NOTE", answer.note);
  values["ACTION"] = "/manage/answers/" + std::to_string(answer.id.value) + "/decision";
  values["CSRF"] = frame.csrf;
  values["NEXT"] = frame.address;
}

void fill_pending(TemplateDictionary& values, const ControlView& view, const Frame& frame) {
  const auto& rows = view.control.pending;
  if (rows.empty()) return;
  auto& section = *values.AddSectionDictionary("PENDING");
  show_more(section, rows.size(), frame.language);
  for (std::size_t i = 0; i < std::min(rows.size(), most_control_rows); ++i) {
    auto& row = *section.AddSectionDictionary("ROW");
    row["HREF"] = event_path(rows[i].event.id);
    row["TITLE"] = rows[i].event.title;
    row["WHEN"] = when_text(rows[i].event.period, frame.language);
    row["AGO"] = ago_text(view.now - rows[i].answer.at, frame.language);
    fill_question(row, rows[i].answer, frame);
  }
}

void add_count(TemplateDictionary& values, const char* anchor, std::size_t number, const std::string& label,
               bool bad = false) {
  auto& count = *values.AddSectionDictionary("COUNT");
  if (bad && number > 0) count.ShowSection("BAD");
  auto& inner = *count.AddSectionDictionary(number > 0 ? "LINKED" : "PLAIN");
  inner["ANCHOR"] = anchor;
  inner["NUMBER"] = std::to_string(number);
  inner["LABEL"] = label;
}

std::string in_time_text(const service::Discipline& discipline, Language language) {
  if (discipline.due == 0) return "–";
  return tr(language, "{done} of {all}",
            {{"done", std::to_string(discipline.in_time)}, {"all", std::to_string(discipline.due)}});
}

void fill_counts(TemplateDictionary& values, const ControlView& view, Language language) {
  const auto& control = view.control;
  if (const auto percent = control.discipline.percent()) {
    auto& section = *values.AddSectionDictionary("DISCIPLINE");
    section["PERCENT"] = std::to_string(*percent) + " %";
    section["OF_ALL"] = tr(language, "done in time: {done} of {all}",
                           {{"done", std::to_string(control.discipline.in_time)},
                            {"all", std::to_string(control.discipline.due)}});
  }
  add_count(values, "pending", control.pending.size(), tr(language, "wait for your decision"));
  add_count(values, "overdue", control.overdue.size(), tr(language, "overdue"), true);
  add_count(values, "coming", control.coming.size(), tr(language, "due within 14 days"));
  add_count(values, "unanswered", control.unanswered.size(), tr(language, "without an answer"));
  add_count(values, "undated", control.undated.size(), tr(language, "without a day"));
}

void fill_plans(TemplateDictionary& values, const service::Control& control, Language language) {
  if (control.plans.empty()) return;
  auto& section = *values.AddSectionDictionary("PLANS");
  for (const auto& plan : control.plans) {
    auto& row = *section.AddSectionDictionary("PLAN");
    row["HREF"] = with_query("/manage", "plan", std::to_string(plan.plan.value));
    row["TITLE"] = plan.plan ? plan.title : tr(language, "Events of no plan");
    row["IN_TIME"] = in_time_text(plan.discipline, language);
    row["LATE"] = std::to_string(plan.overdue);
    row["SOON"] = std::to_string(plan.coming);
    row["UNDATED"] = std::to_string(plan.undated);
    row["WAITING"] = std::to_string(plan.pending);
  }
}

std::string chosen_title(const ControlView& view, Language language) {
  if (!view.plan) return {};
  for (const auto& plan : view.control.plans)
    if (plan.plan == *view.plan && plan.plan) return plan.title;
  return tr(language, "Events of no plan");
}

std::string who_text(const std::string& who, Language language) {
  if (who.starts_with("token:"))
    return tr(language, "a program with the key {number}", {{"number", who.substr(6)}});
  if (who == "cli") return tr(language, "the command line");
  if (who == "link") return tr(language, "a link in a mail");
  return who == "system" ? "Convoke" : who;
}

std::string step_text(const HistoryStep& step, Language language) {
  switch (step.what) {
    case HistoryStep::What::entered:
      return tr(language, "entered");
    case HistoryStep::What::answered:
      return answer_text(step.answer, step.to, language);
    case HistoryStep::What::decided:
      return decision_text(step.answer, language) + " (" + step.answer.name + ": " +
             answer_text(step.answer, step.to, language) + ")";
    case HistoryStep::What::changed:
      break;
  }
  return tr(language, "changed");
}

// What came of an event that has begun, or could have.
void fill_result(TemplateDictionary& section, const Event& event, const Frame& frame) {
  if (event.source || event.status == EventStatus::cancelled) return;
  auto& result = *section.AddSectionDictionary("RESULT");
  result["ACTION"] = event_path(event.id) + "/result";
  result["CSRF"] = frame.csrf;
  result["ATTENDED"] = event.attended ? std::to_string(*event.attended) : "";
  result["OUTCOME"] = event.outcome;
  result["MINUTES"] = event.minutes_url;
  const bool has_minutes =
      event.kind == EventKind::meeting || event.kind == EventKind::round_table || !event.agenda.empty();
  if (has_minutes && !is_talk(event)) {
    auto& draft = *result.AddSectionDictionary("DRAFT");
    draft["HREF"] = minutes_path(event.id);
    draft["TEXT"] = tr(frame.language, "A draft of the minutes for Word");
  }
  if (is_open(event.status) && event.period.precision != Precision::recurring) result.ShowSection("MAY_HOLD");
}

void fill_history(TemplateDictionary& values, const Event& event, const std::vector<HistoryStep>& history,
                  Language language) {
  for (const auto& step : history) {
    auto& row = *values.AddSectionDictionary("STEP");
    row["AT"] = moment_text(step.at, service::zone_of(event), language);
    row["WHO"] = who_text(step.who, language);
    row["WHAT"] = step_text(step, language);
    if (step.before && step.after)
      for (const auto& change : field_changes(*step.before, *step.after, language))
        (*row.AddSectionDictionary("CHANGE"))["CHANGE_TEXT"] = change_line(change);
    if (step.what == HistoryStep::What::answered) show_text(row, "NOTE", step.answer.note);
    if (step.what == HistoryStep::What::decided) show_text(row, "NOTE", step.answer.decision_note);
  }
}

}  // namespace

std::string render_control(const ControlView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto& control = view.control;
  TemplateDictionary values("manage");
  fill_manage_frame(values, frame, tr(language, "Control of execution"), Desk::control);
  show_text(values, "CHOSEN", chosen_title(view, language));
  if (view.impossible) values.ShowSection("IMPOSSIBLE");
  fill_counts(values, view, language);
  fill_pending(values, view, frame);
  fill_overdue(values, view, frame);
  fill_list(values, "coming", tr(language, "Due within 14 days"), control.coming, view, language);
  fill_list(values, "unanswered", tr(language, "Without an answer"), control.unanswered, view, language);
  fill_list(values, "undated", tr(language, "Without a day, and the period begins soon"), control.undated,
            view, language);
  if (control.pending.empty() && control.overdue.empty() && control.coming.empty())
    values.ShowSection("CALM");
  fill_plans(values, control, language);
  return render_template("manage.html", language, values);
}

void fill_execution(TemplateDictionary& values, const Event& event, const std::vector<HistoryStep>& history,
                    const Frame& frame) {
  auto& section = *values.AddSectionDictionary("EXECUTION");
  const auto action = event_path(event.id) + "/answers";
  for (const auto& step : history)
    if (step.what == HistoryStep::What::answered && step.answer.decision == Decision::pending)
      fill_question(*section.AddSectionDictionary("WAITING"), step.answer, frame);
  if (is_open(event.status) && !event.source) {
    auto& steps = *section.AddSectionDictionary("STEPS");
    steps["ACTION"] = action;
    steps["CSRF"] = frame.csrf;
    const bool series = event.period.precision == Precision::recurring;
    if (!series) steps.ShowSection("DONE");
    if (!series && !event.period.is_all_year()) steps.ShowSection("MOVE");
  }
  fill_result(section, event, frame);
  fill_history(section, event, history, frame.language);
}

}  // namespace convoke::web
