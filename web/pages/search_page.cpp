#include "web/pages/search_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {

std::string search_path(const std::string& text) {
  return text.empty() ? "/search" : with_query("/search", "q", text);
}

std::string render_search(const SearchView& view, const Frame& frame) {
  const Language language = frame.language;
  ctemplate::TemplateDictionary values("search");
  fill_frame(values, frame, tr(language, "Search"), Place::search);
  values["TEXT"] = view.text;
  if (!trim(view.text).empty()) {
    auto& answer = *values.AddSectionDictionary("ANSWER");
    answer["COUNT"] =
        view.found.empty()
            ? tr(language, "Nothing was found. Try fewer words, or only the beginning of a word.")
            : trn(language, "{n} event found", "{n} events found", static_cast<long>(view.found.size()));
    if (view.more) answer.ShowSection("MORE");
    for (const Event* event : view.found)
      fill_event_line(*answer.AddSectionDictionary("EVENT"), *event, language,
                      view.snapshot->sources.name_of(event->source));
  }
  return render_template("search.html", language, values);
}

}  // namespace convoke::web
