#include "web/pages/embed_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/entry_line.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"
#include "web/twins/schema_event.hpp"

#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <charconv>

namespace convoke::web {
namespace {

namespace json = boost::json;
using calendar::FeedQuery;

Result<std::size_t> count_in(const std::string& text) {
  std::size_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < 1 ||
      value > most_embedded_entries)
    return Error(Errc::invalid_input, fmt::format("count is a number from 1 to {}", most_embedded_entries));
  return value;
}

}  // namespace

Result<EmbedQuery> parse_embed_query(const Pairs& pairs) {
  EmbedQuery query;
  Pairs filters;
  bool counted = false;
  for (const auto& pair : pairs) {
    if (pair.first != "count") {
      filters.push_back(pair);
      continue;
    }
    if (counted) return Error(Errc::invalid_input, "count may be given once");
    const auto count = count_in(pair.second);
    if (!count) return count.error();
    query.count = *count;
    counted = true;
  }
  auto filter = calendar::parse_feed_query(filters);
  if (!filter) return filter.error();
  query.filter = std::move(*filter);
  return query;
}

std::string embed_json_path(const FeedQuery& query) {
  constexpr std::string_view page = "/embed/coming";
  return fmt::format("{}.json{}", page, embed_path(query).substr(page.size()));
}

std::string render_embed(const std::vector<service::FeedEntry>& entries, const FeedQuery& query,
                         const service::Snapshot& snapshot, const Frame& frame) {
  ctemplate::TemplateDictionary values("embed");
  values["LANG"] = std::string(tag_of(frame.language));
  values["STYLE"] = asset_address("embed.css");
  values["PAGE_TITLE"] = calendar_name(query, snapshot, frame.language);
  values["SUBSCRIBE_HREF"] = frame.base_url + subscribe_path(query);
  if (entries.empty()) {
    values.ShowSection("NOTHING");
  } else {
    auto& list = *values.AddSectionDictionary("SOMETHING");
    for (const auto& entry : entries)
      fill_entry_line(*list.AddSectionDictionary("ENTRY"), entry, frame.language, frame.base_url);
  }
  return render_template("bare_embed.html", frame.language, values);
}

std::string embed_json(const std::vector<service::FeedEntry>& entries, const FeedQuery& query,
                       const service::Snapshot& snapshot, const Frame& frame) {
  json::array events;
  for (const auto& entry : entries) {
    auto event = schema_event(entry, snapshot, frame.base_url);
    event.erase("@context");
    events.push_back(std::move(event));
  }
  const json::object list = {{"@context", "https://schema.org"},
                             {"@type", "ItemList"},
                             {"name", calendar_name(query, snapshot, frame.language)},
                             {"url", frame.base_url + subscribe_path(query)},
                             {"numberOfItems", events.size()},
                             {"itemListElement", std::move(events)}};
  return json::serialize(list) + "\n";
}

std::string embed_snippet(const FeedQuery& query, const service::Snapshot& snapshot, const Frame& frame) {
  return fmt::format(
      R"(<iframe src="{}" title="{}" width="100%" height="480" loading="lazy" frameborder="0"></iframe>)",
      escape_html(frame.base_url + embed_path(query)),
      escape_html(calendar_name(query, snapshot, frame.language)));
}

}  // namespace convoke::web
