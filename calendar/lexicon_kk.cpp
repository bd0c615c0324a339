// Kazakh: the words that stand in plans of two languages.
#include "calendar/lexicon.hpp"

namespace convoke::calendar {

const std::vector<LexiconEntry>& lexicon_kk() {
  using enum Class;
  static const std::vector<LexiconEntry> table = {
      entry(month, 1, "қаңтар(|да|дың|ға|дан)"),
      entry(month, 2, "ақпан(|да|ның|ға|нан)"),
      entry(month, 3, "наурыз(|да|дың|ға|дан)"),
      entry(month, 4, "сәуір(|де|дің|ге|ден)"),
      entry(month, 5, "мамыр(|да|дың|ға|дан)"),
      entry(month, 6, "маусым(|да|ның|ға|нан)"),
      entry(month, 7, "шілде(|де|нің|ге|ден)"),
      entry(month, 8, "тамыз(|да|дың|ға|дан)"),
      entry(month, 9, "қыркүйек(|те|тің|ке|тен)"),
      entry(month, 10, "қазан(|да|ның|ға|нан)"),
      entry(month, 11, "қараша(|да|ның|ға|дан)"),
      entry(month, 12, "желтоқсан(|да|ның|ға|нан)"),
      entry(weekday, 1, "дүйсенбі"),
      entry(weekday, 2, "сейсенбі"),
      entry(weekday, 3, "сәрсенбі"),
      entry(weekday, 4, "бейсенбі"),
      entry(weekday, 5, "жұма"),
      entry(weekday, 6, "сенбі"),
      entry(weekday, 7, "жексенбі"),
      entry(ordinal, 1, "бірінші"),
      entry(ordinal, 2, "екінші"),
      entry(ordinal, 3, "үшінші"),
      entry(ordinal, 4, "төртінші"),
      entry(ordinal, -1, "соңғы"),
      entry(suffix, 0, "ші шы"),
      entry(season, Season::spring, "көктем(|де) көктемгі"),
      entry(season, Season::summer, "жаз(|да) жазғы"),
      entry(season, Season::autumn, "күз(|де) күзгі"),
      entry(season, Season::winter, "қыс(|та) қысқы"),
      entry(holidays, 0, "каникул~ демалыс~"),
      entry(unit, Unit::week, "апта(|сы|да)"),
      entry(unit, Unit::month, "ай айы айында айдың"),
      entry(unit, Unit::quarter, "тоқсан(|ы|да|ында)"),
      entry(unit, Unit::half_year, "жартыжылд(ық|ығы) жартыжылдық(|та)"),
      entry(unit, Unit::year, "жыл жылы жылғы жылдың ж"),
      entry(unit, Unit::academic_year, "оқу_жыл~"),
      entry(part, Part::beginning, "басы басында"),
      entry(part, Part::end, "соңы соңында аяғы аяғында"),
      entry(every, Frequency::daily, "күн_сайын күнделікті"),
      entry(every, Frequency::weekly, "апта_сайын"),
      entry(every, Frequency::monthly, "ай_сайын"),
      entry(every, Frequency::quarterly, "тоқсан_сайын"),
      entry(every, Frequency::yearly, "жыл_сайын"),
      entry(deadline_after, 0, "дейін"),
      entry(conjunction, 0, "және"),
      entry(whole_plan, 0, "жыл_бойы"),
      entry(whole_plan, 1, "оқу_жылы_бойы"),
      entry(in, 1, "бойы ішінде"),
      entry(clock, 0, "сағат~"),
      entry(ongoing, 0, "тұрақты үнемі қажеттілігіне_қарай қажеттілік~ сұраныс~ түсуіне_қарай жүйелі_түрде"),
      entry(other_plan, 0, "жоспар~ кесте~"),
      entry(undated, 0, "келісім~ нақтылан~"),
      entry(anniversary, 0, "жылдығ~"),
      entry(mode, 0, "онлайн қашықтан"),
  };
  return table;
}

}  // namespace convoke::calendar
