#include "base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/pages_sample.hpp"
#include "tests/web/subscribe_sample.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/event_page.hpp"
#include "web/pages/home_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_page.hpp"
#include "web/pages/problem_page.hpp"
#include "web/target.hpp"

#include <regex>
#include <set>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

Frame frame_in(Language language) {
  Frame frame;
  frame.language = language;
  frame.base_url = "https://plans.example.org";
  return frame;
}

std::string home(Language language, HomeQuery query = {}, Date today = tests::sample_today) {
  auto frame = frame_in(language);
  frame.address = home_path(query);
  return render_home(make_home_view(tests::sample_snapshot(), std::move(query), today), frame);
}

std::string plan(Language language) {
  const auto snapshot = tests::sample_snapshot();
  PlanView view;
  view.plan = snapshot->find_plan(PlanId{1});
  view.rows = snapshot->events_of(PlanId{1});
  return render_plan(view, frame_in(language));
}

std::string event_page(const Event& event, Language language = Language::uk) {
  EventView view;
  view.event = &event;
  return render_event(view, frame_in(language));
}

std::vector<std::string> titles(const std::vector<const Event*>& events) {
  std::vector<std::string> out;
  for (const auto* event : events) out.push_back(event->title);
  return out;
}

std::vector<std::string> every_page(Language language) {
  const auto snapshot = tests::sample_snapshot();
  std::vector<std::string> pages = {
      home(language), plan(language), render_plans(*snapshot, frame_in(language)),
      tests::subscribe_page(snapshot, {}, frame_in(language)), render_problem(404, language, "")};
  for (const auto& event : snapshot->events) pages.push_back(event_page(*event, language));
  return pages;
}

}  // namespace

TEST_CASE("the first page sets what waits for a day apart from what has one") {
  const auto view = make_home_view(tests::sample_snapshot(), {}, tests::sample_today);
  using std::chrono::year;
  REQUIRE(view.months.size() == 3);
  CHECK(view.months[0].month == year{2024} / 10);
  CHECK(titles(view.months[0].dated) ==
        std::vector<std::string>{"Круглый стол «Библиотека и семья: разговор о чтении»"});
  CHECK(titles(view.months[0].to_schedule) == std::vector<std::string>{"Конкурс чтецов «Живое слово»"});
  CHECK(view.months[1].month == year{2024} / 11);
  CHECK(titles(view.months[1].to_schedule) ==
        std::vector<std::string>{"Семинар-практикум «Электронный каталог без страха»"});
  CHECK(view.months[2].month == year{2025} / 1);
  CHECK(view.throughout.size() == 2);
  CHECK(titles(view.without_date) == std::vector<std::string>{"Книжные выставки"});
  CHECK(view.earlier == year{2024} / 9);
  CHECK_FALSE(view.later);
}

TEST_CASE("past events are reached through an address with a month") {
  HomeQuery query;
  query.from = std::chrono::year{2024} / 9;
  const auto html = home(Language::ru, query, make_date(2026, 11, 22));
  CHECK_THAT(html, Contains("Заседание № 1") && Contains("состоялось") && Contains("Сентябрь 2024"));
  const auto now = make_home_view(tests::sample_snapshot(), {}, make_date(2026, 11, 22));
  CHECK(now.months.empty());
  CHECK(now.earlier == std::chrono::year{2024} / 9);
  CHECK_THAT(home(Language::ru, {}, make_date(2026, 11, 22)),
             Contains("Ближайших событий нет") && Contains("/?from=2024-09"));
}

TEST_CASE("a long list is cut between two months and says where it goes on") {
  auto snapshot = std::make_shared<service::Snapshot>();
  for (unsigned i = 0; i < 2 * events_per_page; ++i) {
    Event event;
    event.id = EventId{static_cast<std::int64_t>(i) + 1};
    event.title = "event";
    event.period = make_dated(make_date(2025, i < events_per_page ? 1 : 2, 1 + i % 28));
    snapshot->events.put(std::make_shared<const Event>(event));
  }
  const auto cut = make_home_view(snapshot, {}, make_date(2025, 1, 1));
  CHECK(cut.months.size() == 1);
  CHECK(cut.later == std::chrono::year{2025} / 2);
  snapshot->events.remove(EventId{1});
  const auto whole = make_home_view(snapshot, {}, make_date(2025, 1, 1));
  CHECK(whole.months.size() == 2);
  CHECK_FALSE(whole.later);
}

TEST_CASE("an event that has begun stands under the present month") {
  const auto view = make_home_view(tests::sample_snapshot(), {}, make_date(2024, 11, 3));
  REQUIRE_FALSE(view.months.empty());
  CHECK(view.months[0].month == std::chrono::year{2024} / 11);
  CHECK(titles(view.months[0].to_schedule).front() == "Конкурс чтецов «Живое слово»");
}

TEST_CASE("the first page shows the choice that its address makes") {
  const auto query = parse_home_query({{"kind", "seminar"}, {"responsible", ""}, {"lang", "xx"}});
  REQUIRE(query);
  const auto html = home(Language::uk, *query);
  CHECK_THAT(html, Contains("Семинар-практикум") && !Contains("Круглый стол «"));
  CHECK_THAT(html, Contains("value=\"seminar\" selected") && Contains("/subscribe?kind=seminar"));
  CHECK_THAT(html, Contains("/?kind=seminar&amp;lang=ru"));
  CHECK(parse_home_query({{"kind", "opera"}}).error().code == Errc::invalid_input);
  CHECK(parse_home_query({{"from", "2024-13"}}).error().code == Errc::invalid_input);
  CHECK(parse_home_query({{"from", "2024-11"}})->from == std::chrono::year{2024} / 11);
  CHECK(parse_home_query({{"color", "red"}}).error().code == Errc::invalid_input);
}

TEST_CASE("a vague event is shown honestly in the language of the reader") {
  const auto month = *tests::sample_snapshot()->find_event(EventId{3});
  const std::pair<Language, const char*> rows[] = {{Language::uk, "день ще не визначено"},
                                                   {Language::be, "дзень яшчэ не вызначаны"},
                                                   {Language::ru, "день ещё не назначен"},
                                                   {Language::en, "day not fixed yet"}};
  for (const auto& [language, words] : rows) {
    const auto html = event_page(month, language);
    CHECK_THAT(html, Contains(words) && Contains("datetime=\"2024-11\""));
    CHECK_THAT(html, Contains("<html lang=\"" + std::string(tag_of(language)) + "\">"));
  }
}

TEST_CASE("a plan is shown as its authors know it with what was fixed since") {
  const auto html = plan(Language::uk);
  CHECK_THAT(html, Contains("УТВЕРЖДАЮ") && Contains("Журавель Л.С.") && Contains("№ 27-д"));
  CHECK_THAT(html, Contains("СОГЛАСОВАНО") && Contains("очікує підпису"));
  CHECK_THAT(html, Contains("Методическая тема") && Contains("<li><bdi>обмениваться опытом</bdi></li>"));
  CHECK_THAT(html, Contains("Организация работы объединения") && Contains("Помогать молодым коллегам"));
  CHECK_THAT(html, Contains("октябрь 2024 года") && Contains("datetime=\"2024-10-24T10:00\""));
  CHECK_THAT(html, Contains("без визначеного дня: 2 із 9"));
  CHECK_THAT(html, Contains("по плану работы библиотек") && Contains("Семейное чтение: что показал опрос"));
  CHECK(html.find("Заседание № 1") < html.find("Круглый стол"));
}

TEST_CASE("an event page says when and where and what about") {
  const auto event = *tests::sample_snapshot()->find_event(EventId{2});
  const auto html = event_page(event);
  CHECK_THAT(html, Contains("Средняя школа № 7") && Contains("Гордейчик О.В.") && Contains("Порядок денний"));
  CHECK_THAT(html, Contains("href=\"/events/2.ics\"") && Contains("(Europe/Minsk)"));
  CHECK_THAT(event_page(*tests::sample_snapshot()->find_event(EventId{4})), Contains("скасовано"));
}

TEST_CASE("the caption of several tasks stands once with a list below it") {
  const auto snapshot = tests::sample_snapshot();
  Plan plan = *snapshot->plans.front();
  plan.preamble = {
      {"Тема", "Читаем вместе"},      {"Задачи", "помогать молодым"}, {"Задачи", "обмениваться опытом"},
      {"Задачи", "- вести летопись"}, {"", "Первый абзац"},           {"", "Второй абзац"},
      {"Задачи", "на лето"}};
  PlanView view;
  view.plan = &plan;
  const auto html = render_plan(view, frame_in(Language::ru));
  CHECK_THAT(html, Contains("<h2><bdi>Тема</bdi></h2>\n<p><bdi>Читаем вместе</bdi></p>"));
  CHECK_THAT(html, Contains("<h2><bdi>Задачи</bdi></h2>\n\n<ul>\n<li><bdi>помогать молодым</bdi></li>\n"
                            "<li><bdi>обмениваться опытом</bdi></li>\n<li><bdi>вести летопись</bdi></li>"));
  CHECK_THAT(html, Contains("<p><bdi>Первый абзац</bdi></p>") && Contains("<p><bdi>Второй абзац</bdi></p>"));
  const auto count = [&](const std::string& text) {
    std::size_t times = 0;
    for (auto at = html.find(text); at != std::string::npos; at = html.find(text, at + 1)) ++times;
    return times;
  };
  CHECK(count("<bdi>Задачи</bdi>") == 2);  // the second time after something else
}

TEST_CASE("hostile text stands on a page as text") {
  auto event = *tests::sample_snapshot()->find_event(EventId{2});
  event.title = "<script>alert(1)</script> \" onmouseover='x' {{7*7}} [[Plans]] \u202Egnp.exe";
  event.place = "</title><img src=x onerror=alert(1)>";
  event.description = "<a href=javascript:alert(1)>x</a>";
  event.online_url = "javascript:alert(document.cookie)";
  event.agenda = {"{{%AUTOESCAPE}}", "]]> <!--"};
  event.note = "'\"><svg/onload=alert(1)>";
  auto snapshot = std::make_shared<service::Snapshot>();
  snapshot->events.put(std::make_shared<const Event>(event));
  const auto list = render_home(make_home_view(snapshot, {}, tests::sample_today), frame_in(Language::uk));
  for (const auto& html : {event_page(event), list}) {
    CHECK_THAT(html, Contains("&lt;script&gt;") && Contains("{{7*7}}") && Contains("[[Plans]]"));
    for (const char* never :
         {"<script", "<img", "<svg/", "javascript:alert(document", "href=\"javascript", " onmouseover='"})
      CHECK_THAT(html, !Contains(never));
  }
  CHECK_THAT(event_page(event), Contains("<bdi>&lt;/title&gt;"));
}

TEST_CASE("only web addresses become links") {
  for (const char* good : {"https://meet.example.org/a?b=c", "HTTP://x.example/", "https://x"})
    CHECK(is_web_link(good));
  for (const char* bad :
       {"javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "https:///x", "https://a b",
        "https://x\"y", "ftp://x", "", "https://x\n", "java\tscript://x", "http:\\\\x"})
    CHECK_FALSE(is_web_link(bad));
}

TEST_CASE("no page has a script or a style of its own or anything from elsewhere") {
  const std::regex foreign(
      "(src|href)=\"(https?:)?//"
      "(?!plans\\.example\\.org|calendar\\.google\\.com|outlook\\.(live|office)\\.com)");
  const std::regex own_file("<script src=\"/assets/[a-z]+\\.[0-9a-f]{16}\\.js\" defer></script>");
  for (const Language language : all_languages)
    for (const auto& html : every_page(language)) {
      CHECK_THAT(std::regex_replace(html, own_file, ""),
                 !Contains("<script") && !Contains("style=") && !Contains("<style") && !Contains(" onclick"));
      CHECK_FALSE(std::regex_search(html, foreign));
      CHECK_THAT(html, !Contains("[[") && !Contains("{{"));
      CHECK_THAT(html, Contains("<h1>") && Contains("<main id=\"main\"") && Contains("class=\"skip\""));
      CHECK_THAT(html, Contains("aria-current=\"true\" title=\""));
    }
}

TEST_CASE("no identifier stands twice on a page") {
  const std::regex id(" id=\"([^\"]*)\"");
  for (const auto& html : every_page(Language::uk)) {
    std::set<std::string> seen;
    for (std::sregex_iterator i(html.begin(), html.end(), id), end; i != end; ++i) {
      CAPTURE((*i)[1].str());
      CHECK(seen.insert((*i)[1]).second);
    }
    CHECK(seen.count("main") == 1);
  }
}

TEST_CASE("a problem is explained in the language of the reader") {
  CHECK_THAT(render_problem(404, Language::uk, ""), Contains("Такої сторінки немає"));
  CHECK_THAT(render_problem(503, Language::be, ""), Contains("Нічога не страчана"));
  CHECK_THAT(render_problem(400, Language::ru, "kind '<b>' is unknown"),
             Contains("Адрес не совсем верный") && Contains("kind &#39;&lt;b&gt;&#39; is unknown"));
  CHECK_THAT(render_problem(599, Language::en, ""), Contains("Something went wrong here"));
  CHECK_THAT(render_problem(418, Language::en, ""), Contains("This address is not quite right"));
}

TEST_CASE("the style sheet may be kept for ever because its address changes with it") {
  const auto address = asset_address("convoke.css");
  const auto asset = find_asset(address.substr(std::string("/assets/").size()));
  REQUIRE(asset);
  CHECK(asset->immutable);
  CHECK(asset->content_type == "text/css; charset=utf-8");
  CHECK_THAT(std::string(asset->bytes), Contains("@media print") && Contains("size: A4"));
  CHECK_FALSE(find_asset("convoke.css")->immutable);
  CHECK_FALSE(find_asset("convoke.0000000000000000.css"));
  CHECK_FALSE(find_asset("../convoke.css"));
  CHECK_FALSE(find_asset("openapi.json"));
}

TEST_CASE("a day that the plan itself names is not repeated as fixed later") {
  auto snapshot = tests::sample_snapshot();
  Event event = *snapshot->find_event(EventId{4});
  event.status = EventStatus::dated;
  PlanView view;
  view.plan = snapshot->find_plan(PlanId{1});
  view.rows = {&event};
  CHECK_THAT(render_plan(view, frame_in(Language::ru)),
             Contains("14.11.2024") && !Contains("class=\"fixed\""));
  event.period = make_dated(make_date(2024, 11, 15));
  event.period.source_text = "14.11.2024";
  CHECK_THAT(render_plan(view, frame_in(Language::ru)),
             Contains("14.11.2024") && Contains("class=\"fixed\"") && Contains("datetime=\"2024-11-15\""));
}
