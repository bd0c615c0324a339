#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/pages/entry_line.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/twins/clean_text.hpp"
#include "web/twins/twin.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convoke::web {
namespace {

using service::FeedEntry;

std::string escaped(std::string_view text) {
  return escape_html(clean_text(text));
}

// When it takes place comes first: a reader of news sees nothing else of a calendar.
std::string summary_of(const FeedEntry& entry, const TwinView& view) {
  auto summary = entry_when(entry, view.language);
  const auto text = service::entry_text(entry, view.settings, view.language);
  return text.empty() ? summary : summary + "\n" + text;
}

std::string entry_of(const FeedEntry& entry, const TwinView& view) {
  const Event& event = *entry.event;
  return fmt::format(
      "<entry>\n<id>{}</id>\n<title "
      "type=\"text\">{}</title>\n<updated>{}</updated>\n<published>{}</published>\n"
      "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<category term=\"{}\" label=\"{}\"/>\n"
      "<summary type=\"text\">{}</summary>\n</entry>\n",
      escaped(uuid_urn(entry.uid)), escaped(entry.title), format_iso(event.modified),
      format_iso(event.created), escaped(view.settings.base_url + event_path(event.id)), name_of(event.kind),
      escaped(capitalise(calendar::kind_label(event.kind, view.language))), escaped(summary_of(entry, view)));
}

}  // namespace

std::string atom_feed(const TwinView& view) {
  const auto* publisher = publisher_of(view.query, view.snapshot);
  const auto self =
      view.address.empty() ? view.settings.base_url + twin_path(view.query, "atom") : view.address;
  const auto page = view.page.empty() ? view.settings.base_url + subscribe_path(view.query) : view.page;
  const auto title =
      view.title.empty() ? calendar_name(view.query, view.snapshot, view.language) : view.title;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"{}\">\n"
      "<id>{}</id>\n<title type=\"text\">{}</title>\n<updated>{}</updated>\n"
      "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n"
      "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<author><name>{}</name></author>\n"
      "<generator>Convoke</generator>\n",
      tag_of(view.language), uuid_urn(self), escaped(title), format_iso(view.modified), escaped(self),
      escaped(page), escaped(publisher ? publisher->name : std::string("Convoke")));
  std::vector<const FeedEntry*> newest;
  for (const auto& entry : view.entries) newest.push_back(&entry);
  std::stable_sort(newest.begin(), newest.end(), [](const FeedEntry* a, const FeedEntry* b) {
    return a->event->modified > b->event->modified;
  });
  for (const auto* entry : newest) out += entry_of(*entry, view);
  return out + "</feed>\n";
}

}  // namespace convoke::web
