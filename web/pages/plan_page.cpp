#include "web/pages/plan_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_words.hpp"
#include "web/pages/report_page.hpp"
#include "web/pages/rules_page.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

void fill_approvals(TemplateDictionary& values, const Plan& plan, Language language) {
  if (plan.approvals.empty()) return;
  auto& section = *values.AddSectionDictionary("APPROVALS");
  for (const auto& approval : plan.approvals) {
    auto& entry = *section.AddSectionDictionary("APPROVAL");
    entry["VERB"] = approval.verb;
    show_text(entry, "POST", approval.post);
    show_text(entry, "NAME", approval.name);
    show_text(entry, "ACT", approval.act);
    if (approval.date) {
      auto& signature = *entry.AddSectionDictionary("SIGNED");
      signature["ISO_VALUE"] = format_iso(*approval.date);
      signature["WHEN"] = date_text(*approval.date, language);
    } else {
      entry.ShowSection("PENDING");
    }
  }
}

// "- one" and "• one" are points of a list; other lines are paragraphs.
std::string_view point_of(std::string_view line) {
  for (const std::string_view bullet : {"- ", "– ", "— ", "• ", "· ", "* "})
    if (line.starts_with(bullet)) return trim(line.substr(bullet.size()));
  return {};
}

// Paragraphs and lists under one caption, in their order.
class CaptionedText {
 public:
  CaptionedText(TemplateDictionary& section, const std::string& caption)
      : section_(section), entry_(section.AddSectionDictionary("ITEM")) {
    show_text(*entry_, "CAPTION", caption);
  }

  // `as_list`: every line is a point, with a bullet of its own or without.
  void add(std::string_view text, bool as_list) {
    for (const auto raw : split(text, '\n')) {
      const auto line = trim(raw);
      if (line.empty()) continue;
      const auto point = point_of(line);
      if (!point.empty())
        add_point(point);
      else if (as_list)
        add_point(line);
      else
        add_paragraph(line);
    }
  }

 private:
  void add_point(std::string_view text) {
    if (list_ == nullptr) list_ = entry_->AddSectionDictionary("LIST");
    (*list_->AddSectionDictionary("POINT"))["TEXT"] = std::string(text);
  }
  void add_paragraph(std::string_view text) {
    // A paragraph after a list begins another item, so that the order stays.
    if (list_ != nullptr) entry_ = section_.AddSectionDictionary("ITEM");
    list_ = nullptr;
    (*entry_->AddSectionDictionary("PARAGRAPH"))["TEXT"] = std::string(text);
  }

  TemplateDictionary& section_;
  TemplateDictionary* entry_;
  TemplateDictionary* list_ = nullptr;
};

// Several texts of one caption ("Tasks") are a list under it: the caption stands once.
void fill_preamble(TemplateDictionary& values, const Plan& plan) {
  if (plan.preamble.empty()) return;
  auto& section = *values.AddSectionDictionary("PREAMBLE");
  for (auto first = plan.preamble.begin(); first != plan.preamble.end();) {
    const auto end = std::find_if(first, plan.preamble.end(),
                                  [&](const auto& item) { return item.caption != first->caption; });
    const bool as_list = end - first > 1 && !first->caption.empty();
    CaptionedText captioned(section, first->caption);
    for (; first != end; ++first) captioned.add(first->text, as_list);
  }
}

// The cell shows what the plan says, and beneath it the day that was fixed since.
void fill_period(TemplateDictionary& row, const Event& event, const Plan& plan, Language language) {
  const Period& period = event.period;
  if (period.source_text.empty()) {
    (*row.AddSectionDictionary("PLAIN"))["WHEN"] = when_text(period, language);
    return;
  }
  show_text(row, "AS_WRITTEN", period.source_text);
  if (!service::was_fixed_later(event, plan)) return;
  auto& day = *row.AddSectionDictionary("FIXED");
  const auto machine = machine_time(period);
  day["ISO_VALUE"] = machine.empty() ? format_iso(*period.first) : machine;
  day["WHEN"] = when_text(period, language);
}

void fill_row(TemplateDictionary& row, const Event& event, const Plan& plan, bool with_notes,
              Language language) {
  row["NUMBER"] = event.number;
  row["HREF"] = event_path(event.id);
  row["TITLE"] = event.title;
  fill_status(row, event, language);
  fill_period(row, event, plan, language);
  row["WHO"] = event.responsible_text.empty() ? responsible_line(event) : event.responsible_text;
  if (!event.agenda.empty()) {
    auto& agenda = *row.AddSectionDictionary("AGENDA");
    for (const auto& point : event.agenda) (*agenda.AddSectionDictionary("POINT"))["TEXT"] = point;
  }
  if (!with_notes) return;
  auto& notes = *row.AddSectionDictionary("WITH_NOTES");
  show_text(notes, "PLACE", event.place);
  show_text(notes, "NOTE", event.note);
}

void fill_table(TemplateDictionary& values, const PlanView& view, Language language) {
  const auto& rows = view.rows;
  const Plan& plan = *view.plan;
  if (rows.empty()) {
    values.ShowSection("EMPTY");
    return;
  }
  auto& table = *values.AddSectionDictionary("TABLE");
  const bool with_notes = std::any_of(rows.begin(), rows.end(), [](const Event* event) {
    return !event->place.empty() || !event->note.empty();
  });
  if (with_notes) table.AddSectionDictionary("WITH_NOTES");
  table["COLUMNS"] = with_notes ? "5" : "4";
  TemplateDictionary* section = nullptr;
  const std::string* caption = nullptr;
  for (const Event* event : rows) {
    if (section == nullptr || *caption != event->section) {
      section = table.AddSectionDictionary("SECTION");
      show_text(*section, "CAPTION", event->section);
      caption = &event->section;
    }
    fill_row(*section->AddSectionDictionary("ROW"), *event, plan, with_notes, language);
  }
}

struct Counts {
  long rows = 0, open = 0;
};

Counts count(const std::vector<const Event*>& rows) {
  Counts counts;
  for (const Event* event : rows) {
    if (event->kind == EventKind::goal) continue;
    ++counts.rows;
    if (awaits_day(*event)) ++counts.open;
  }
  return counts;
}

void fill_counts(TemplateDictionary& values, const std::vector<const Event*>& rows, Language language) {
  const Counts counts = count(rows);
  values["ROWS"] = trn(language, "{n} event", "{n} events", counts.rows);
  if (counts.open > 0) show_text(values, "OPEN", open_days_text(language, counts.open, counts.rows));
}

// The button of whoever approves plans; it says what they have seen.
void fill_approve(TemplateDictionary& values, const PlanView& view, const Frame& frame) {
  const Plan& plan = *view.plan;
  if (!frame.who || !frame.who->may_approve || !service::reaches(*frame.who, plan.organisation)) return;
  if (view.approved == "1") return values.ShowSection("APPROVED");
  if (!view.approved.empty()) values.ShowSection("NOT_APPROVED");
  std::vector<Event> rows;
  for (const Event* row : view.rows) rows.push_back(*row);
  auto& form = *values.AddSectionDictionary("APPROVE");
  form["ACTION"] = plan_path(plan.id) + "/approve";
  form["CSRF"] = frame.csrf;
  form["SEEN"] = service::plan_stamp(plan, rows);
}

bool awaits_approval(const Plan& plan) {
  return std::any_of(plan.approvals.begin(), plan.approvals.end(), [](auto& one) { return !one.date; });
}

}  // namespace

std::string render_plan(const PlanView& view, const Frame& frame) {
  const Plan& plan = *view.plan;
  TemplateDictionary values("plan");
  fill_frame(values, frame, plan.title, Place::elsewhere);
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title;
  values["ORGANISATION"] = plan.organisation_name;
  values["YEAR"] = year_text(plan.year);
  fill_counts(values, view.rows, frame.language);
  if (plan.organisation) {
    calendar::FeedQuery query;
    query.organisations.push_back(plan.organisation);
    (*values.AddSectionDictionary("SUBSCRIBE"))["HREF"] = subscribe_path(query);
  }
  if (frame.who && frame.who->role >= AccountRole::organiser)
    (*values.AddSectionDictionary("RULES"))["HREF"] = rules_path({{}, plan.id, {}, {}});
  if (frame.who && frame.who->role >= AccountRole::organiser &&
      service::reaches(*frame.who, plan.organisation))
    (*values.AddSectionDictionary("DESK"))["HREF"] = plan_desk_path(plan.id);
  fill_formats(values, plan.id);
  fill_approve(values, view, frame);
  if (frame.who) (*values.AddSectionDictionary("REPORT"))["HREF"] = report_path(plan.id);
  if (frame.who && frame.who->role >= AccountRole::organiser) {
    auto& next = *values.AddSectionDictionary("NEXT_YEAR");
    next["ACTION"] = "/manage" + plan_path(plan.id) + "/next-year";
    next["CSRF"] = frame.csrf;
  }
  fill_approvals(values, plan, frame.language);
  fill_preamble(values, plan);
  fill_table(values, view, frame.language);
  if (!plan.source_name.empty())
    values["SOURCE"] = tr(frame.language, "Read from the file {file}", {{"file", plan.source_name}});
  return render_template("plan.html", frame.language, values);
}

TemplateDictionary& PlansByYear::add(const Plan& plan, const std::string& href) {
  if (year_ == nullptr || name_ != year_text(plan.year)) {
    name_ = year_text(plan.year);
    year_ = values_.AddSectionDictionary("YEAR");
    (*year_)["NAME"] = name_;
    (*year_)["ID"] = std::to_string(plan.id.value);
  }
  auto& entry = *year_->AddSectionDictionary("PLAN");
  entry["HREF"] = href;
  entry["PLAN_LANG"] = plan.language;
  entry["TITLE"] = plan.title;
  entry["ORGANISATION"] = plan.organisation_name;
  return entry;
}

std::string render_plans(const service::Snapshot& snapshot, const Frame& frame) {
  TemplateDictionary values("plans");
  fill_frame(values, frame, tr(frame.language, "Plans"), Place::plans);
  if (snapshot.plans.empty()) values.ShowSection("EMPTY");
  PlansByYear years(values);
  for (const auto& plan : snapshot.plans) {
    auto& entry = years.add(*plan, plan_path(plan->id));
    fill_counts(entry, snapshot.events_of(plan->id), frame.language);
    if (awaits_approval(*plan)) entry.ShowSection("PENDING");
  }
  return render_template("plans.html", frame.language, values);
}

}  // namespace convoke::web
