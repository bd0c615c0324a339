#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/twins/clean_text.hpp"
#include "web/twins/schema_event.hpp"
#include "web/twins/twin.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace convoke::web {
namespace {

namespace json = boost::json;
using service::FeedEntry;

json::array attachments_of(const Event& event) {
  json::array out;
  for (const auto& file : event.attachments) {
    if (!is_web_link(file.url) || file.media_type.empty()) continue;  // mime_type must be there
    json::object one = {{"url", file.url}, {"mime_type", clean_text(file.media_type)}};
    if (!file.name.empty()) one["title"] = clean_text(file.name);
    out.push_back(std::move(one));
  }
  return out;
}

json::object item_of(const FeedEntry& entry, const TwinView& view) {
  const Event& event = *entry.event;
  const auto text = clean_text(service::entry_text(entry, view.settings, view.language));
  auto about = schema_event(entry, view.snapshot, view.settings.base_url);
  json::object item = {{"id", uuid_urn(entry.uid)},
                       {"url", view.settings.base_url + event_path(event.id)},
                       {"title", clean_text(entry.title)},
                       {"content_text", text.empty() ? clean_text(entry.title) : text},
                       {"date_published", format_iso(event.created)},
                       {"date_modified", format_iso(event.modified)},
                       {"language", tag_of(view.language)},
                       {"tags", json::array{capitalise(calendar::kind_label(event.kind, view.language))}},
                       {"_event", std::move(about)}};
  if (is_web_link(event.image_url)) item["image"] = event.image_url;
  if (auto attachments = attachments_of(event); !attachments.empty())
    item["attachments"] = std::move(attachments);
  return item;
}

}  // namespace

std::string json_feed(const TwinView& view) {
  const auto* publisher = publisher_of(view.query, view.snapshot);
  const auto name =
      clean_text(view.title.empty() ? calendar_name(view.query, view.snapshot, view.language) : view.title);
  json::array items;
  for (const auto& entry : view.entries) items.push_back(item_of(entry, view));
  const json::object feed = {
      {"version", "https://jsonfeed.org/version/1.1"},
      {"title", name},
      {"home_page_url", view.page.empty() ? view.settings.base_url + subscribe_path(view.query) : view.page},
      {"feed_url",
       view.address.empty() ? view.settings.base_url + twin_path(view.query, "json") : view.address},
      {"language", tag_of(view.language)},
      {"authors", json::array{{{"name", publisher ? clean_text(publisher->name) : std::string("Convoke")},
                               {"url", view.settings.base_url + "/"}}}},
      {"items", std::move(items)}};
  return json::serialize(feed) + "\n";
}

}  // namespace convoke::web
