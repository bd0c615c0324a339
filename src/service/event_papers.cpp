#include "service/event_papers.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "db/store.hpp"
#include "documents/event_papers.hpp"
#include "model/attendance_days.hpp"
#include "model/door_address.hpp"
#include "notify/planner.hpp"
#include "service/certificate_sayings.hpp"
#include "service/certificates.hpp"
#include "service/registration_scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>

namespace convoke::service {
namespace {

using db::Unit;
using documents::CertificateSheet;

constexpr std::size_t empty_rows = 10;

struct SheetWords {
  std::string_view number, verify, hall, online;
};
// In the language of each certificate, not of whoever prints it.
constexpr std::array<SheetWords, 4> sheet_words = {{
    {"№ ", "Перевірити справжність:", "у залі", "онлайн"},
    {"№ ", "Праверыць сапраўднасць:", "у зале", "анлайн"},
    {"№ ", "Проверить подлинность:", "в зале", "онлайн"},
    {"No. ", "Verify at:", "in the hall", "online"},
}};
constexpr std::array<std::string_view, 4> invented_names = {
    "Прізвище Ім’я По-батькові", "Прозвішча Імя Імя-па-бацьку", "Фамилия Имя Отчество", "Name Surname"};

// A certificate with what else stands on it.
struct Given {
  Certificate certificate;
  CertificateSaying saying;

  Given() = default;
};

struct Paper {
  std::vector<Given> given;
  CertificateSettings settings;
  std::string background, zone, base_url;
  Language language = Language::uk;  // of the document

  Paper() = default;
};

std::string association_of(Unit& unit, const Event& event) {
  const auto organisation = unit.organisations().find(event.organisation);
  return organisation ? organisation->name : std::string();
}

// What reads, and then what draws where long work runs.
template<class T>
Deferred<std::string> drawn(Context& context, Deferred<T> reading,
                            std::function<Result<std::string>(const T&)> draw) {
  auto begun = std::make_shared<Deferred<T>>(std::move(reading));
  return Deferred<std::string>(
      [&context, begun, draw = std::move(draw)](Deferred<std::string>::Completion done) {
        std::move(*begun).start([&context, draw, done](Result<T> read) {
          if (!read) {
            done(read.error());
            return;
          }
          auto kept = std::make_shared<const T>(std::move(*read));
          const bool taken = context.run_long_work([draw, kept, done] {
            Result<std::string> paper = Error(Errc::internal, "the document could not be written");
            try {
              paper = draw(*kept);
            } catch (const std::exception&) {  // out of memory: said above
            }
            done(std::move(paper));
          });
          if (!taken)
            done(Error(Errc::storage_unavailable,
                       "many documents are being read just now; try again in a moment"));
        });
      });
}

CertificateSheet sheet_of(const Given& given, const Paper& paper) {
  const auto& one = given.certificate;
  const auto& words = sheet_words.at(static_cast<std::size_t>(one.language));
  const auto& saying = given.saying;
  const auto& organiser = saying.words;
  CertificateSheet sheet;
  sheet.association = saying.association;
  sheet.title = organiser.title;
  sheet.lead = organiser.lead;
  sheet.name = one.name;
  sheet.number = std::string(words.number) + number_text(one);
  const CertificateValues values = {
      one.event_title,    certificate_dates(one, one.language),
      one.place,          saying.hours,
      saying.institution, std::string(saying.format == AttendanceFormat::hall ? words.hall : words.online),
      sheet.number,       saying.association};
  for (auto& line : fill_certificate(organiser.text, values))
    sheet.lines.push_back({std::move(line.text), line.strong});
  sheet.signatory = organiser.signatory;
  sheet.date = calendar::format_date(civil_date(one.issued, paper.zone), one.language);
  sheet.hint = words.verify;
  sheet.address = certificate_address(paper.base_url, one);
  return sheet;
}

Result<std::string> draw_paper(const Paper& paper) {
  documents::Certificates all;
  const auto& first = paper.given.front().certificate;
  all.language = tag_of(paper.language);
  all.title = words_in(paper.settings, paper.language).title + ": " + first.event_title;
  if (paper.given.size() == 1 && !first.name.empty()) all.title = first.name + ". " + all.title;
  if (!paper.background.empty()) {
    auto picture = documents::kept_picture(paper.background);
    if (!picture) return picture.error();
    all.background = std::make_shared<const documents::Picture>(std::move(*picture));
  }
  for (const auto& given : paper.given) all.sheets.push_back(sheet_of(given, paper));
  return write_certificates(all);
}

Paper paper_of(Unit& unit, const Event& event, const std::string& base_url) {
  Paper paper;
  paper.settings = unit.certificates().settings(event.id);
  if (paper.settings.background) paper.background = unit.certificates().background(event.id);
  paper.zone = notify::zone_of(event);
  paper.base_url = base_url;
  return paper;
}

void put(Paper& paper, Certificate certificate, CertificateSaying saying) {
  Given given;
  given.saying = std::move(saying);
  paper.language = certificate.language;
  given.certificate = std::move(certificate);
  paper.given.push_back(std::move(given));
}

Result<Paper> read_certificates(Unit& unit, const DeskScope& scope, CertificateId id,
                                const std::string& base_url) {
  const auto event = desk_event(unit, scope);
  if (!event) return event.error();
  auto paper = paper_of(unit, *event, base_url);
  const CertificateWriting writing(unit, *event);
  auto sayings = unit.certificates().sayings(scope.event);
  for (auto& one : unit.certificates().of_event(scope.event)) {
    if (one.revoked || one.name.empty() || (id && one.id != id)) continue;
    const auto said = sayings.find(one.id);
    auto saying = said == sayings.end() ? writing.saying_of(one) : std::move(said->second);
    put(paper, std::move(one), std::move(saying));
  }
  if (paper.given.empty()) return Error(Errc::not_found, "there is no such certificate");
  if (paper.given.size() > most_certificates_a_file)
    return Error(Errc::limit_exceeded, "too many certificates for one file: load them one by one");
  return paper;
}

// People of the hall, with what else the badges and the list need.
struct Hall {
  Event event;
  std::string association;
  std::vector<Registration> people;

  Hall() = default;
};

Deferred<Hall> read_hall(Context& context, const Actor& actor, DeskScope scope, Language language) {
  if (auto no = desk_refusal(actor)) return Deferred<Hall>::ready(std::move(*no));
  return context.store.read([scope, language](Unit& unit) -> Result<Hall> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    Hall hall;
    db::RegistrationSelection selection;
    selection.event = scope.event;
    hall.people = unit.registrations().list(selection);
    std::erase_if(hall.people, [](const Registration& one) {
      return !takes_part(one.state) || one.format != AttendanceFormat::hall || one.name.empty();
    });
    if (hall.people.size() > most_people_on_paper)
      return Error(Errc::limit_exceeded, "too many people for one document");
    std::ranges::stable_sort(hall.people, [&](const Registration& a, const Registration& b) {
      return compare_in(tag_of(language), a.name, b.name) < 0;
    });
    hall.association = association_of(unit, *event);
    hall.event = std::move(*event);
    return hall;
  });
}

}  // namespace

std::string certificate_address(std::string_view base_url, const Certificate& certificate) {
  return std::string(base_url) + std::string(certificate_path) + certificate.code;
}

std::string certificate_dates(const Certificate& certificate, Language language) {
  auto period = make_dated(certificate.first);
  if (certificate.last != certificate.first) {
    period.precision = Precision::date_range;
    period.last = certificate.last;
  }
  return calendar::format_period(period, language);
}

Deferred<std::string> certificate_file(Context& context, Actor actor, DeskScope scope, CertificateId one) {
  if (auto no = desk_refusal(actor)) return Deferred<std::string>::ready(std::move(*no));
  return drawn<Paper>(context, context.store.read([scope, one, base = context.settings.base_url](Unit& unit) {
    return read_certificates(unit, scope, one, base);
  }),
                      draw_paper);
}

Deferred<std::string> certificate_preview(Context& context, Actor actor, DeskScope scope, Language language) {
  if (auto no = desk_refusal(actor)) return Deferred<std::string>::ready(std::move(*no));
  return drawn<Paper>(context,
                      context.store.read([scope, language, base = context.settings.base_url,
                                          now = context.clock.now()](Unit& unit) -> Result<Paper> {
                        const auto event = desk_event(unit, scope);
                        if (!event) return event.error();
                        auto paper = paper_of(unit, *event, base);
                        Given given;
                        auto& one = given.certificate;
                        one.name = invented_names.at(static_cast<std::size_t>(language));
                        one.language = paper.language = language;
                        one.event_title = event->title;
                        one.place = event->place;
                        const Date day = civil_date(now, paper.zone);
                        one.first = event->period.first.value_or(day);
                        one.last = event->period.last.value_or(one.first);
                        one.issued = now;
                        one.year = static_cast<int>(day.year());
                        one.code = *certificate_code_of("00000000000000000000");
                        given.saying = CertificateWriting(unit, *event).saying_of(one);
                        paper.given.push_back(std::move(given));
                        return paper;
                      }),
                      draw_paper);
}

Deferred<std::string> certificate_of_link(Context& context, std::string token, std::string code) {
  // Two readings: what is taken back in between is not given out, since the second looks again.
  auto begun =
      std::make_shared<Deferred<std::vector<Certificate>>>(certificates_of_link(context, std::move(token)));
  return Deferred<std::string>(
      [&context, begun, code = std::move(code)](Deferred<std::string>::Completion done) {
        std::move(*begun).start([&context, code, done](Result<std::vector<Certificate>> mine) {
          if (!mine) {
            done(mine.error());
            return;
          }
          const auto found = std::ranges::find(*mine, code, &Certificate::code);
          if (found == mine->end()) {
            done(Error(Errc::not_found, "there is no such certificate"));
            return;
          }
          auto reading = context.store.read(
              [event = found->event, id = found->id, base = context.settings.base_url](Unit& unit) {
                return read_certificates(unit, DeskScope(event, {}), id, base);
              });
          drawn<Paper>(context, std::move(reading), draw_paper).start(done);
        });
      });
}

Deferred<std::string> badge_file(Context& context, Actor actor, DeskScope scope, PaperWords words) {
  auto reading = read_hall(context, actor, scope, words.language);
  return drawn<Hall>(
      context, std::move(reading),
      [words = std::move(words), base = context.settings.base_url](const Hall& hall) {
        std::vector<documents::Badge> badges;
        for (const auto& one : hall.people)
          badges.push_back({hall.event.title, one.name, one.institution, words.formats.at(one.format),
                            door_address(base, one.code)});
        return Result<std::string>(documents::write_badges(words.title + ": " + hall.event.title,
                                                           std::string(tag_of(words.language)), badges));
      });
}

Deferred<std::string> attendance_file(Context& context, Actor actor, DeskScope scope, PaperWords words) {
  auto reading = read_hall(context, actor, scope, words.language);
  return drawn<Hall>(context, std::move(reading), [words = std::move(words)](const Hall& hall) {
    documents::AttendanceList list;
    list.title = words.title;
    list.language = tag_of(words.language);
    list.headings = words.headings;
    if (const auto days = attendance_days(hall.event); days.size() > 1) {
      list.headings.resize(3);
      for (const auto day : days)
        list.headings.push_back(
            fmt::format("{:02}.{:02}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month())));
    }
    for (const auto& line : {hall.association, hall.event.title,
                             calendar::format_period(hall.event.period, words.language), hall.event.place})
      if (!line.empty()) list.head.push_back(line);
    for (const auto& one : hall.people) list.rows.push_back({one.name, one.institution});
    list.empty_rows = empty_rows;
    return Result<std::string>(write_attendance_list(list));
  });
}

}  // namespace convoke::service
