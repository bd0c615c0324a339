#include "notify/source_mail.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "notify/outgoing.hpp"

#include <array>

namespace convoke::notify {
namespace {

struct Words {
  std::string_view subject;                        // {name}
  std::string_view lead;                           // {name}
  std::string_view never_read, kept, tries_go_on;  // kept: {date}
  std::string_view button, footer;
  // By SourceTrouble, without the first.
  std::array<std::string_view, source_trouble_count - 1> reasons;
};

constexpr std::array<Words, 4> all_words = {{
    {"Календар не читається: {name}",
     "Календар «{name}» не вдається прочитати.",
     "Досі його не прочитали жодного разу.",
     "Нічого не втрачено: його події лишаються такими, якими були {date}.",
     "Convoke пробуватиме далі. Якщо адреса змінилася, приберіть цей календар і додайте нову.",
     "Календарі сусідів",
     "Цей лист прийшов тому, що ви ведете календар об’єднання.",
     {"за цією адресою читати не можна", "сервер не відповідає", "сертифікат сервера недійсний",
      "сервер відповідає надто повільно", "файл завеликий", "сервер надто часто переспрямовує",
      "сервер відповідає помилкою", "замість календаря прийшла веб-сторінка", "прийшло не календар"}},
    {"Каляндар не чытаецца: {name}",
     "Каляндар «{name}» не ўдаецца прачытаць.",
     "Дагэтуль яго не прачыталі ніводнага разу.",
     "Нічога не страчана: яго падзеі застаюцца такімі, якімі былі {date}.",
     "Convoke будзе спрабаваць далей. Калі адрас змяніўся, прыбярыце гэты каляндар і дадайце новы.",
     "Календары суседзяў",
     "Гэты ліст прыйшоў таму, што вы вядзеце каляндар аб’яднання.",
     {"па гэтым адрасе чытаць нельга", "сервер не адказвае", "сертыфікат сервера несапраўдны",
      "сервер адказвае занадта павольна", "файл завялікі", "сервер занадта часта перанакіроўвае",
      "сервер адказвае памылкай", "замест календара прыйшла вэб-старонка", "прыйшоў не каляндар"}},
    {"Календарь не читается: {name}",
     "Календарь «{name}» не удаётся прочитать.",
     "До сих пор его не прочитали ни разу.",
     "Ничего не потеряно: его события остаются такими, какими были {date}.",
     "Convoke будет пробовать дальше. Если адрес изменился, уберите этот календарь и добавьте новый.",
     "Календари соседей",
     "Это письмо пришло потому, что вы ведёте календарь объединения.",
     {"по этому адресу читать нельзя", "сервер не отвечает", "сертификат сервера недействителен",
      "сервер отвечает слишком медленно", "файл слишком велик", "сервер слишком часто перенаправляет",
      "сервер отвечает ошибкой", "вместо календаря пришла веб-страница", "пришёл не календарь"}},
    {"Calendar cannot be read: {name}",
     "The calendar “{name}” cannot be read.",
     "It has never been read so far.",
     "Nothing is lost: its events stay as they were on {date}.",
     "Convoke goes on trying. If the address has changed, remove this calendar and add the new one.",
     "Neighbours’ calendars",
     "You receive this because you keep the association’s calendar.",
     {"this address may not be read from", "the server does not answer",
      "the server’s certificate is not valid", "the server answers too slowly", "the file is too large",
      "the server sends on too often", "the server answers with an error",
      "a web page came instead of a calendar", "what came is no calendar"}},
}};

const Words& words_of(Language language) {
  return all_words.at(static_cast<std::size_t>(language));
}

std::string filled(std::string_view text, std::string_view place, const std::string& value) {
  std::string out(text);
  if (const auto at = out.find(place); at != std::string::npos) out.replace(at, place.size(), value);
  return out;
}

}  // namespace

MailText write_source_mail(const CalendarSource& source, const MailSettings& settings, Language language,
                           const std::string& zone) {
  const Words& words = words_of(language);
  MailText mail;
  mail.subject = filled(words.subject, "{name}", source.name);
  std::string lead = filled(words.lead, "{name}", source.name);
  mail.blocks.push_back(Paragraph{std::move(lead)});
  if (source.trouble != SourceTrouble::none)
    mail.blocks.push_back(
        Paragraph{std::string(words.reasons.at(static_cast<std::size_t>(source.trouble) - 1)) + "."});
  if (source.last_good) {
    const auto day = calendar::format_date(civil_date(*source.last_good, zone), language);
    mail.blocks.push_back(Paragraph{filled(words.kept, "{date}", day)});
  } else {
    mail.blocks.push_back(Paragraph{std::string(words.never_read)});
  }
  mail.blocks.push_back(Paragraph{std::string(words.tries_go_on)});
  mail.blocks.push_back(Button{std::string(words.button), settings.base_url + "/sources"});
  mail.blocks.push_back(Footer{std::string(words.footer)});
  return mail;
}

OutgoingMail render_source_mail(const CalendarSource& source, const SourceMailReader& reader,
                                const MailSettings& settings, const std::string& zone, Instant now) {
  const auto mail = write_source_mail(source, settings, reader.language, zone);
  const auto key = sha256_hex("source " + std::to_string(source.id.value) + "\n" +
                              format_iso(source.broken_since.value_or(now)) + "\n" +
                              format_iso(civil_date(now, zone)) + "\n" + reader.mailbox.address);
  const auto& sender = settings.from.address;
  MimeParts parts;
  parts.from = settings.from;
  if (parts.from.name.empty()) parts.from.name = settings.association;
  parts.to = reader.mailbox;
  parts.list_name = settings.association;
  parts.list_id = list_id_of(settings);
  parts.subject = mail.subject;
  parts.message_id = sound_message_id(
      "<" + key.substr(0, 32) + sender.substr(std::min(sender.rfind('@'), sender.size())) + ">", sender);
  parts.date = now;
  parts.text = render_text(mail.blocks);
  parts.html = render_html(mail.blocks, reader.language);
  return as_outgoing(parts);
}

}  // namespace convoke::notify
