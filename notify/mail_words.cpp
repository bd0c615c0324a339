#include "notify/mail_words.hpp"

#include <fmt/format.h>

#include <array>

namespace convoke::notify {
namespace {

constexpr MailWords ukrainian = {
    "Вітаємо, {name}!",
    "Вітаємо!",
    "{When}: {title}",
    "Термін {when}: {title}",
    "Назвіть день: {title}",
    "Нагадуємо: ця подія відбудеться {when}, {date}.",
    "Нагадуємо: термін цього пункту плану спливає {when}, {date}.",
    "Цей пункт плану ще не має точного дня, а його період починається {when}, {date}.",
    "Цей пункт плану ще не має точного дня, а його період уже почався.",
    "Якщо щось змінилося, повідомте, будь ласка, того, хто веде план: календарі всіх учасників оновляться "
    "самі.",
    "Коли все буде зроблено або потрібно більше часу, повідомте, будь ласка, того, хто веде план.",
    "Назвіть, будь ласка, день, а якщо вже відомо, то й час і місце: повідомте їх тому, хто веде план. Щойно "
    "день "
    "внесуть, календарі всіх учасників оновляться самі.",
    "Якщо щось змінилося, просто відповідайте на цей лист: календарі всіх учасників оновляться самі.",
    "Коли все буде зроблено або потрібно більше часу, просто відповідайте на цей лист.",
    "Назвіть, будь ласка, день, а якщо вже відомо, то й час і місце: просто відповідайте на цей лист. Щойно "
    "день внесуть, календарі всіх учасників оновляться самі.",
    "Що",
    "Коли",
    "Місце",
    "Онлайн",
    "Ваша роль",
    "Разом із Вами",
    "відповідаєте за цей пункт",
    "співвиконавець",
    "У вкладенні — ця подія для Вашого календаря.",
    "Лист надіслано автоматично за планом: {association}.",
};

constexpr MailWords belarusian = {
    "Вітаем, {name}!",
    "Вітаем!",
    "{When}: {title}",
    "Тэрмін {when}: {title}",
    "Назавіце дзень: {title}",
    "Нагадваем: гэта мерапрыемства адбудзецца {when}, {date}.",
    "Нагадваем: тэрмін гэтага пункта плана заканчваецца {when}, {date}.",
    "Гэты пункт плана яшчэ не мае дакладнага дня, а яго перыяд пачынаецца {when}, {date}.",
    "Гэты пункт плана яшчэ не мае дакладнага дня, а яго перыяд ужо пачаўся.",
    "Калі нешта змянілася, паведаміце, калі ласка, таму, хто вядзе план: календары ўсіх удзельнікаў "
    "абновяцца самі.",
    "Калі ўсё будзе зроблена або патрэбна больш часу, паведаміце, калі ласка, таму, хто вядзе план.",
    "Назавіце, калі ласка, дзень, а калі ўжо вядома, то і час, і месца: паведаміце іх таму, хто вядзе план. "
    "Як "
    "толькі дзень унясуць, календары ўсіх удзельнікаў абновяцца самі.",
    "Калі нешта змянілася, проста адкажыце на гэты ліст: календары ўсіх удзельнікаў абновяцца самі.",
    "Калі ўсё будзе зроблена або патрэбна больш часу, проста адкажыце на гэты ліст.",
    "Назавіце, калі ласка, дзень, а калі ўжо вядома, то і час, і месца: проста адкажыце на гэты ліст. Як "
    "толькі дзень унясуць, календары ўсіх удзельнікаў абновяцца самі.",
    "Што",
    "Калі",
    "Месца",
    "Анлайн",
    "Ваша роля",
    "Разам з Вамі",
    "адказваеце за гэты пункт",
    "сувыканаўца",
    "Ва ўкладанні — гэта мерапрыемства для Вашага календара.",
    "Ліст адпраўлены аўтаматычна паводле плана: {association}.",
};

constexpr MailWords russian = {
    "Здравствуйте, {name}!",
    "Здравствуйте!",
    "{When}: {title}",
    "Срок {when}: {title}",
    "Назовите день: {title}",
    "Напоминаем: это мероприятие состоится {when}, {date}.",
    "Напоминаем: срок этого пункта плана истекает {when}, {date}.",
    "У этого пункта плана ещё нет точного дня, а его период начинается {when}, {date}.",
    "У этого пункта плана ещё нет точного дня, а его период уже начался.",
    "Если что-то изменилось, сообщите, пожалуйста, тому, кто ведёт план: календари всех участников обновятся "
    "сами.",
    "Когда всё будет сделано или понадобится больше времени, сообщите, пожалуйста, тому, кто ведёт план.",
    "Назовите, пожалуйста, день, а если уже известно, то время и место: сообщите их тому, кто ведёт план. "
    "Как "
    "только день внесут, календари всех участников обновятся сами.",
    "Если что-то изменилось, просто ответьте на это письмо: календари всех участников обновятся сами.",
    "Когда всё будет сделано или понадобится больше времени, просто ответьте на это письмо.",
    "Назовите, пожалуйста, день, а если уже известно, то время и место: просто ответьте на это письмо. Как "
    "только день внесут, календари всех участников обновятся сами.",
    "Что",
    "Когда",
    "Место",
    "Онлайн",
    "Ваша роль",
    "Вместе с Вами",
    "отвечаете за этот пункт",
    "соисполнитель",
    "Во вложении — это мероприятие для Вашего календаря.",
    "Письмо отправлено автоматически по плану: {association}.",
};

constexpr MailWords english = {
    "Hello {name},",
    "Hello,",
    "{When}: {title}",
    "Due {when}: {title}",
    "Please name the day: {title}",
    "A reminder: this event takes place {when}, on {date}.",
    "A reminder: this item of the plan is due {when}, on {date}.",
    "This item of the plan has no exact day yet, and its period begins {when}, on {date}.",
    "This item of the plan has no exact day yet, and its period has begun.",
    "If anything has changed, please tell whoever keeps the plan: everybody's calendars will follow by "
    "themselves.",
    "Once it is done, or if more time is needed, please tell whoever keeps the plan.",
    "Please name the day and, if known already, the time and place: tell whoever keeps the plan. As soon as "
    "the day "
    "is entered, everybody's calendars will follow by themselves.",
    "If anything has changed, please reply to this letter: everybody's calendars will follow by themselves.",
    "Once it is done, or if more time is needed, please reply to this letter.",
    "Please name the day and, if known already, the time and place: reply to this letter. As soon as the day "
    "is entered, everybody's calendars will follow by themselves.",
    "What",
    "When",
    "Place",
    "Online",
    "Your part",
    "Together with you",
    "you are responsible for this item",
    "you assist",
    "Attached: this event for your calendar.",
    "Sent automatically by the plan of: {association}.",
};

struct DayWords {
  std::string_view today, tomorrow, ahead;
  std::array<std::string_view, 3> forms;  // 1, 2-4, 5 and more (English: 1, others)
};

constexpr std::array<DayWords, 4> day_words = {{
    {"сьогодні", "завтра", "через", {"день", "дні", "днів"}},
    {"сёння", "заўтра", "праз", {"дзень", "дні", "дзён"}},
    {"сегодня", "завтра", "через", {"день", "дня", "дней"}},
    {"today", "tomorrow", "in", {"day", "days", "days"}},
}};

// CLDR's plural rule: 1, 21, 101 but not 11; 2-4, 22-24 but not 12-14; the rest.
std::size_t plural_form(int count, Language language) {
  if (language == Language::en) return count == 1 ? 0 : 1;
  const int tens = count % 100, units = count % 10;
  if (units == 1 && tens != 11) return 0;
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}

}  // namespace

const MailWords& mail_words(Language language) {
  switch (language) {
    case Language::uk:
      return ukrainian;
    case Language::be:
      return belarusian;
    case Language::ru:
      return russian;
    case Language::en:
      return english;
  }
  return english;
}

std::string in_days(int days, Language language) {
  const auto& words = day_words[static_cast<std::size_t>(language)];
  if (days <= 0) return std::string(words.today);
  if (days == 1) return std::string(words.tomorrow);
  return fmt::format("{} {} {}", words.ahead, days, words.forms[plural_form(days, language)]);
}

}  // namespace convoke::notify
