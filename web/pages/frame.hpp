// What every page has around its own content: language, menu, links to itself in the other languages.
#pragma once

#include "model/language.hpp"
#include "service/accounts.hpp"
#include "service/presentation.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

enum class Place { elsewhere, home, calendar, plans, search, subscribe, workplace, my_work, calendars, account, login };

struct Frame {
  Language language = Language::uk;
  std::string address = "/";                     // of this page, without lang: "/plans/3", "/?kind=meeting"
  std::string base_url;                          // absolute, without a final slash
  std::shared_ptr<const service::SignedIn> who;  // who is signed in; null: nobody
  bool greets = false;  // whether the page says who is signed in, or how to: some do not know
  std::string csrf;     // what its forms carry (web/csrf.hpp)
};

// Fills what layout.html needs. `feed`: a calendar with what this page shows, announced to feed readers.
void fill_frame(ctemplate::TemplateDictionary& values, const Frame& frame, const std::string& title,
                Place place, const std::optional<calendar::FeedQuery>& feed = {});

// Shows section NAME with NAME_TEXT (a value of its own) unless the text is empty.
void show_text(ctemplate::TemplateDictionary& values, const std::string& name, const std::string& text);

// "9 of 27 days are not fixed yet"
std::string open_days_text(Language language, long open, long all);

}  // namespace convoke::web
