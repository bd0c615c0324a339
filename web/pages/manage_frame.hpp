// What the pages of the workplace (/manage/…) share: one navigation, under the site's own frame. The template
// of such a page begins with [[>part_manage.html]].
#pragma once

#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

// The places of the workplace, in the order of the navigation.
enum class Desk { control, plans, rules, outbox, texts, directory, unreachable, webhooks, accounts, intake };

// Fills what layout.html and part_manage.html need. A page below a place (one office, one mail) names the
// place it hangs below.
void fill_manage_frame(ctemplate::TemplateDictionary& values, const Frame& frame, const std::string& title,
                       Desk desk);

}  // namespace convoke::web
