// Which language a plan is in, told from little text and with names of the neighbours in it.
#include "documents/plan_year.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;

namespace {

struct Row {
  const char *language, *text;
};

const Row rows[] = {
    {"uk",
     "Районний методичний кабінет А\nПлан роботи на 2027 рік\nЗахід, Термін\nСемінар, травень\nНарада, "
     "червень"},
    {"uk", "План на 2027 рік. Нарада, 12 травня, Мороз Т.В."},
    {"uk", "Захід, Термін, Відповідальний\nСемінар, травень, Міхась Шаўчук"},
    {"uk", "План роботи\nЗустріч із письменницею Алесею Ўласавай\nОгляд літератури, вересень, Гнатюк Л.І."},
    {"uk",
     "План роботи на рік\nСемінар «Былое и думы»\nВечір пам'яті, Рыбаков А.Н., Выготский Л.С., жовтень"},
    {"uk",
     "План роботи об’єднання\nКруглий стіл, листопад\nПрезентація, Library Hub, Zoom, "
     "https://meet.example.org/abc"},
    {"uk", "Школа бiблiотекаря, засiдання, березень, вiдповiдальний Гнатюк Л."},
    {"uk", "І квартал\nНарада, ІІ декада\nЗвіт за рік"},
    {"be", "План працы на 2027 год\nМерапрыемства, Тэрмін, Адказны\nСемінар, май"},
    {"be", "Раённая бібліятэка\nКруглы стол, лістапад\nНарада, снежань, Гнатюк Л.І., Шевченко Є.В."},
    {"be", "План метадычнага аб'яднання на год\nАгляд кніг, ліпень, Щербина Н.И."},
    {"be", "Школьныя бібліятэкі раёна: сустрэча, красавік; вечарына памяці, май"},
    {"ru", "План работы на 2027 год\nМероприятие, Срок, Ответственный\nСеминар, май"},
    {"ru", "План работы методического объединения\nСовещание, март, Гнатюк Л.І., Шаўчук М."},
    {"ru",
     "Мероприятие, срок\nВстреча с об'єднанням бібліотекарів, июнь\nОбзор литературы, июль, ответственный "
     "Мороз"},
    {"ru", "І квартал\nСеминар\nІІ квартал\nСовещание\nІІІ квартал\nКонкурс чтецов\nІV квартал\nОтчёт"},
    {"ru", "Неделя книги, апрель; круглый стол, октябрь"},
    {"en", "Annual plan for the year 2027\nActivity, month, person responsible\nSeminar, May"},
    {"en", "Work plan 2027. Round table, November, Олена Гнатюк; book week, April, Міхась Шаўчук"},
};

}  // namespace

TEST_CASE("a plan is read in its own language whatever names stand in it") {
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(documents::language_of(row.text) == row.language);
  }
}

TEST_CASE("addresses in a plan do not make it English") {
  CHECK(documents::language_of("Нарада, травень, https://library.example.org/events/spring-meeting?lang=en "
                               "methodist.office@library.example.org") == "uk");
}

TEST_CASE("one letter of the neighbours does not outweigh a plan") {
  std::string plan = "План роботи бібліотеки\n";
  for (int i = 0; i < 20; ++i) plan += "Семінар бібліотекарів, травень, Гнатюк Л.І.\n";
  CHECK(documents::language_of(plan + "Зустріч: Янка Быкаў") == "uk");
  CHECK(documents::language_of("Янка Быкаў\n" + plan + "Рыбаков Ю.Ы., Эйдельман") == "uk");
}
