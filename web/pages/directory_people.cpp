#include "model/language.hpp"
#include "web/pages/directory_page.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::DirectoryView;
using service::KnownPerson;

constexpr std::string_view people_path = "/manage/directory";

std::vector<const KnownPerson*> found(const DirectoryView& directory, const std::string& words) {
  std::vector<const KnownPerson*> all;
  for (const auto& known : directory.people) {
    const auto& person = known.person;
    if (has_words(person.name + " " + person.post + " " + person.email, words)) all.push_back(&known);
  }
  return all;
}

void fill_line(TemplateDictionary& row, const KnownPerson& known, Language language) {
  const auto& person = known.person;
  row["HREF"] = person_path(person.id);
  row["NAME"] = person.name;
  show_text(row, "TROUBLE", trouble_text(known.trouble, language));
  if (known.away) row.ShowSection("AWAY");
  show_text(row, "POST", person.post);
  show_text(row, "EMAIL", person.email);
  if (person.rhythm != MailRhythm::each) show_text(row, "RHYTHM", rhythm_text(person.rhythm, language));
}

void fill_offices(TemplateDictionary& values, const DirectoryView& directory, PersonId person,
                  Language language) {
  bool any = false;
  for (const auto& roster : directory.rosters)
    for (const auto& tenure : roster.tenures) {
      if (tenure.person != person) continue;
      any = true;
      auto& row = *values.AddSectionDictionary("OFFICE");
      row["HREF"] = office_path(roster.id);
      row["NAME"] = roster.name;
      row["DAYS"] = tenure_text(tenure.first, tenure.last, language);
      if (tenure.last && *tenure.last < directory.today) row.ShowSection("PAST");
    }
  if (!any) values.ShowSection("NO_OFFICE");
}

void fill_form(TemplateDictionary& values, const Person& person, Language language) {
  values["ACTION"] = person_path(person.id);
  values["NAME"] = person.name;
  values["POST"] = person.post;
  values["EMAIL"] = person.email;
  for (const Language one : all_languages)
    add_option(values, "WORDS", tag_of(one), own_name(one),
               one == person.language);
  for (const auto rhythm : {MailRhythm::each, MailRhythm::daily, MailRhythm::weekly})
    add_option(values, "RHYTHM", name_of(rhythm), rhythm_text(rhythm, language), rhythm == person.rhythm);
}

}  // namespace

std::string render_people(const Frame& frame, const DirectoryView& directory, const DirectoryQuery& query,
                          const PersonEntry& entered, const DirectoryState& state) {
  const Language language = frame.language;
  TemplateDictionary values("people");
  fill_directory(values, frame, DirectoryTab::people, state);
  const auto people = found(directory, query.words);
  fill_search(values, std::string(people_path), tr(language, "Find by name, post or address"), query,
              trn(language, "{n} person", "{n} people", static_cast<long>(people.size())));
  const auto at = page_of(people.size(), query.page, directory_page_size);
  for (std::size_t i = at.begin; i < at.end; ++i)
    fill_line(*values.AddSectionDictionary("PERSON"), *people[i], language);
  auto path = std::string(people_path);
  if (!query.words.empty()) path = with_query(path, "q", query.words);
  fill_pager(values, at, path, language);
  values["NEW_NAME"] = entered.name;
  values["NEW_EMAIL"] = entered.email;
  values["NEW_POST"] = entered.post;
  fill_organisations(values, directory, entered.organisation);
  return render_template("manage_people.html", language, values);
}

std::string render_person(const Frame& frame, const DirectoryView& directory, PersonId id,
                          const AbsenceEntry& leave, const DirectoryState& state) {
  const Language language = frame.language;
  const auto& known = *directory.find(id);
  TemplateDictionary values("person");
  fill_below_directory(values, frame, known.person.name, state);
  show_text(values, "TROUBLE", reason_text(known.trouble, known.person.email, language));
  fill_form(values, known.person, language);
  fill_offices(values, directory, id, language);
  const auto here = person_path(id);
  for (const auto& absence : directory.absences)
    if (absence.person == id && absence.last >= directory.today)
      add_absence(values, directory, absence, frame, here, false);
  (*values.AddSectionDictionary("KNOW_WHO"))["PERSON_NUMBER"] = std::to_string(id.value);
  values["BACK"] = here;
  values["FIRST"] = leave.first;
  values["LAST"] = leave.last;
  values["DEPUTY_NAME"] = leave.deputy;
  fill_suggestions(values, directory);
  return render_template("manage_person.html", language, values);
}

std::string render_leave(const Frame& frame, const DirectoryView& directory, const AbsenceEntry& entered,
                         const DirectoryState& state) {
  const std::string here = "/manage/directory/leave";
  TemplateDictionary values("leave");
  fill_directory(values, frame, DirectoryTab::leave, state);
  TemplateDictionary* gone = nullptr;
  long past = 0;
  bool any = false;
  for (const auto& absence : directory.absences) {
    if (absence.last >= directory.today) {
      any = true;
      add_absence(values, directory, absence, frame, here, true);
      continue;
    }
    if (gone == nullptr) gone = values.AddSectionDictionary("GONE");
    ++past;
    add_absence(*gone, directory, absence, frame, here, true);
  }
  if (gone != nullptr) (*gone)["COUNT"] = std::to_string(past);
  if (!any) values.ShowSection("NONE");
  values.ShowSection("ASK_WHO");
  values["BACK"] = here;
  values["WHO"] = entered.who;
  values["FIRST"] = entered.first;
  values["LAST"] = entered.last;
  values["DEPUTY_NAME"] = entered.deputy;
  fill_suggestions(values, directory);
  return render_template("manage_leave.html", frame.language, values);
}

}  // namespace convoke::web
