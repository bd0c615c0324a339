#include "calendar/feed_words.hpp"

#include "base/text.hpp"

#include <array>

namespace convoke::calendar {
namespace {

// uk, be, ru, en: the order of Language.
using Row = std::array<std::string_view, all_languages.size()>;

// clang-format off
constexpr std::array<Row, event_kind_count> kind_labels = {{
    {"засідання", "пасяджэнне", "заседание", "meeting"},
    {"конференція", "канферэнцыя", "конференция", "conference"},
    {"семінар", "семінар", "семинар", "seminar"},
    {"круглий стіл", "круглы стол", "круглый стол", "round table"},
    {"конкурс", "конкурс", "конкурс", "competition"},
    {"консультація", "кансультацыя", "консультация", "consultation"},
    {"навчання", "навучанне", "обучение", "training"},
    {"екскурсія", "экскурсія", "экскурсия", "excursion"},
    {"захід", "мерапрыемства", "мероприятие", "event"},
    {"звіт", "справаздача", "отчёт", "report"},
    {"завдання", "заданне", "задание", "task"},
    {"постійна робота", "пастаянная работа", "постоянная работа", "ongoing work"},
    {"мета", "мэта", "цель", "goal"},
}};

constexpr std::array<Row, word_count> words = {{
    {"Скасовано", "Адменена", "Отменено", "Cancelled"},
    {"Строк", "Тэрмін", "Срок", "Due"},
    {"дату ще не визначено", "дата яшчэ не вызначана", "дата ещё не назначена", "date not yet fixed"},
    {"Термін", "Тэрмін", "Срок", "Period"},
    {"У плані", "У плане", "В плане", "In the plan"},
    {"Розділ", "Раздзел", "Раздел", "Section"},
    {"№", "№", "№", "No."},
    {"Відповідальні", "Адказныя", "Ответственные", "Responsible"},
    {"Порядок денний", "Парадак дня", "Повестка дня", "Agenda"},
    {"Примітка", "Заўвага", "Примечание", "Note"},
    {"Підключитися онлайн", "Далучыцца анлайн", "Подключиться онлайн", "Join online"},
    {"Сторінка події", "Старонка падзеі", "Страница события", "Event page"},
    {"Контакт", "Кантакт", "Контакт", "Contact"},
    {"Для кого", "Для каго", "Для кого", "For"},
    {"Документ", "Дакумент", "Документ", "Document"},
    {"З календаря", "З календара", "Из календаря", "From the calendar"},
    {"Перенесено з", "Перанесена з", "Перенесено с", "Moved from"},
}};

constexpr std::array<Row, level_count> level_labels = {{
    {"рівень бібліотеки", "узровень бібліятэкі", "уровень библиотеки", "library level"},
    {"районний рівень", "раённы ўзровень", "районный уровень", "district level"},
    {"обласний рівень", "абласны ўзровень", "областной уровень", "regional level"},
    {"міжобласний рівень", "міжабласны ўзровень", "межобластной уровень", "interregional level"},
    {"національний рівень", "нацыянальны ўзровень", "национальный уровень", "national level"},
    {"міжнародний рівень", "міжнародны ўзровень", "международный уровень", "international level"},
}};
// clang-format on

constexpr std::array<std::string_view, 4> periods_names = {"deadline", "span", "todo", "hide"};

}  // namespace

std::string_view name_of(VaguePeriods periods) {
  return periods_names.at(static_cast<std::size_t>(periods));
}

std::optional<VaguePeriods> vague_periods_of(std::string_view name) {
  for (std::size_t i = 0; i < periods_names.size(); ++i)
    if (periods_names[i] == name) return static_cast<VaguePeriods>(i);
  return std::nullopt;
}

std::string_view kind_label(EventKind kind, Language language) {
  return kind_labels.at(static_cast<std::size_t>(kind)).at(static_cast<std::size_t>(language));
}

std::optional<EventKind> kind_of_label(std::string_view label) {
  const std::string wanted = fold(label);
  for (std::size_t i = 0; i < kind_labels.size(); ++i)
    for (const auto known : kind_labels[i])
      if (fold(known) == wanted) return static_cast<EventKind>(i);
  return std::nullopt;
}

std::string_view level_label(Level level, Language language) {
  return level_labels.at(static_cast<std::size_t>(level)).at(static_cast<std::size_t>(language));
}

std::string_view word(Word word, Language language) {
  return words.at(static_cast<std::size_t>(word)).at(static_cast<std::size_t>(language));
}

}  // namespace convoke::calendar
