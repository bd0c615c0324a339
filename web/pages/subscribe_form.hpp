// The form that composes a filtered calendar: boxes for what is published, fields for words, days and how the
// calendar is shown. It needs no script.
#pragma once

#include "service/presentation.hpp"
#include "web/pages/feed_choice.hpp"

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

void fill_subscribe_form(ctemplate::TemplateDictionary& values, const calendar::FeedQuery& query,
                         const std::vector<FeedChoiceGroup>& groups, Language language);

}  // namespace convoke::web
