// The kind of an event by the words of its title, its section, its period.
#include "documents/kinds.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using documents::kind_of;

namespace {

Period during(Precision precision) {
  Period period;
  period.precision = precision;
  return period;
}

}  // namespace

TEST_CASE("the head of the title outside quotes says the kind in four languages") {
  const std::vector<std::pair<const char*, EventKind>> titles = {
      {"Круглый стол «Конкурс идей»", EventKind::round_table},
      {"Засідання ради", EventKind::meeting},
      {"Семінар-практыкум для пачаткоўцаў", EventKind::seminar},
      {"Reading competition", EventKind::competition},
      {"Онлайн-конкурс рисунков", EventKind::competition},
      {"День специалиста (в рамках конференции)", EventKind::training},
      {"Выставка работ в рамках фестиваля", EventKind::event},
      {"Подготовка Положения о конкурсе", EventKind::task},
      {"Годовой отчёт", EventKind::report},
      {"Екскурсія до музею", EventKind::excursion},
      {"Різдвяні читання", EventKind::conference},
      {"Тиждень дитячого читання", EventKind::event},
      {"Гучні читання", EventKind::task},
      {"Методический выезд", EventKind::consultation},
      {"«Библиокараван»", EventKind::task},
  };
  for (const auto& [title, kind] : titles) {
    CAPTURE(title);
    CHECK(name_of(kind_of(title, "", during(Precision::month))) == name_of(kind));
  }
}

TEST_CASE("a title without cues takes the kind of its section and then of its period") {
  CHECK(kind_of("Правила учёта", "Работа с молодыми библиотекарями", during(Precision::month)) ==
        EventKind::training);
  CHECK(kind_of("Правила учёта", "Разное", during(Precision::month)) == EventKind::task);
  CHECK(kind_of("Правила учёта", "Разное", during(Precision::ongoing)) == EventKind::ongoing_task);
  CHECK(kind_of("Оформление стенда", "", during(Precision::recurring)) == EventKind::ongoing_task);
}

TEST_CASE("a guess at the kind says what it rests on") {
  using documents::KindBasis;
  CHECK(documents::read_kind("Семинар", "", {}).basis == KindBasis::title);
  CHECK(documents::read_kind("«Литературная экскурсия»", "", {}).basis == KindBasis::full_title);
  CHECK(documents::read_kind("Фонд", "Обобщение лучшего опыта", {}).basis == KindBasis::section);
  CHECK(documents::read_kind("Фонд", "", {}).basis == KindBasis::nothing);
}
