// The words that a calendar entry, a mail and a page share, in the four languages: kinds of event, marks
// before and after a title, labels. One table, so that a linguist finds them in one place.
#pragma once

#include "calendar/feed_view.hpp"
#include "model/event.hpp"
#include "model/language.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::calendar {

// "засідання", "заседание", "meeting": lower case, as it stands within a sentence.
std::string_view kind_label(EventKind kind, Language language);
// The kind whose label, in any of the languages, is `label`; case does not matter.
std::optional<EventKind> kind_of_label(std::string_view label);

// "обласний рівень", "областной уровень", "regional level"
std::string_view level_label(Level level, Language language);

enum class Word {
  cancelled,      // "Скасовано": stands before the title of what will not take place
  due,            // "Строк": before the title of what must be done by a day
  not_yet_dated,  // "дату ще не визначено": in brackets after a title
  period,         // "Термін"
  as_planned,     // "У плані": before the period as the plan words it
  section,        // "Розділ"
  number,         // "№"
  responsible,    // "Відповідальні"
  agenda,         // "Порядок денний"
  note,           // "Примітка"
  online,         // "Підключитися онлайн"
  page,           // "Сторінка події"
  contact,        // "Контакт"
  audience,       // "Для кого"
  document,       // "Документ"
  source,         // "З календаря": of a neighbour's event
  moved_from,     // "Перенесено з": before the day of the series
};
inline constexpr std::size_t word_count = 17;

std::string_view word(Word word, Language language);

}  // namespace convoke::calendar
