#include "web/pages/directory_parts.hpp"

#include "base/text.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"

#include <algorithm>
#include <unordered_map>

namespace convoke::web {

using ctemplate::TemplateDictionary;

namespace {

void fill_state(TemplateDictionary& values, const Frame& frame, const DirectoryState& state) {
  values["CSRF"] = frame.csrf;
  if (state.saved && !state.problem) values.ShowSection("SAVED");
  if (state.problem) show_text(values, "PROBLEM", problem_text(*state.problem, frame.language));
}

}  // namespace

void fill_directory(TemplateDictionary& values, const Frame& frame, DirectoryTab tab,
                    const DirectoryState& state) {
  fill_manage_frame(values, frame, tr(frame.language, "People and offices"), Desk::directory);
  if (tab == DirectoryTab::people) values.ShowSection("TAB_PEOPLE");
  if (tab == DirectoryTab::offices) values.ShowSection("TAB_OFFICES");
  if (tab == DirectoryTab::leave) values.ShowSection("TAB_LEAVE");
  fill_state(values, frame, state);
}

void fill_below_directory(TemplateDictionary& values, const Frame& frame, const std::string& title,
                          const DirectoryState& state) {
  fill_manage_frame(values, frame, title, Desk::directory);
  values["HEADING"] = title;
  fill_state(values, frame, state);
}

bool has_words(std::string_view text, const std::string& words) {
  const std::string folded = fold(text), wanted = fold(words);
  const auto parts = split(wanted, ' ');
  return std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return folded.find(part) != std::string::npos; });
}

PageOf page_of(std::size_t all, std::size_t page, std::size_t size) {
  PageOf at;
  at.pages = std::max<std::size_t>(1, (all + size - 1) / size);
  at.page = std::clamp<std::size_t>(page, 1, at.pages);
  at.begin = (at.page - 1) * size;
  at.end = std::min(all, at.begin + size);
  return at;
}

void fill_pager(TemplateDictionary& values, const PageOf& at, const std::string& path, Language language) {
  if (at.pages < 2) return;
  auto& pager = *values.AddSectionDictionary("PAGER");
  pager["PAGE_TEXT"] = tr(language, "page {page} of {pages}",
                          {{"page", std::to_string(at.page)}, {"pages", std::to_string(at.pages)}});
  const auto link = [&](const char* section, std::size_t page) {
    (*pager.AddSectionDictionary(section))["HREF"] = with_query(path, "page", std::to_string(page));
  };
  if (at.page > 1) link("EARLIER", at.page - 1);
  if (at.page < at.pages) link("LATER", at.page + 1);
}

void fill_search(TemplateDictionary& values, const std::string& action, const std::string& label,
                 const DirectoryQuery& query, const std::string& count) {
  values["SEARCH_ACTION"] = action;
  values["SEARCH_LABEL"] = label;
  values["SEARCH_WORDS"] = query.words;
  values["COUNT_TEXT"] = count;
  if (!query.words.empty()) values.ShowSection("SEARCHED");
}

void fill_suggestions(TemplateDictionary& values, const service::DirectoryView& directory) {
  std::unordered_map<std::string, int> bearers;
  for (const auto& known : directory.people) ++bearers[name_key(known.person.name)];
  std::size_t count = 0;
  for (const auto& known : directory.people) {
    if (++count > most_suggested) return;
    const auto& person = known.person;
    auto& option = *values.AddSectionDictionary("KNOWN");
    const bool alone = bearers[name_key(person.name)] == 1;
    option["VALUE"] = alone ? person.name : person.name + " #" + std::to_string(person.id.value);
    option["POST"] = person.post;
  }
}

void fill_organisations(TemplateDictionary& values, const service::DirectoryView& directory,
                        OrganisationId chosen) {
  if (directory.organisations.size() < 2) return;
  auto& section = *values.AddSectionDictionary("ORGANISATIONS");
  for (const auto& one : directory.organisations)
    add_option(section, "OPTION", std::to_string(one.id.value), one.name, one.id == chosen);
}

void add_option(TemplateDictionary& values, const char* section, std::string_view value,
                const std::string& text, bool selected) {
  auto& option = *values.AddSectionDictionary(section);
  option["VALUE"] = std::string(value);
  option["TEXT"] = text;
  if (selected) option.ShowSection("SELECTED");
}

std::string person_path(PersonId id) {
  return "/manage/directory/people/" + std::to_string(id.value);
}

std::string office_path(RosterId id) {
  return "/manage/directory/offices/" + std::to_string(id.value);
}

void add_absence(TemplateDictionary& values, const service::DirectoryView& directory, const Absence& absence,
                 const Frame& frame, const std::string& back, bool named) {
  auto& row = *values.AddSectionDictionary("ABSENCE");
  if (named) {
    auto& person = *row.AddSectionDictionary("PERSON");
    person["HREF"] = person_path(absence.person);
    person["PERSON_TEXT"] = directory.name_of(absence.person);
  }
  row["DAYS"] = tenure_text(absence.first, absence.last, frame.language);
  if (absence.first <= directory.today && directory.today <= absence.last) row.ShowSection("NOW");
  if (absence.deputy)
    show_text(row, "DEPUTY",
              tr(frame.language, "{name} stands in", {{"name", directory.name_of(absence.deputy)}}));
  else
    row.ShowSection("NO_DEPUTY");
  row["ACTION"] = "/manage/directory/leave/" + std::to_string(absence.id.value) + "/remove";
  row["BACK"] = back;
}

}  // namespace convoke::web
