// Fields of a page on which several may write: as typed; what is wrong is said beside a field, and who was
// overtaken sees what stands now beside the own words.
#pragma once

#include "base/text.hpp"
#include "model/language.hpp"

#include <ctemplate/template_dictionary.h>

#include <string>

namespace convoke::web {

template<class Typed>
struct WrittenField {
  const char* name;   // of the form
  const char* value;  // in the template, which has sections NAME_PROBLEM and NAME_NOW, too
  std::string Typed::*text;
};

// `problem`: the name of the field that cannot be used, which `problem_text` puts into words.
template<class Typed, class Fields>
void fill_written(ctemplate::TemplateDictionary& values, const Fields& fields, const Typed& typed,
                  const Typed& now, bool overtaken, const std::string& problem, Language language,
                  std::string (*problem_text)(const std::string&, Language)) {
  for (const auto& [name, value, text] : fields) {
    const std::string key = value;
    std::string words = typed.*text;
    std::erase(words, '\r');
    values[key] = words;
    if (problem == name)
      (*values.AddSectionDictionary(key + "_PROBLEM"))["TEXT"] = problem_text(problem, language);
    if (overtaken && trim(words) != trim(now.*text))
      (*values.AddSectionDictionary(key + "_NOW"))["TEXT"] = now.*text;
  }
}

}  // namespace convoke::web
