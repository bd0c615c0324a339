#include "base/text.hpp"
#include "service/feeds.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/pages_sample.hpp"
#include "web/twins/clean_text.hpp"
#include "web/twins/schema_event.hpp"
#include "web/twins/twin.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>

#include <unistd.h>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
namespace json = boost::json;

namespace {

const Instant noon = parse_iso_instant("2024-10-07T09:00:00Z").value();

service::Settings settings() {
  service::Settings out;
  out.base_url = "https://plans.example.org";
  out.default_zone = "Europe/Minsk";
  return out;
}

struct Twins {
  std::shared_ptr<service::Snapshot> snapshot = tests::sample_snapshot();
  service::Settings set = settings();

  Twins() {
    change(4, [](Event& event) { event.modified = noon; });  // cancelled today
  }
  void change(std::int64_t id, const std::function<void(Event&)>& how) {
    Event event = *snapshot->find_event(EventId{id});
    how(event);
    snapshot->events.put(std::make_shared<const Event>(event));
  }
  template<class Write>
  std::string write(Write form, const calendar::FeedQuery& query = {},
                    std::size_t most = most_twin_entries) const {
    const TwinView view{*snapshot,
                        query,
                        set,
                        service::feed_entries(*snapshot, query, set, noon, most),
                        service::feed_language(*snapshot, query),
                        noon};
    return form(view);
  }
  json::object json(const calendar::FeedQuery& query = {}) const {
    return json::parse(write(json_feed, query)).as_object();
  }
};

const json::object& item_titled(const json::object& feed, std::string_view words) {
  for (const auto& item : feed.at("items").as_array())
    if (std::string_view(item.at("title").as_string()).find(words) != std::string_view::npos)
      return item.as_object();
  FAIL("no item has these words: " << words);
  return feed;
}

// What a strict reader of XML that is not ours says: nothing when the document is well-formed.
std::string complaint_about(const std::string& xml) {
  const auto file =
      std::filesystem::temp_directory_path() / ("convoke-atom-" + std::to_string(getpid()) + ".xml");
  std::ofstream(file) << xml;
  const std::string command =
      "/usr/bin/python3 -c \"import sys, xml.dom.minidom as m; m.parse(sys.argv[1])\" " + file.string() +
      " 2>&1 | tail -1";
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 256> bytes{};
  while (const auto size = std::fread(bytes.data(), 1, bytes.size(), pipe)) out.append(bytes.data(), size);
  pclose(pipe);
  std::filesystem::remove(file);
  return out;
}

const std::string hostile_title =
    "]]></title><script>alert(1)</script> \x01\x0B\x1F\x7F & \"'\xED\xA0\x80 \xEF\xBF\xBF \u202Eзадом "
    "наперёд\u202C \U0001F4DA";

}  // namespace

TEST_CASE("the JSON feed has what version 1.1 asks for") {
  const Twins twins;
  const auto feed = twins.json();
  CHECK(feed.at("version").as_string() == "https://jsonfeed.org/version/1.1");
  CHECK(feed.at("title").as_string() == tests::sample_organisation().name);
  CHECK(feed.at("feed_url").as_string() == "https://plans.example.org/feeds/all.json");
  CHECK(feed.at("home_page_url").as_string() == "https://plans.example.org/subscribe");
  CHECK(feed.at("authors").at(0).at("name").as_string() == tests::sample_organisation().name);
  REQUIRE(feed.at("items").as_array().size() == 7);  // all but the goal, what has no date and all-year work
  std::set<std::string> ids;
  for (const auto& item : feed.at("items").as_array()) {
    for (const char* member : {"id", "url", "title", "content_text", "date_published", "date_modified"}) {
      CAPTURE(member);
      REQUIRE(item.as_object().contains(member));
      CHECK_FALSE(item.at(member).as_string().empty());
    }
    CHECK(ids.insert(std::string(item.at("id").as_string())).second);
  }
}

TEST_CASE("each item holds an event as schema.org describes it") {
  Twins twins;
  twins.change(2, [](Event& event) {
    event.online_url = "https://meet.example.org/x";
    event.audience = {"школьные библиотекари"};
    event.parent = EventId{1};
  });
  const auto feed = twins.json();
  for (const auto& item : feed.at("items").as_array())
    for (const char* member :
         {"@context", "@type", "@id", "name", "startDate", "endDate", "eventStatus", "organizer", "url"}) {
      CAPTURE(member);
      CHECK(item.at("_event").as_object().contains(member));
    }
  const auto& table = item_titled(feed, "Круглый стол").at("_event").as_object();
  CHECK(table.at("startDate").as_string() == "2024-10-24T10:00:00+03:00");
  CHECK(table.at("endDate").as_string() == "2024-10-24T12:30:00+03:00");
  CHECK(table.at("eventStatus").as_string() == "https://schema.org/EventScheduled");
  CHECK(table.at("eventAttendanceMode").as_string() == "https://schema.org/MixedEventAttendanceMode");
  CHECK(table.at("location").at(0).at("name").as_string() == "Средняя школа № 7, читальный зал");
  CHECK(table.at("location").at(1).at("url").as_string() == "https://meet.example.org/x");
  CHECK(table.at("audience").at(0).at("audienceType").as_string() == "школьные библиотекари");
  CHECK(table.at("superEvent").at("url").as_string() == "https://plans.example.org/events/1");
  CHECK(table.at("organizer").at("name").as_string() == tests::sample_organisation().name);
  CHECK(table.at("url").as_string() == "https://plans.example.org/events/2");
  const auto& trip = item_titled(feed, "архив").at("_event").as_object();
  CHECK(trip.at("eventStatus").as_string() == "https://schema.org/EventCancelled");
  CHECK(trip.at("name").as_string() == "Экскурсия в областной архив");
  CHECK(trip.at("startDate").as_string() == "2024-11-14");
  CHECK(trip.at("endDate").as_string() == "2024-11-14");
}

TEST_CASE("a series says its rule or its days") {
  Twins twins;
  const auto quarterly = twins.json();
  CHECK(item_titled(quarterly, "Консультации").at("_event").at("subEvent").as_array().size() == 4);
  twins.change(7, [](Event& event) {
    event.period.recurrence->frequency = Frequency::monthly;
    event.period.recurrence->weekdays = {WeekdayRule{std::chrono::Thursday, 3}};
  });
  const auto monthly = twins.json();
  const auto& schedule = item_titled(monthly, "Консультации").at("_event").at("eventSchedule");
  CHECK(schedule.at("repeatFrequency").as_string() == "P1M");
  CHECK(schedule.at("byDay").at(0).as_string() == "3TH");
  CHECK(schedule.at("startDate").as_string() == "2024-09-19");
  CHECK(schedule.at("endDate").as_string() == "2025-05-31");
}

TEST_CASE("the twins hold what the calendar holds and keep its choice in their addresses") {
  Twins twins;
  twins.change(4, [](Event& event) { event.modified = noon - service::cancelled_shown_for; });
  CHECK(twins.json().at("items").as_array().size() == 6);  // the cancelled one has been shown long enough
  calendar::FeedQuery query;
  query.kinds = {EventKind::seminar};
  query.periods = calendar::VaguePeriods::hide;
  const auto none = twins.json(query);
  CHECK(none.at("items").as_array().empty());
  CHECK(none.at("feed_url").as_string() ==
        "https://plans.example.org/feeds/all.json?kind=seminar&periods=hide");
  CHECK_THAT(twins.write(atom_feed, query),
             Contains("all.atom?kind=seminar&amp;periods=hide") && !Contains("<entry>"));
  CHECK(complaint_about(twins.write(atom_feed, query)).empty());
  CHECK(service::feed_entries(*twins.snapshot, {}, twins.set, noon, 2).size() == 2);
  CHECK(service::feed_entries(*twins.snapshot, {}, twins.set, noon, 2).back().plain_title ==
        "Статистический отчёт за год");
}

TEST_CASE("the Atom feed has what RFC 4287 asks for") {
  Twins twins;
  twins.change(3, [](Event& event) { event.modified = noon; });
  const auto xml = twins.write(atom_feed);
  CHECK(complaint_about(xml).empty());
  const auto head = xml.substr(0, xml.find("<entry>"));
  for (const char* member :
       {"<id>urn:uuid:", "<title type=\"text\">", "<updated>2024-10-07T09:00:00Z</updated>", "<author><name>",
        "rel=\"self\"", "rel=\"alternate\"", "xml:lang=\"ru\""})
    CHECK_THAT(head, Contains(member));
  const std::regex entry("<entry>([\\s\\S]*?)</entry>");
  std::set<std::string> ids;
  for (std::sregex_iterator i(xml.begin(), xml.end(), entry), end; i != end; ++i) {
    const std::string text = (*i)[1];
    CAPTURE(text);
    std::smatch id;
    REQUIRE(std::regex_search(text, id,
                              std::regex("<id>(urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})</id>")));
    CHECK(ids.insert(id[1]).second);
    CHECK(
        std::regex_search(text, std::regex("<updated>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ</updated>")));
    CHECK_THAT(text,
               Contains("<title type=\"text\">") && Contains("rel=\"alternate\"") && Contains("<summary"));
  }
  CHECK(ids.size() == 7);
  CHECK(xml.find("Семинар-практикум") < xml.find("Круглый стол"));  // changed last
}

TEST_CASE("a hostile title stays text in both twins") {
  Twins twins;
  twins.change(2, [](Event& event) {
    event.title = hostile_title;
    event.place = hostile_title;
    event.description = hostile_title;
    event.online_url = "javascript:alert(1)";
  });
  twins.snapshot->organisations.front().name = hostile_title;
  const auto xml = twins.write(atom_feed);
  CHECK(complaint_about(xml).empty());
  CHECK_THAT(xml, !Contains("<script") && !Contains("]]>") && Contains("]]&gt;&lt;/title&gt;") &&
                      Contains("\u202E"));
  CHECK(is_valid_utf8(xml));
  const auto text = twins.write(json_feed);
  CHECK(is_valid_utf8(text));
  CHECK_THAT(text, !Contains("\\u0001") && !Contains("javascript:"));
  const auto feed = json::parse(text).as_object();
  CHECK_THAT(std::string(item_titled(feed, "alert").at("title").as_string()),
             Contains("<script>alert(1)</script>") && Contains("\U0001F4DA"));
  // The reader that found nothing does find what is wrong.
  CHECK_FALSE(complaint_about("<feed>\x01</feed>").empty());
}

TEST_CASE("an identity that is no UUID becomes the same URN for ever") {
  CHECK(uuid_urn("00000000-0000-4000-8000-00000000000A") == "urn:uuid:00000000-0000-4000-8000-00000000000a");
  const auto made = uuid_urn("meeting-7@neighbour.example");
  CHECK(made == uuid_urn("meeting-7@neighbour.example"));
  CHECK(made != uuid_urn("meeting-8@neighbour.example"));
  CHECK(std::regex_match(
      made, std::regex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
}
