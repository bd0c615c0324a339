// Pieces that several pages of the directory are made of.
#pragma once

#include "service/directory.hpp"
#include "web/pages/directory_page.hpp"

#include <ctemplate/template_dictionary.h>

#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

enum class DirectoryTab { people, offices, leave };
void fill_directory(ctemplate::TemplateDictionary& values, const Frame& frame, DirectoryTab tab,
                    const DirectoryState& state);
// The same for a page of one person or office, which has no tabs.
void fill_below_directory(ctemplate::TemplateDictionary& values, const Frame& frame, const std::string& title,
                          const DirectoryState& state);

// Whether every word of `words` is somewhere in `text`, however they are written.
bool has_words(std::string_view text, const std::string& words);

// What is on one page of `all` things.
struct PageOf {
  std::size_t page = 1, pages = 1, begin = 0, end = 0;
};
PageOf page_of(std::size_t all, std::size_t page, std::size_t size);
// The links to the pages before and after; none when there is one page. `path`: with its query.
void fill_pager(ctemplate::TemplateDictionary& values, const PageOf& at, const std::string& path,
                Language language);
void fill_search(ctemplate::TemplateDictionary& values, const std::string& action, const std::string& label,
                 const DirectoryQuery& query, const std::string& count);

// The names that fields of people suggest.
void fill_suggestions(ctemplate::TemplateDictionary& values, const service::DirectoryView& directory);
// A choice of association where there is one to make.
void fill_organisations(ctemplate::TemplateDictionary& values, const service::DirectoryView& directory,
                        OrganisationId chosen);
void add_option(ctemplate::TemplateDictionary& values, const char* section, std::string_view value,
                const std::string& text, bool selected);

std::string person_path(PersonId id);
std::string office_path(RosterId id);

// One leave as a row; `back`: where its form leads. `named`: with whose it is.
void add_absence(ctemplate::TemplateDictionary& values, const service::DirectoryView& directory,
                 const Absence& absence, const Frame& frame, const std::string& back, bool named);

}  // namespace convoke::web
