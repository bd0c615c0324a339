#include "web/pages/frame.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

// Characters of a title that tabs and bookmarks still show, our name left out.
constexpr std::size_t longest_page_title = 56;

// Each language by its own name, in the order of Language.
// The same for narrow screens.
constexpr std::array<const char*, all_languages.size()> short_names = {"Укр", "Бел", "Рус", "Eng"};

void fill_languages(ctemplate::TemplateDictionary& values, const Frame& frame) {
  for (const Language language : all_languages) {
    const std::string tag(tag_of(language));
    const auto href = with_query(frame.address, "lang", tag);
    auto& entry = *values.AddSectionDictionary("LANGUAGE");
    entry["TAG"] = tag;
    entry["HREF"] = href;
    entry["NAME"] = own_name(language);
    entry["SHORT"] = short_names.at(static_cast<std::size_t>(language));
    if (language == frame.language) entry.ShowSection("CURRENT");
    auto& alternate = *values.AddSectionDictionary("ALTERNATE");
    alternate["TAG"] = tag;
    alternate["HREF"] = frame.base_url + href;
  }
}

void fill_account(ctemplate::TemplateDictionary& values, const Frame& frame, Place place) {
  if (!frame.greets) return;
  auto& account = *values.AddSectionDictionary("ACCOUNT");
  if (place == Place::my_work) account.ShowSection("AT_MY_WORK");
  if (place == Place::calendars) account.ShowSection("AT_CALENDARS");
  if (place == Place::account) account.ShowSection("AT_ACCOUNT");
  if (!frame.who) {
    // Back to where one was; from where signing in makes no sense, to the first page.
    auto& entry = *account.AddSectionDictionary("NOBODY");
    entry["HREF"] = place == Place::login || frame.address == "/"
                        ? std::string("/login")
                        : with_query("/login", "next", frame.address);
    if (place == Place::login) entry.ShowSection("CURRENT");
    return;
  }
  auto& somebody = *account.AddSectionDictionary("SOMEBODY");
  somebody["WHO"] = frame.who->name;
  if (frame.who->role < AccountRole::organiser) return;
  auto& workplace = *somebody.AddSectionDictionary("WORKPLACE");
  if (place == Place::workplace) workplace.ShowSection("AT_WORKPLACE");
}

}  // namespace

void fill_frame(ctemplate::TemplateDictionary& values, const Frame& frame, const std::string& title,
                Place place, const std::optional<calendar::FeedQuery>& feed) {
  values["LANG"] = std::string(tag_of(frame.language));
  values["PAGE_TITLE"] = ellipsize(title, longest_page_title);
  values["STYLE"] = asset_address("convoke.css");
  if (place == Place::home) values.ShowSection("AT_HOME");
  if (place == Place::calendar) values.ShowSection("AT_CALENDAR");
  if (place == Place::plans) values.ShowSection("AT_PLANS");
  if (place == Place::search) values.ShowSection("AT_SEARCH");
  if (place == Place::subscribe) values.ShowSection("AT_SUBSCRIBE");
  if (feed) {
    auto& link = *values.AddSectionDictionary("FEED_LINK");
    link["FEED_TITLE"] = title;
    link["FEED_HREF"] = feed_path(*feed);
    link["FEED_JSON"] = twin_path(*feed, "json");
    link["FEED_ATOM"] = twin_path(*feed, "atom");
  }
  fill_account(values, frame, place);
  fill_languages(values, frame);
}

void show_text(ctemplate::TemplateDictionary& values, const std::string& name, const std::string& text) {
  if (text.empty()) return;
  auto& section = *values.AddSectionDictionary(name);
  section[name + "_TEXT"] = text;
}

std::string open_days_text(Language language, long open, long all) {
  return tr(language, "{open} of {all} without a fixed day",
            {{"open", std::to_string(open)}, {"all", std::to_string(all)}});
}

}  // namespace convoke::web
