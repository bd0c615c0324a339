#include "web/pages/organisations_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::OrganisationRow;

constexpr std::string_view list_path = "/manage/organisations";

std::string tier_text(Tier tier, Language language) {
  switch (tier) {
    case Tier::region:
      return tr(language, "region");
    case Tier::association:
      return tr(language, "association");
    case Tier::district:
      return tr(language, "district");
    case Tier::library:
      return tr(language, "library");
  }
  return {};
}

std::string problem_text(OrganisationProblem problem, Language language) {
  switch (problem) {
    case OrganisationProblem::name:
      return tr(language, "Enter a name of at most 200 characters.");
    case OrganisationProblem::known:
      return tr(language, "There is an association of this name already.");
    case OrganisationProblem::zone:
      return tr(language, "This time zone is not known. It is written like Europe/Kyiv.");
    case OrganisationProblem::parent:
      return tr(language, "There is no such association.");
    case OrganisationProblem::circle:
      return tr(language, "It cannot lie below itself.");
    case OrganisationProblem::deep:
      return tr(language, "The tree would become too deep or too large.");
    case OrganisationProblem::other:
      break;
  }
  return tr(language, "Something in the form could not be taken. Look it through and send it again.");
}

// Whether `id` is `above` or lies below it: a place that makes a circle is not offered.
bool lies_below(const std::vector<OrganisationRow>& rows, std::size_t index, OrganisationId above) {
  const int depth = rows[index].depth;
  if (rows[index].organisation.id == above) return true;
  int needed = depth;
  for (std::size_t i = index; i-- > 0 && needed > 0;) {
    if (rows[i].depth != needed - 1) continue;
    if (rows[i].organisation.id == above) return true;
    needed = rows[i].depth;
  }
  return false;
}

void fill_form(TemplateDictionary& values, const OrganisationsView& view, const OrganisationEntry& entry,
               OrganisationId own, Language language) {
  values["NAME"] = entry.name;
  values["ZONE"] = entry.zone;
  values["CONTACT"] = entry.contact;
  for (const auto tier : {Tier::region, Tier::association, Tier::district, Tier::library})
    add_option(values, "TIER", name_of(tier), capitalise(tier_text(tier, language)), tier == entry.tier);
  for (const Language one : all_languages)
    add_option(values, "WORDS", tag_of(one), own_name(one), one == entry.language);
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const auto& row = view.rows[i];
    if (own && lies_below(view.rows, i, own)) continue;
    std::string indent;
    for (int depth = 0; depth < row.depth; ++depth) indent += "— ";
    add_option(values, "PARENT", std::to_string(row.organisation.id.value), indent + row.organisation.name,
               row.organisation.id == entry.parent);
  }
}

void fill_head(TemplateDictionary& values, const OrganisationsView& view, const Frame& frame) {
  values["CSRF"] = frame.csrf;
  if (view.saved) values.ShowSection("SAVED");
  if (view.problem) show_text(values, "PROBLEM", problem_text(*view.problem, frame.language));
}

std::string counts_text(const OrganisationRow& row, Language language) {
  std::vector<std::string> parts;
  if (row.plans > 0) parts.push_back(trn(language, "{n} plan", "{n} plans", row.plans));
  if (row.people > 0) parts.push_back(trn(language, "{n} person", "{n} people", row.people));
  if (row.accounts > 0) parts.push_back(trn(language, "{n} account", "{n} accounts", row.accounts));
  return join(parts, " · ");
}

}  // namespace

std::string organisation_path(OrganisationId id) {
  std::string path(list_path);
  path += '/';
  path += std::to_string(id.value);
  return path;
}

OrganisationEntry entry_of(const Organisation& organisation) {
  OrganisationEntry entry;
  entry.name = organisation.name;
  entry.zone = organisation.zone;
  entry.contact = organisation.contact;
  entry.language = organisation.language;
  entry.tier = organisation.tier;
  entry.parent = organisation.parent;
  return entry;
}

std::string render_organisations(const Frame& frame, const OrganisationsView& view) {
  const Language language = frame.language;
  TemplateDictionary values("organisations");
  fill_manage_frame(values, frame, tr(language, "Associations"), Desk::accounts);
  values.AddSectionDictionary("TABS")->ShowSection("TAB_ORGANISATIONS");
  fill_head(values, view, frame);
  if (view.rows.empty()) values.ShowSection("NONE");
  for (const auto& row : view.rows) {
    auto& line = *values.AddSectionDictionary("ORGANISATION_ROW");
    line["DEPTH"] = std::to_string(std::min(row.depth, service::deepest_tree));
    line["HREF"] = organisation_path(row.organisation.id);
    line["NAME"] = row.organisation.name;
    line["TIER_NAME"] = tier_text(row.organisation.tier, language);
    show_text(line, "COUNTS", counts_text(row, language));
  }
  fill_form(values, view, view.entered, {}, language);
  return render_template("manage_organisations.html", language, values);
}

std::string render_organisation(const Frame& frame, const OrganisationsView& view, OrganisationId id) {
  const Language language = frame.language;
  const auto& organisation = std::find_if(view.rows.begin(), view.rows.end(), [id](const auto& row) {
                               return row.organisation.id == id;
                             })->organisation;
  TemplateDictionary values("organisation");
  fill_manage_frame(values, frame, organisation.name, Desk::accounts);
  fill_head(values, view, frame);
  values["HEADING"] = organisation.name;
  values["ACTION"] = organisation_path(id);
  fill_form(values, view, view.problem ? view.entered : entry_of(organisation), id, language);
  return render_template("manage_organisation.html", language, values);
}

}  // namespace convoke::web
