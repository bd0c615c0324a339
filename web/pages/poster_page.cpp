#include "web/pages/poster_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

// Characters of an address that somebody still types off a wall.
constexpr std::size_t longest_typed_address = 60;

std::string without_scheme(std::string address) {
  const auto end = address.find("://");
  return end == std::string::npos ? address : address.substr(end + 3);
}

// The address itself, or that of the page on which the same can be chosen.
std::string typed_address(const calendar::FeedQuery& query, const std::string& base_url) {
  auto address = without_scheme(page_address(query, base_url));
  if (address.size() <= longest_typed_address) return address;
  return without_scheme(page_address({}, base_url));
}

}  // namespace

std::string page_address(const calendar::FeedQuery& query, std::string_view base_url) {
  return std::string(base_url) + subscribe_path(query);
}

Result<std::string> render_poster(const service::Snapshot& snapshot, const calendar::FeedQuery& query,
                                  const Frame& frame) {
  const Language language = frame.language;
  const auto code = qr_svg(page_address(query, frame.base_url), tr(language, "QR code of this calendar"));
  if (!code) return code.error();
  ctemplate::TemplateDictionary values("poster");
  values["LANG"] = std::string(tag_of(language));
  values["STYLE"] = asset_address("poster.css");
  values["BACK_HREF"] = subscribe_path(query);
  auto rest = query;
  const auto* publisher = publisher_of(query, snapshot);
  if (publisher != nullptr) rest.organisations.clear();
  const auto title = name_of_choice(rest, snapshot, language);
  const bool is_whole = title == tr(language, "All events");
  values["TITLE"] = is_whole ? tr(language, "Calendar of events") : title;
  values["PAGE_TITLE"] = calendar_name(query, snapshot, language);
  if (publisher != nullptr) (*values.AddSectionDictionary("PUBLISHER"))["PUBLISHER_TEXT"] = publisher->name;
  if (const auto reach = reach_text(frame.base_url, language); !reach.empty())
    (*values.AddSectionDictionary("REACH"))["REACH_TEXT"] = reach;
  values["SVG"] = *code;
  values["ADDRESS"] = typed_address(query, frame.base_url);
  return render_template("bare_poster.html", language, values);
}

}  // namespace convoke::web
