#include "web/pages/plan_versions.hpp"

#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::RowDifference;

std::string stage_label(ApprovalStage stage, Language language) {
  switch (stage) {
    case ApprovalStage::adopted:
      return tr(language, "adopted at a meeting");
    case ApprovalStage::agreed:
      return tr(language, "agreed with somebody");
    case ApprovalStage::approved:
      break;
  }
  return tr(language, "approved by the head");
}

void fill_stamp(TemplateDictionary& stamp, const Approval& approval, std::size_t index) {
  stamp["INDEX"] = std::to_string(index);
  stamp["VERB"] = approval.verb;
  stamp["POST"] = approval.post;
  stamp["NAME"] = approval.name;
  stamp["ACT"] = approval.act;
  stamp["DATE"] = approval.date ? format_iso(*approval.date) : std::string();
}

void fill_stamps(TemplateDictionary& values, const ApprovalsView& view, Language language) {
  const auto& approvals = view.versions.plan.approvals;
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    auto& stamp = *values.AddSectionDictionary("STAMP");
    fill_stamp(stamp, approvals[i], i);
    stamp["EXPECTED"] = service::approval_stamp(approvals[i]);
    auto& old = *stamp.AddSectionDictionary("OLD");
    if (!approvals[i].date) old.ShowSection("PENDING");
  }
  auto& fresh = *values.AddSectionDictionary("STAMP");
  fill_stamp(fresh, view.typed.value_or(Approval{}), approvals.size());
  auto& form = *fresh.AddSectionDictionary("NEW");
  for (const auto stage : {ApprovalStage::adopted, ApprovalStage::agreed, ApprovalStage::approved}) {
    auto& option = *form.AddSectionDictionary("STAGE");
    option["VALUE"] = std::string(name_of(stage));
    option["LABEL"] = stage_label(stage, language);
  }
}

std::string version_name(int number, Language language) {
  return tr(language, "Version {number}", {{"number", std::to_string(number)}});
}

std::string version_path(PlanId plan, int from, int to) {
  auto path = plan_desk_path(plan) + "/versions/" + std::to_string(from);
  return to == 0 ? path : with_query(path, "to", std::to_string(to));
}

void fill_versions(TemplateDictionary& values, const ApprovalsView& view, Language language) {
  const auto& versions = view.versions.versions;
  if (versions.empty()) values.ShowSection("NO_VERSION");
  for (const auto& version : versions) {
    auto& row = *values.AddSectionDictionary("VERSION");
    row["NAME"] = version_name(version.number, language);
    row["REASON"] = version.reason;
    row["WHEN"] = moment_line(version.at, view.zone, language);
    row["WHO"] = version.name;
    (*row.AddSectionDictionary("SINCE"))["HREF"] = version_path(version.plan, version.number, 0);
    if (version.number > 1)
      (*row.AddSectionDictionary("BEFORE"))["HREF"] =
          version_path(version.plan, version.number - 1, version.number);
  }
}

std::string cell_text(const std::string& field, const std::string& text, Language language) {
  if (text.empty()) return "—";
  if (field == "kind")
    if (const auto kind = event_kind_of(text)) return std::string(calendar::kind_label(*kind, language));
  if (field == "status") return tr(language, "cancelled");
  return text;
}

std::string what_text(const RowDifference& row, Language language) {
  switch (row.what) {
    case RowDifference::What::added:
      return tr(language, "new row");
    case RowDifference::What::removed:
      return tr(language, "removed row");
    case RowDifference::What::changed:
      break;
  }
  if (row.cells.empty()) return tr(language, "moved row");
  return row.moved ? tr(language, "changed and moved row") : tr(language, "changed row");
}

// What an added or removed row says, so that nobody has to look it up.
void fill_facts(TemplateDictionary& values, const RowDifference& row, const std::string& plan_language,
                Language language) {
  const auto fields = service::row_fields(row.row, plan_language);
  for (const auto& [name, text] :
       {std::pair{"period", &fields.period}, {"responsible", &fields.responsible}}) {
    if (text->empty()) continue;
    auto& fact = *values.AddSectionDictionary("FACT");
    fact["FIELD"] = field_label(name, language);
    fact["VALUE"] = *text;
  }
}

void fill_row(TemplateDictionary& values, const RowDifference& row, const std::string& plan_language,
              Language language) {
  static constexpr std::array names = {"ADDED", "REMOVED", "CHANGED"};
  static constexpr std::array classes = {"added", "removed", "changed"};
  const auto what = static_cast<std::size_t>(row.what);
  values["WHAT_NAME"] = classes.at(what);
  values["WHAT"] = what_text(row, language);
  values["TITLE"] = row.row.title;
  values["SECTION"] = row.row.section;
  values.ShowSection(names.at(what));
  for (const auto& cell : row.cells) {
    auto& change = *values.AddSectionDictionary("CELL");
    change["FIELD"] = field_label(cell.field, language);
    change["WAS"] = cell_text(cell.field, cell.was, language);
    change["NOW"] = cell_text(cell.field, cell.now, language);
  }
  if (row.what != RowDifference::What::changed) fill_facts(values, row, plan_language, language);
}

std::string counts_text(const service::PlanDifference& difference, Language language) {
  long added = 0, removed = 0, changed = 0;
  for (const auto& row : difference.rows)
    ++(row.what == RowDifference::What::added     ? added
       : row.what == RowDifference::What::removed ? removed
                                                  : changed);
  return tr(language, "{added} new, {removed} removed, {changed} changed",
            {{"added", std::to_string(added)},
             {"removed", std::to_string(removed)},
             {"changed", std::to_string(changed)}});
}

}  // namespace

std::string render_plan_approvals(const ApprovalsView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto& plan = view.versions.plan;
  TemplateDictionary values("plan approvals");
  fill_manage_frame(values, frame, tr(language, "Approvals and versions"), Desk::plans);
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title;
  values["HERE"] = plan_desk_path(plan.id);
  values["ACTION"] = plan_desk_path(plan.id) + "/approvals";
  values["CSRF"] = frame.csrf;
  values["STATE"] = state_text(plan, language);
  values["STATE_NAME"] = state_chip(plan);
  if (!view.message.empty()) {
    auto& message = *values.AddSectionDictionary("MESSAGE");
    message["MESSAGE_TEXT"] = view.message;
    message["ROLE"] = view.bad ? "alert" : "status";
    if (view.bad) message.ShowSection("BAD");
  }
  fill_stamps(values, view, language);
  fill_versions(values, view, language);
  return render_template("manage_plan_approvals.html", language, values);
}

std::string render_plan_difference(const service::VersionComparison& comparison, const std::string& zone,
                                   const Frame& frame) {
  const Language language = frame.language;
  const auto& plan = comparison.plan;
  TemplateDictionary values("plan difference");
  const auto from =
      version_name(comparison.from.number, language) + ", " + moment_line(comparison.from.at, zone, language);
  const auto to = comparison.to.number == 0 ? tr(language, "the plan as it is")
                                            : version_name(comparison.to.number, language);
  const auto heading = from + " → " + to;
  fill_manage_frame(values, frame, heading, Desk::plans);
  values["PLAN_LANG"] = plan.language;
  values["TITLE"] = plan.title;
  values["HERE"] = plan_desk_path(plan.id);
  values["APPROVALS"] = plan_desk_path(plan.id) + "/approvals";
  values["HEADING"] = heading;
  values["COUNTS"] = counts_text(comparison.difference, language);
  if (comparison.difference.none()) values.ShowSection("NONE");
  for (const auto& change : comparison.difference.heading) {
    auto& entry = *values.AddSectionDictionary("HEAD_CHANGE");
    entry["FIELD"] = field_label(change.field, language);
    entry["WAS"] = change.was;
    entry["NOW"] = change.now;
  }
  for (const auto& row : comparison.difference.rows)
    fill_row(*values.AddSectionDictionary("ROW"), row, plan.language, language);
  return render_template("manage_plan_difference.html", language, values);
}

std::string stamp_problem_text(Errc code, Language language) {
  switch (code) {
    case Errc::conflict:
      return tr(language, "Somebody changed the approvals in between. Look at them again.");
    case Errc::limit_exceeded:
      return tr(language, "This is too long, or there are too many stamps.");
    default:
      break;
  }
  return tr(language, "This stamp cannot be kept: give its word and a day that exists.");
}

}  // namespace convoke::web
