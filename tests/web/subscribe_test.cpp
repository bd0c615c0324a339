#include "base/text.hpp"
#include "service/feeds.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/subscribe_sample.hpp"
#include "web/i18n.hpp"
#include "web/pages/embed_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/poster_page.hpp"
#include "web/qr.hpp"
#include "web/target.hpp"

#include <boost/json/parse.hpp>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

Frame frame_in(Language language, std::string base_url = "https://plans.example.org") {
  Frame frame;
  frame.language = language;
  frame.base_url = std::move(base_url);
  frame.address = "/subscribe";
  return frame;
}

std::string page_of(std::shared_ptr<const service::Snapshot> snapshot, const calendar::FeedQuery& query,
                    Language language) {
  return tests::subscribe_page(std::move(snapshot), query, frame_in(language));
}

std::string part(const std::string& html, const std::string& from, const std::string& to) {
  const auto start = html.find(from);
  REQUIRE(start != std::string::npos);
  return html.substr(start, html.find(to, start) - start);
}

std::string card_of(const std::string& html) {
  return part(html, "id=\"sub-main\"", "</section>");
}

std::size_t occurrences_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

Event changed(const service::Snapshot& snapshot, std::int64_t id) {
  return *snapshot.find_event(EventId{id});
}

}  // namespace

TEST_CASE("a subscription can be started from any calendar program") {
  const auto html = page_of(tests::sample_snapshot(), {}, Language::ru);
  CHECK_THAT(html, Contains("href=\"webcal://plans.example.org/feeds/all.ics\""));
  CHECK_THAT(html, Contains("value=\"https://plans.example.org/feeds/all.ics\""));
  CHECK_THAT(html, Contains("https://calendar.google.com/calendar/r?cid="
                            "webcal%3A%2F%2Fplans.example.org%2Ffeeds%2Fall.ics"));
  CHECK_THAT(html, Contains("/feeds/meeting.ics") && !Contains("/feeds/goal.ics"));
  CHECK_THAT(html, Contains("Зимянина Т.Р.") && Contains("2 события"));
  calendar::FeedQuery one;
  one.kinds = {EventKind::competition};
  CHECK_THAT(page_of(tests::sample_snapshot(), one, Language::ru),
             Contains("webcal://plans.example.org/feeds/all.ics?kind=competition"));
}

TEST_CASE("a known person is subscribed to by number and one of two so called by name") {
  auto snapshot = tests::sample_snapshot();
  const auto name_person = [&](std::size_t index, std::int64_t number) {
    Event event = *snapshot->find_event(EventId{static_cast<std::int64_t>(index) + 1});
    event.responsible.front().person = PersonId{number};
    snapshot->events.put(std::make_shared<const Event>(event));
  };
  name_person(0, 17);  // Зимянина Т.Р., both of her events
  name_person(2, 17);
  name_person(1, 18);  // Гордейчик О.В., one of two
  name_person(3, 19);
  const auto html = page_of(snapshot, {}, Language::ru);
  CHECK_THAT(html, Contains("/feeds/all.ics?responsible=17\"") && !Contains("responsible=18"));
  CHECK_THAT(html, Contains(percent_encode(fold("Гордейчик О.В."))) && Contains("responsible=19"));
  CHECK_THAT(html, !Contains(percent_encode(fold("Зимянина Т.Р."))));

  const auto asked =
      calendar::parse_feed_query(Pairs{{"responsible", "Зимянина Т. Р."}, {"responsible", "Гордейчик О.В."}});
  REQUIRE(asked);
  const auto chosen = page_of(snapshot, *asked, Language::ru);
  CHECK_THAT(chosen, Contains("<h2 id=\"sub-main\"><bdi>Зимянина Т.Р. · Гордейчик О.В.</bdi></h2>"));
  CHECK_THAT(chosen, Contains("webcal://plans.example.org/feeds/all.ics?responsible=17&amp;responsible=" +
                              percent_encode(fold("Гордейчик О.В."))));
}

TEST_CASE("an address too long for Google Calendar is not offered to it") {
  const std::string base = "https://plans.example.org";
  const auto path_for = [&](std::size_t length) {  // of the address with "webcal:" for "https:"
    return "/" + std::string(length - base.size() - 2, 'x');
  };
  CHECK_FALSE(feed_links(base, path_for(longest_feed_address)).google.empty());
  CHECK(feed_links(base, path_for(longest_feed_address)).webcal.size() + 7 == longest_feed_address);
  CHECK(feed_links(base, path_for(longest_feed_address + 1)).google.empty());

  calendar::FeedQuery one, many;
  one.sections = {fold("Повышение мастерства")};
  many.sections = {fold("Повышение мастерства"), fold("Работа с библиотеками района")};
  const auto snapshot = tests::sample_snapshot();
  const auto main_card = [&](const calendar::FeedQuery& query) {
    const auto html = page_of(snapshot, query, Language::uk);
    const auto start = html.find("id=\"sub-main\"");
    return html.substr(start, html.find("</section>", start) - start);
  };
  CHECK_THAT(main_card(one), Contains("calendar.google.com") && !Contains("задовга"));
  CHECK_THAT(main_card(many), !Contains("calendar.google.com") && Contains("задовга") && Contains("webcal:"));
}

TEST_CASE("every program has its own button with the address in the form it takes") {
  calendar::FeedQuery query;
  query.kinds = {EventKind::seminar};
  const auto card = card_of(page_of(tests::sample_snapshot(), query, Language::en));
  const std::string path = "plans.example.org/feeds/all.ics?kind=seminar";
  CHECK_THAT(card, Contains("href=\"webcal://" + path + "\""));
  CHECK_THAT(card, Contains("r?cid=" + percent_encode("webcal://" + path)));
  for (const std::string host : {"outlook.live.com", "outlook.office.com"})
    CHECK_THAT(
        card, Contains("https://" + host + "/calendar/0/addfromweb?url=" + percent_encode("https://" + path) +
                       "&amp;name=" + percent_encode(tests::sample_organisation().name + " · Seminar")));
  CHECK_THAT(card, Contains("readonly value=\"https://" + path + "\""));
  CHECK_THAT(card, Contains("/subscribe/poster?kind=seminar\""));
}

TEST_CASE("the code on the page is that of the page itself") {
  calendar::FeedQuery query;
  query.kinds = {EventKind::seminar};
  query.language = Language::be;
  const auto card = card_of(page_of(tests::sample_snapshot(), query, Language::en));
  const auto address = "https://plans.example.org/subscribe?kind=seminar&feed-lang=be";
  CHECK(page_address(query, "https://plans.example.org") == address);
  CHECK_THAT(card, Contains(*qr_svg(address, tr(Language::en, "QR code of this calendar"))));
  const auto again =
      parse_subscribe_query({{"kind", "seminar"}, {"feed-lang", "be"}, {"lang", "ru"}, {"q", ""}});
  REQUIRE(again);
  CHECK(*again == query);
}

TEST_CASE("a reader is told when telephones cannot reach an address") {
  const std::pair<const char*, Reach> rows[] = {
      {"http://127.0.0.1:8080", Reach::this_machine},   {"http://localhost", Reach::this_machine},
      {"http://[::1]:8080", Reach::this_machine},       {"https://127.1.2.3", Reach::this_machine},
      {"http://0.0.0.0:8080", Reach::this_machine},     {"http://192.168.1.20", Reach::local_network},
      {"https://10.0.0.7:8443", Reach::local_network},  {"http://172.16.4.1", Reach::local_network},
      {"http://172.32.4.1", Reach::unencrypted},        {"http://library", Reach::local_network},
      {"http://plans.local:80", Reach::local_network},  {"http://[fd00::7]", Reach::local_network},
      {"http://plans.example.org", Reach::unencrypted}, {"https://plans.example.org", Reach::everywhere},
      {"https://fd.example.org", Reach::everywhere},    {"https://10.example.org.", Reach::local_network},
      {"https://[2001:db8::1]/x", Reach::everywhere},
  };
  for (const auto& [base_url, expected] : rows) {
    CAPTURE(base_url);
    CHECK((reach_of(base_url) == expected));
  }
  const auto here = frame_in(Language::uk, "http://127.0.0.1:8080");
  CHECK_THAT(tests::subscribe_page(tests::sample_snapshot(), {}, here), Contains("лише на цьому комп’ютері"));
  CHECK_THAT(page_of(tests::sample_snapshot(), {}, Language::uk), !Contains("лише на цьому комп’ютері"));
}

TEST_CASE("the preview shows what comes next and how the calendar marks it") {
  const auto html = page_of(tests::sample_snapshot(), {}, Language::uk);
  const auto preview = part(html, "class=\"preview\"", "</section>");
  CHECK_THAT(preview, !Contains("Заседание № 1"));  // over
  CHECK_THAT(preview, Contains("Круглый стол") && Contains("24 жовтня 2024, 10:00–12:30"));
  CHECK(preview.find("Круглый стол") < preview.find("Семинар-практикум"));
  CHECK_THAT(preview, Contains("is-vague") && Contains("29 листопада 2024"));  // its month's last working day
  CHECK_THAT(preview, Contains("до 15 січня 2025"));
  CHECK(occurrences_of(preview, "<li") <= previewed_entries);

  calendar::FeedQuery hidden;
  hidden.periods = calendar::VaguePeriods::hide;
  const auto fixed_only =
      part(page_of(tests::sample_snapshot(), hidden, Language::uk), "class=\"preview\"", "</section>");
  CHECK_THAT(fixed_only, Contains("Круглый стол") && !Contains("Семинар-практикум"));
}

TEST_CASE("a preview counts each time of a series and shows the day that was moved") {
  auto snapshot = tests::sample_snapshot();
  Event series = changed(*snapshot, 7);
  Period period;
  period.precision = Precision::recurring;
  period.first = make_date(2024, 9, 1);
  period.last = make_date(2025, 5, 31);
  period.time = std::chrono::hours{15};
  period.recurrence = Recurrence{};
  period.recurrence->frequency = Frequency::weekly;
  period.recurrence->weekdays = {WeekdayRule{std::chrono::Thursday, 0}};
  series.period = period;
  Override moved;
  moved.day = make_date(2024, 10, 10);
  moved.date = make_date(2024, 10, 11);
  moved.title = "Консультация в пятницу";
  series.overrides = {moved};
  snapshot->events.put(std::make_shared<const Event>(series));
  const auto entries = service::coming(
      *snapshot, {}, {}, Instant{to_days(tests::sample_today).time_since_epoch()}, tests::sample_today, 3);
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].first == make_date(2024, 10, 11));
  CHECK(entries[0].plain_title == "Консультация в пятницу");
  CHECK(entries[1].first == make_date(2024, 10, 17));
  CHECK(entries[2].first == make_date(2024, 10, 24));
  CHECK(entries[1].start == parse_iso_instant("2024-10-17T12:00:00Z").value());
}

TEST_CASE("a cancelled event leaves the preview when it leaves the calendar") {
  auto snapshot = tests::sample_snapshot();
  Event event = changed(*snapshot, 4);
  const auto now = Instant{to_days(tests::sample_today).time_since_epoch()};
  const auto titles = [&](Instant modified) {
    event.modified = modified;
    snapshot->events.put(std::make_shared<const Event>(event));
    std::string all;
    for (const auto& entry : service::coming(*snapshot, {}, {}, now, tests::sample_today, 50))
      all += entry.title + "\n";
    return all;
  };
  CHECK_THAT(titles(now - service::cancelled_shown_for + std::chrono::seconds{1}), Contains("архив"));
  CHECK_THAT(titles(now - service::cancelled_shown_for), !Contains("архив"));
}

TEST_CASE("the builder keeps what was chosen and asks for nothing else") {
  const auto asked = parse_subscribe_query({{"kind", "seminar"},
                                            {"kind", "competition"},
                                            {"q", "каталог"},
                                            {"from", "2024-10-01"},
                                            {"to", "2025-01-31"},
                                            {"periods", "span"},
                                            {"feed-lang", "en"},
                                            {"alarms", "1"},
                                            {"section", ""}});
  REQUIRE(asked);
  const auto html = page_of(tests::sample_snapshot(), *asked, Language::uk);
  const auto form = part(html, "<form id=\"builder\"", "</form>");
  CHECK_THAT(form, Contains("value=\"seminar\" checked") && Contains("value=\"competition\" checked"));
  CHECK(occurrences_of(form, "checked") == 3);  // and the alarms
  CHECK_THAT(form, Contains("name=\"q\" maxlength=\"100\" value=\"каталог\""));
  CHECK_THAT(form,
             Contains("name=\"from\" value=\"2024-10-01\"") && Contains("name=\"to\" value=\"2025-01-31\""));
  CHECK_THAT(form, Contains("value=\"span\" selected") && Contains("value=\"en\" selected"));
  CHECK_THAT(card_of(html),
             Contains("/feeds/all.ics?kind=seminar&amp;kind=competition&amp;q=" + percent_encode("каталог") +
                      "&amp;from=2024-10-01&amp;to=2025-01-31&amp;periods=span&amp;lang=en&amp;alarms=1"));
}

TEST_CASE("a mistake in the choice is said in the words of the reader") {
  const Pairs swapped{{"from", "2025-01-31"}, {"to", "2024-10-01"}};
  const auto error = parse_subscribe_query(swapped).error();
  CHECK_THAT(problem_in_words(swapped, error, Language::uk),
             Contains("раніше за перший") && !Contains("before"));
  const Pairs unknown{{"kind", "opera"}};
  CHECK_THAT(problem_in_words(unknown, parse_subscribe_query(unknown).error(), Language::ru),
             Contains("не удалось понять") && Contains("opera"));
}

TEST_CASE("a heading with commas makes a calendar of that section with a short address") {
  auto snapshot = tests::sample_snapshot();
  Event event = changed(*snapshot, 5);
  event.section = "Учёт, сверка, отчёты";
  snapshot->events.put(std::make_shared<const Event>(event));
  const auto asked = parse_subscribe_query({{"section", "Учёт, сверка, отчёты"}});
  REQUIRE(asked);
  CHECK(asked->sections.size() == 4);
  const auto short_one = shortest(*asked, *snapshot);
  CHECK(short_one.sections == std::vector<std::string>{fold("Учёт, сверка, отчёты")});
  CHECK(name_of_choice(short_one, *snapshot, Language::ru) == "Учёт, сверка, отчёты");
}

TEST_CASE("a poster names the association and prints an address that can be typed") {
  calendar::FeedQuery query;
  query.kinds = {EventKind::competition};
  const auto poster = render_poster(*tests::sample_snapshot(), query, frame_in(Language::ru));
  REQUIRE(poster);
  CHECK_THAT(*poster, Contains("<h1><bdi>Конкурс</bdi></h1>") && Contains(tests::sample_organisation().name));
  CHECK_THAT(*poster, Contains("<strong>plans.example.org/subscribe?kind=competition</strong>"));
  CHECK_THAT(*poster, Contains("<svg") && !Contains("<script") && !Contains("<header"));
  calendar::FeedQuery lengthy;
  lengthy.sections = {fold("Повышение мастерства")};
  CHECK_THAT(*render_poster(*tests::sample_snapshot(), lengthy, frame_in(Language::ru)),
             Contains("<strong>plans.example.org/subscribe</strong>"));
  calendar::FeedQuery endless;
  for (int i = 0; i < 40; ++i) endless.responsible.push_back("имя " + std::to_string(i));
  CHECK(render_poster(*tests::sample_snapshot(), endless, frame_in(Language::ru)).error().code ==
        Errc::limit_exceeded);
}

TEST_CASE("a partner's list takes its length from the address within bounds") {
  CHECK(parse_embed_query({})->count == usual_embedded_entries);
  CHECK(parse_embed_query({{"count", "1"}})->count == 1);
  CHECK(parse_embed_query({{"count", std::to_string(most_embedded_entries)}})->count ==
        most_embedded_entries);
  for (const auto& bad : {std::string("0"), std::to_string(most_embedded_entries + 1), std::string("-1"),
                          std::string("ten"), std::string(""), std::string("1e1")}) {
    CAPTURE(bad);
    CHECK(parse_embed_query({{"count", bad}}).error().code == Errc::invalid_input);
  }
  CHECK(parse_embed_query({{"count", "1"}, {"count", "2"}}).error().code == Errc::invalid_input);
  CHECK(parse_embed_query({{"colour", "red"}}).error().code == Errc::invalid_input);
}

TEST_CASE("a title cannot break out of a list on somebody else's page") {
  auto snapshot = tests::sample_snapshot();
  Event event = changed(*snapshot, 2);
  event.title = "</a><script>alert(1)</script>\"'&";
  event.place = "<img src=x onerror=alert(1)>";
  snapshot->events.put(std::make_shared<const Event>(event));
  Organisation& organisation = snapshot->organisations.front();
  organisation.name = "\"><script>";
  const auto entries = service::coming(
      *snapshot, {}, {}, Instant{to_days(tests::sample_today).time_since_epoch()}, tests::sample_today, 10);
  const auto frame = frame_in(Language::en);
  CHECK_THAT(render_embed(entries, {}, *snapshot, frame), !Contains("<script") && !Contains("<img"));
  CHECK_THAT(page_of(snapshot, {}, Language::en),
             !Contains("<script>alert") && !Contains("<img src=x") && !Contains("\"><script>"));
  CHECK_THAT(*render_poster(*snapshot, {}, frame), !Contains("<script"));
  CHECK_THAT(embed_snippet({}, *snapshot, frame), !Contains("\"><script>"));
  CHECK_NOTHROW(boost::json::parse(embed_json(entries, {}, *snapshot, frame)));
}
