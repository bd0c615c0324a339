#include "calendar/filters/feed_query.hpp"

#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

FeedQuery query_of(const Pairs& pairs) {
  auto query = parse_feed_query(pairs);
  if (!query) FAIL(query.error().message);
  return *query;
}

Event round_table() {
  Event event = vague(Precision::month, "2026-11-01", "2026-11-30", "ноябрь");
  event.kind = EventKind::round_table;
  event.organisation = OrganisationId{3};
  event.title = "Круглый стол «Ёлка и книга»";
  event.section = "Работа с кадрами, повышение квалификации";
  event.place = "Читальный зал";
  event.level = Level::district;
  event.audience = {"Молодые библиотекари", "заведующие, методисты"};
  event.responsible_text = "Калинчук О.В., совет МО";
  event.responsible = {{PersonId{12}, "Калинчук О.В.", "методист, куратор", "ЦРБ"}, {{}, "", "совет МО", ""}};
  return event;
}

// Decodes what canonical() encodes, as a server does.
Pairs decoded(const std::string& text) {
  Pairs out;
  if (text.empty()) return out;
  for (const auto part : split(text, '&')) {
    const auto equals = part.find('=');
    std::string value;
    for (std::size_t i = equals + 1; i < part.size(); ++i) {
      if (part[i] == '%') {
        value += static_cast<char>(std::stoi(std::string(part.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        value += part[i];
      }
    }
    out.emplace_back(part.substr(0, equals), value);
  }
  return out;
}

}  // namespace

TEST_CASE("each filter lets through what it names and stops the rest") {
  struct Row {
    const char *key, *value;
    bool expected;
  };
  const std::vector<Row> rows = {
      {"kind", "round_table", true},
      {"kind", "meeting, round_table", true},
      {"kind", "meeting", false},
      {"section", "работа с кадрами, повышение  квалификации", true},
      {"section", "Работа с кадрами", false},
      {"section", "Массовая работа", false},
      {"organisation", "3", true},
      {"organisation", "1,3", true},
      {"organisation", "1", false},
      {"responsible", "12", true},
      {"responsible", "13", false},
      {"responsible", "Калинчук О.В.", true},
      {"responsible", "О. В. Калинчук", true},
      {"responsible", "калинчук", true},
      {"responsible", "Калинчук А.В.", false},
      {"responsible", "Калин", false},
      {"responsible", "Совет МО", true},
      {"responsible", "методист, куратор", true},
      {"responsible", "Иванова,Калинчук", true},
      {"responsible", "директор", false},
      {"level", "district", true},
      {"level", "national,district", true},
      {"level", "region", false},
      {"audience", "молодые БИБЛИОТЕКАРИ", true},
      {"audience", "заведующие, методисты", true},
      {"audience", "директора,молодые библиотекари", true},
      {"audience", "методисты", false},
      {"status", "planned", true},
      {"status", "dated,held", false},
      {"q", "ЕЛКА", true},
      {"q", "читальный", true},
      {"q", "калинчук", true},
      {"q", "повышение", true},
      {"q", "опера", false},
      {"from", "2026-11-30", true},
      {"from", "2026-12-01", false},
      {"to", "2026-11-01", true},
      {"to", "2026-10-31", false},
      {"periods", "hide", true},
      {"lang", "be", true},
      {"alarms", "1", true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.key, row.value);
    CHECK(matches(query_of({{row.key, row.value}}), round_table()) == row.expected);
  }
  CHECK(matches(FeedQuery{}, round_table()));
  CHECK_FALSE(matches(query_of({{"kind", "round_table"}, {"organisation", "1"}}), round_table()));
}

TEST_CASE("an event without dates lies in no window") {
  Event event = round_table();
  event.period = {};
  CHECK(matches(FeedQuery{}, event));
  CHECK_FALSE(matches(query_of({{"from", "1990-01-01"}}), event));
  CHECK_FALSE(matches(query_of({{"to", "2190-01-01"}}), event));
}

TEST_CASE("the view of a query is read") {
  const auto query = query_of({{"periods", "span"}, {"lang", "en"}, {"alarms", "1"}});
  CHECK(query.periods == VaguePeriods::span);
  CHECK(query.language == Language::en);
  CHECK(query.alarms);
  CHECK_FALSE(query_of({}).language);
}

TEST_CASE("an unknown key or value is refused by name with what is allowed") {
  struct Row {
    const char *key, *value, *named, *allowed;
  };
  const std::vector<Row> rows = {
      {"colour", "red", "colour", "organisation"},
      {"Kind", "meeting", "Kind", "kind"},
      {"kind", "opera", "opera", "meeting"},
      {"kind", "goal", "goal", "meeting"},
      {"kind", "meeting,opera", "opera", "seminar"},
      {"status", "lost", "lost", "cancelled"},
      {"level", "galactic", "galactic", "international"},
      {"level", "", "level ''", "library, district"},
      {"audience", ", ,", "audience ', ,'", "audiences"},
      {"organisation", "-1", "-1", "numbers"},
      {"organisation", "0", "0", "numbers"},
      {"organisation", "3x", "3x", "numbers"},
      {"from", "2026-02-30", "2026-02-30", "2024-09-01"},
      {"to", "tomorrow", "tomorrow", "2024-09-01"},
      {"periods", "month", "month", "deadline, span, todo, hide"},
      {"lang", "de", "de", "uk, be, ru, en"},
      {"alarms", "maybe", "maybe", "1, 0"},
      {"evil\r\nX: 1", "", "evil", "kind"},
      {"kind", "", "kind ''", "meeting"},
      {"kind", ",,", "kind ',,'", "meeting"},
      {"status", " ", "status ''", "cancelled"},
      {"organisation", ",", "organisation ','", "numbers"},
      {"section", ", ,", "section ', ,'", "headings"},
      {"responsible", "", "responsible ''", "name"},
      {"q", "  ", "q ''", "words"},
      {"from", "", "from ''", "2024-09-01"},
      {"periods", "", "periods ''", "span"},
      {"lang", "", "lang ''", "uk, be, ru, en"},
      {"alarms", "", "alarms ''", "1, 0"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.key, row.value);
    const auto query = parse_feed_query(Pairs{{row.key, row.value}});
    REQUIRE_FALSE(query);
    CHECK(query.error().code == Errc::invalid_input);
    CHECK(query.error().message.find(row.named) != std::string::npos);
    CHECK(query.error().message.find(row.allowed) != std::string::npos);
    CHECK(query.error().message.find('\r') == std::string::npos);
  }
  CHECK_FALSE(parse_feed_query(Pairs{{"from", "2026-02-01"}, {"to", "2026-01-31"}}));
  CHECK(parse_feed_query(Pairs{{"from", "2026-02-01"}, {"to", "2026-02-01"}}));
  CHECK_FALSE(parse_feed_query(Pairs{{"q", "\xD0"}}));
}

TEST_CASE("the limits of a query hold on both sides") {
  CHECK(parse_feed_query(Pairs{{"q", std::string(longest_query_value, 'x')}}));
  const auto long_value = parse_feed_query(Pairs{{"q", std::string(longest_query_value + 1, 'x')}});
  REQUIRE_FALSE(long_value);
  CHECK(long_value.error().code == Errc::invalid_input);
  std::string growing;  // two bytes each as sent and three each when folded
  for (std::size_t i = 0; i < longest_query_value / 2; ++i) growing += "\u0130";
  CHECK_FALSE(parse_feed_query(Pairs{{"q", growing}}));
  Pairs many;
  for (std::size_t i = 1; i <= most_query_values; ++i) many.emplace_back("organisation", std::to_string(i));
  CHECK(parse_feed_query(many));
  many.emplace_back("organisation", "1000");
  CHECK_FALSE(parse_feed_query(many));
}

TEST_CASE("a key that makes no list may be given once") {
  for (const Pairs& twice :
       {Pairs{{"lang", "uk"}, {"lang", "ru"}}, Pairs{{"q", "a"}, {"q", "b"}},
        Pairs{{"from", "2026-01-01"}, {"kind", "meeting"}, {"from", "2026-01-01"}},
        Pairs{{"to", "2026-01-01"}, {"to", "2026-01-02"}}, Pairs{{"alarms", "1"}, {"alarms", "0"}},
        Pairs{{"periods", "span"}, {"periods", "hide"}}}) {
    CAPTURE(twice.front().first);
    const auto query = parse_feed_query(twice);
    REQUIRE_FALSE(query);
    CHECK(query.error().code == Errc::invalid_input);
    CHECK(query.error().message == twice.front().first + " may be given once");
  }
  CHECK(query_of({{"kind", "meeting"}, {"kind", "seminar"}}).kinds.size() == 2);
}

TEST_CASE("all spellings of a query have one canonical text and it reads back as the same query") {
  const auto a = query_of({{"lang", "uk"}, {"kind", "seminar,meeting"}, {"responsible", "Шевчук О.П."}});
  const auto b = query_of(
      {{"kind", "meeting"}, {"responsible", "ШЕВЧУК  О.П."}, {"kind", "seminar,,meeting"}, {"lang", "uk"}});
  CHECK(canonical(a) == canonical(b));
  CHECK(canonical(FeedQuery{}).empty());
  CHECK(canonical(query_of({{"periods", "deadline"}, {"alarms", "0"}})).empty());
  CHECK(canonical(query_of({{"kind", "meeting"}, {"periods", "hide"}})) == "kind=meeting&periods=hide");
  for (const auto& pairs : std::vector<Pairs>{{{"section", "Работа с кадрами, 100 % & ещё=раз"}},
                                              {{"responsible", "12, методист, куратор"}, {"q", "a&b=c,d%20"}},
                                              {{"from", "2026-01-01"},
                                               {"to", "2026-12-31"},
                                               {"status", "held"},
                                               {"organisation", "7,3"},
                                               {"alarms", "1"}}}) {
    const auto query = query_of(pairs);
    CAPTURE(canonical(query));
    CHECK(query_of(decoded(canonical(query))) == query);
    CHECK(canonical(query).find_first_of(" ,\r\n\"<") == std::string::npos);
  }
}
