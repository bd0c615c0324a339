// Pages as text: templates that are part of the program, translated once per language and then filled by
// ctemplate, which escapes every value by the place it stands in (text, attribute, address).
//
// A template file (web/templates/*.html) is HTML with three additions:
//   [[text]]   an English message id, replaced by its translation when the program starts
//   [[>name]]  another template file, put in as it is
//   {{NAME}}, {{#SECTION}}…{{/SECTION}}  ctemplate's values and sections
#pragma once

#include "model/language.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// `body` ("home.html") within layout.html, or a whole document ("bare_poster.html"), in `language`, filled with `values`. Throws std::logic_error for a
// template that does not exist: a fault of ours.
std::string render_template(std::string_view body, Language language,
                            const ctemplate::TemplateDictionary& values);

// Message ids that the templates use, for the test that looks for missing translations.
std::vector<std::string> message_ids_of_templates();

}  // namespace convoke::web
