#include "base/text.hpp"
#include "web/pages/directory_page.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::DirectoryView;

constexpr std::string_view offices_path = "/manage/directory/offices";
constexpr std::size_t most_holders_named = 5;  // in a line of the list

std::string organisation_name(const DirectoryView& directory, OrganisationId id) {
  for (const auto& one : directory.organisations)
    if (one.id == id) return one.name;
  return {};
}

// "Гайко В.И., Савченко О.А.": who holds it today.
std::vector<std::string> holders(const DirectoryView& directory, const Roster& roster) {
  std::vector<std::string> names;
  for (const auto& tenure : roster.tenures)
    if (holds(tenure, directory.today)) names.push_back(directory.name_of(tenure.person));
  return names;
}

void fill_line(TemplateDictionary& row, const DirectoryView& directory, const Roster& roster,
               Language language) {
  row["HREF"] = office_path(roster.id);
  row["NAME"] = roster.name;
  row["KIND"] = kind_text(roster.kind, language);
  if (roster.duty == Duty::section_head && !roster.section.empty())
    show_text(row, "WATCHES",
              tr(language, "head of “{section}”", {{"section", ellipsize(roster.section, 60)}}));
  else if (roster.duty != Duty::none)
    show_text(row, "WATCHES", duty_text(roster.duty, language));
  auto names = holders(directory, roster);
  if (names.empty()) row.ShowSection("VACANT");
  if (names.size() > most_holders_named) {
    names.resize(most_holders_named);
    names.emplace_back("…");
  }
  show_text(row, "HOLDERS", join(names, ", "));
  if (directory.organisations.size() > 1)
    show_text(row, "ORGANISATION", organisation_name(directory, roster.organisation));
}

void fill_fields(TemplateDictionary& values, const OfficeEntry& entry, Language language) {
  values["NAME"] = entry.name;
  values["EXAMPLE"] = tr(language, "council of the association");
  values["SECTION"] = entry.section;
  values.ShowSection(entry.kind == RosterKind::office ? "IS_OFFICE" : "IS_GROUP");
  for (const auto duty : {Duty::none, Duty::section_head, Duty::chair})
    add_option(values, "DUTY", name_of(duty), capitalise(duty_text(duty, language)), duty == entry.duty);
}

void fill_members(TemplateDictionary& values, const DirectoryView& directory, const Roster& roster,
                  Language language) {
  if (roster.tenures.empty()) values.ShowSection("NOBODY");
  for (std::size_t i = 0; i < roster.tenures.size(); ++i) {
    const auto& tenure = roster.tenures[i];
    auto& row = *values.AddSectionDictionary("MEMBER");
    row["HREF"] = person_path(tenure.person);
    row["NAME"] = directory.name_of(tenure.person);
    row["DAYS"] = tenure_text(tenure.first, tenure.last, language);
    row["NUMBER"] = std::to_string(tenure.person.value);
    row["ACTION"] = office_path(roster.id) + "/members/" + std::to_string(i + 1);
    if (holds(tenure, directory.today)) {
      row.ShowSection("NOW");
      if (const auto* known = directory.find(tenure.person))
        show_text(row, "TROUBLE", trouble_text(known->trouble, language));
    }
    if (tenure.last && *tenure.last < directory.today) continue;
    auto& ends = *row.AddSectionDictionary("ENDS");
    ends["POSITION"] = std::to_string(i + 1);
    if (tenure.last) ends["LAST"] = format_iso(*tenure.last);
  }
}

}  // namespace

std::string render_offices(const Frame& frame, const DirectoryView& directory, const DirectoryQuery& query,
                           const OfficeEntry& entered, const DirectoryState& state) {
  const Language language = frame.language;
  TemplateDictionary values("offices");
  fill_directory(values, frame, DirectoryTab::offices, state);
  std::vector<const Roster*> rosters;
  for (const auto& roster : directory.rosters)
    if (has_words(roster.name + " " + join(holders(directory, roster), " "), query.words))
      rosters.push_back(&roster);
  fill_search(
      values, std::string(offices_path), tr(language, "Find by name or holder"), query,
      trn(language, "{n} office or group", "{n} offices and groups", static_cast<long>(rosters.size())));
  const auto at = page_of(rosters.size(), query.page, directory_page_size);
  for (std::size_t i = at.begin; i < at.end; ++i)
    fill_line(*values.AddSectionDictionary("OFFICE"), directory, *rosters[i], language);
  auto path = std::string(offices_path);
  if (!query.words.empty()) path = with_query(path, "q", query.words);
  fill_pager(values, at, path, language);
  fill_fields(values, entered, language);
  fill_organisations(values, directory, entered.organisation);
  return render_template("manage_offices.html", language, values);
}

std::string render_office(const Frame& frame, const DirectoryView& directory, RosterId id,
                          const TenureEntry& entered, const DirectoryState& state) {
  const Language language = frame.language;
  const auto& roster = *directory.find(id);
  const bool office = roster.kind == RosterKind::office;
  TemplateDictionary values("office");
  fill_below_directory(values, frame, roster.name, state);
  values["MEMBERS_HEADING"] = office ? tr(language, "Who holds it") : tr(language, "Members");
  fill_members(values, directory, roster, language);
  const auto here = office_path(id);
  values["ADD_ACTION"] = here + "/members";
  values["SAVE_ACTION"] = here;
  values["REMOVE_ACTION"] = here + "/remove";
  values["REMOVE_TEXT"] = office ? tr(language, "Remove this office") : tr(language, "Remove this group");
  values["WHO"] = entered.who;
  values["FIRST"] = entered.first;
  values["LAST"] = entered.last;
  if (office && !roster.tenures.empty()) {
    auto& succeed = *values.AddSectionDictionary("MAY_SUCCEED");
    if (entered.succeeds) succeed.ShowSection("CHECKED");
  }
  fill_fields(values, {roster.name, roster.section, roster.kind, roster.duty, roster.organisation}, language);
  fill_suggestions(values, directory);
  return render_template("manage_office.html", language, values);
}

}  // namespace convoke::web
