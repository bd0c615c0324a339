#include "documents/levels.hpp"

#include "tests/support/catch.hpp"

#include <utility>

using namespace convoke;
using namespace convoke::documents;

TEST_CASE("the level of an event is read from the adjective of its title") {
  const std::pair<const char*, std::optional<Level>> rows[] = {
      {"Обласний конкурс «Бібліотекар року»", Level::region},
      {"Участь у Всеукраїнській конференції", Level::national},
      {"Рэспубліканскі семінар загадчыкаў", Level::national},
      {"Межрегиональная научно-практическая конференция", Level::interregional},
      {"Районный этап областного конкурса", Level::region},
      {"V Международные чтения", Level::international},
      {"Раённы семінар-практыкум", Level::district},
      {"Міський круглий стіл", Level::district},
      {"International library week", Level::international},
      {"Республиканский семинар", std::nullopt},
      {"Подписка на газету «Районные вести»", std::nullopt},
      {"Заседание совета", std::nullopt},
      {"Підрайонний огляд", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [title, level] : rows) {
    CAPTURE(title);
    CHECK(level_of_title(title) == level);
  }
}
