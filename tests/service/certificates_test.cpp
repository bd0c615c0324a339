// Certificates as the organiser gives them, as their holders get them, and as anybody verifies them.
#include "service/certificates.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "documents/picture.hpp"
#include "notify/mails/registration.hpp"
#include "notify/message.hpp"
#include "notify/registration_links.hpp"
#include "service/answers.hpp"
#include "service/event_papers.hpp"
#include "service/registration_round.hpp"
#include "tests/service/conference_event.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/pdf_file.hpp"

#include <fstream>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using tests::PdfFile;

namespace {

// A conference on 24 and 25 September 2026; it is the evening of the 25th.
class AfterConference {
 public:
  template<class Fn>
  auto write(Fn fn) {
    return context.context.store.write(db::Author("test", context.clock.now()), fn).wait().value();
  }
  AfterConference() {
    key = link_key(context.context).wait().value();
    context.context.settings.mail_domain = "plans.example.org";
    context.context.settings.base_url = "https://plans.example.org";
    event = write([](db::Unit& unit) {
      Event one = conference_event(unit, "Об’єднання бібліотек Вишневої громади");
      one.title = "Книга в дорозі";
      one.place = "Читальна зала";
      one.period = make_dated(make_date(2026, 9, 24));
      one.period.precision = Precision::date_range;
      one.period.last = make_date(2026, 9, 25);
      return unit.events().insert(one);
    });
    RegistrationSettings settings;
    settings.offered = {true, true};
    REQUIRE(save_registration(context.context, editor, scope(), settings).wait());
    at("2026-09-25T21:00:00Z");
  }

  template<class Fn>
  auto read(Fn fn) {
    return context.context.store.read(fn).wait().value();
  }
  void at(const char* when) { context.clock.set(parse_iso_instant(when).value()); }
  DeskScope scope() const { return DeskScope(event, {}); }
  RegistrationId person(const std::string& name, bool came = true, Language language = Language::uk) {
    RegistrationEntry entry;
    entry.name = name;
    entry.email = random_token(6) + "@example.org";
    entry.institution = "Бібліотека № 3";
    entry.format = AttendanceFormat::hall;
    entry.language = language;
    const auto added = add_registration(context.context, editor, scope(), entry).wait().value();
    REQUIRE_FALSE(added.problem);
    if (came)
      REQUIRE(step_registration(context.context, editor, scope(), added.id, RegistrationStep::attend).wait());
    return added.id;
  }
  Result<int> issue(bool registered_too = false) {
    return issue_certificates(context.context, editor, scope(), registered_too).wait();
  }
  std::vector<Certificate> all() {
    return read([this](db::Unit& unit) { return unit.certificates().of_event(event); });
  }
  std::string token(RegistrationId id) {
    return notify::registration_token(
        key, read([id](db::Unit& unit) { return unit.registrations().find(id)->code; }));
  }
  int thanks() {
    return read([](db::Unit& unit) {
      db::ReminderSelection selection;
      const auto rows = unit.reminders().list(selection);
      return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const Reminder& row) {
        return row.reason == ReminderReason::registration_thanks;
      }));
    });
  }
  void round() {
    write([this](db::Unit& unit) {
      return registration_round(unit, "plans.example.org", context.clock.now()) >= 0;
    });
  }
  void await_certificates() {
    CertificateSettings settings;
    settings.awaited = true;
    REQUIRE(save_certificate_settings(context.context, editor, scope(), settings).wait());
  }

  Fixture context;
  std::string key;
  EventId event;
};

std::string joined(const std::string& text) {
  std::string line;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\f') line += c;
  return line;
}

}  // namespace

TEST_CASE("those who came get a certificate each and nobody gets two") {
  AfterConference after;
  after.person("Явір Степан");
  after.person("Ґалаґан Ївга");
  after.person("Калина Ольга", false);
  CHECK(after.issue().value() == 2);
  const auto given = after.all();
  REQUIRE(given.size() == 2);
  CHECK(given[0].name == "Ґалаґан Ївга");
  CHECK(number_text(given[0]) == "1/2026");
  CHECK(number_text(given[1]) == "2/2026");
  CHECK(given[0].code != given[1].code);
  CHECK(after.issue().value() == 0);
  CHECK(after.issue(true).value() == 1);
  CHECK(after.all().back().number == 3);
  CHECK(after.all().back().name == "Калина Ольга");
}

TEST_CASE("no certificate is given before the event begins or by somebody who may not") {
  AfterConference after;
  after.person("Явір Степан");
  after.at("2026-09-23T20:59:59Z");
  CHECK(after.issue().error().code == Errc::conflict);
  after.at("2026-09-23T21:00:00Z");  // midnight in Kyiv
  CHECK(issue_certificates(after.context.context, Actor(), after.scope(), false).wait().error().code ==
        Errc::unauthenticated);
  CHECK(issue_certificates(after.context.context, Actor("reader", Role::reader), after.scope(), false)
            .wait()
            .error()
            .code == Errc::forbidden);
  CHECK(issue_certificates(after.context.context, editor, DeskScope(after.event, OrganisationId{99}), false)
            .wait()
            .error()
            .code == Errc::not_found);
  CHECK(after.issue().value() == 1);
}

TEST_CASE("a certificate is verified by its code and says so when it is revoked or corrected") {
  AfterConference after;
  after.person("Явір Степан");
  REQUIRE(after.issue());
  const auto one = after.all().front();
  auto& context = after.context.context;
  const auto valid = check_certificate(context, one.code).wait().value();
  CHECK(valid.certificate.name == "Явір Степан");
  CHECK(valid.association == "Об’єднання бібліотек Вишневої громади");
  CHECK(certificate_dates(valid.certificate, Language::uk) == "24–25 вересня 2026 року");
  CHECK(check_certificate(context, "0000-0000-0000-0000-0000").wait().error().code == Errc::not_found);
  CHECK(check_certificate(context, "' OR 1=1 --").wait().error().code == Errc::not_found);

  REQUIRE(revoke_certificate(context, editor, after.scope(), one.id).wait());
  const auto revoked = check_certificate(context, one.code).wait().value();
  CHECK(revoked.certificate.revoked);
  CHECK(revoked.certificate.name.empty());
  CHECK(certificate_file(context, editor, after.scope(), one.id).wait().error().code == Errc::not_found);

  const auto anew =
      reissue_certificate(context, editor, after.scope(), one.id, "  Явір   Степан Миколайович ")
          .wait()
          .value();
  CHECK(anew.name == "Явір Степан Миколайович");
  CHECK(number_text(anew) == number_text(one));
  CHECK_FALSE(check_certificate(context, one.code).wait().value().certificate.revoked);
  CHECK(reissue_certificate(context, editor, after.scope(), one.id, "  ").wait().error().code ==
        Errc::invalid_input);
  CHECK(reissue_certificate(context, editor, DeskScope(EventId{99}, {}), one.id, "Я").wait().error().code ==
        Errc::not_found);
}

TEST_CASE("a certificate whose holder's data were erased verifies without a name and is not written anew") {
  AfterConference after;
  after.person("Явір Степан");
  REQUIRE(after.issue());
  const auto one = after.all().front();
  after.at("2027-09-26T22:00:00Z");
  after.round();
  auto& context = after.context.context;
  const auto check = check_certificate(context, one.code).wait().value();
  CHECK(check.certificate.name.empty());
  CHECK_FALSE(check.certificate.revoked);
  CHECK(number_text(check.certificate) == "1/2026");
  CHECK(reissue_certificate(context, editor, after.scope(), one.id, "Явір Степан").wait().error().code ==
        Errc::conflict);
  CHECK(certificate_file(context, editor, after.scope()).wait().error().code == Errc::not_found);
  CHECK(after.issue(true).value() == 0);
}

TEST_CASE("the holder of a link loads the own certificate and nobody else's") {
  AfterConference after;
  const auto stepan = after.person("Дем’янчук-Їжакевич Степан"), ivha = after.person("Ґалаґан Ївга");
  REQUIRE(after.issue());
  auto& context = after.context.context;
  const auto mine = certificates_of_link(context, after.token(stepan)).wait().value();
  REQUIRE(mine.size() == 1);
  const auto bytes = certificate_of_link(context, after.token(stepan), mine.front().code).wait().value();
  const PdfFile file(bytes);
  CHECK_THAT(joined(file.text()), Contains("Дем’янчук-ЇжакевичСтепан") && Contains("№2/2026") &&
                                      Contains("Книгавдорозі") && Contains(mine.front().code));
  CHECK(bytes == certificate_of_link(context, after.token(stepan), mine.front().code).wait().value());
  const auto hers = certificates_of_link(context, after.token(ivha)).wait().value().front().code;
  CHECK(certificate_of_link(context, after.token(stepan), hers).wait().error().code == Errc::not_found);
  CHECK(certificate_of_link(context, "nonsense", hers).wait().error().code == Errc::not_found);
  CHECK(certificates_of_link(context, "nonsense").wait().error().code == Errc::not_found);
  REQUIRE(revoke_certificate(context, editor, after.scope(), mine.front().id).wait());
  CHECK(certificates_of_link(context, after.token(stepan)).wait().value().empty());
}

TEST_CASE("a certificate is written in the language in which its holder registered") {
  AfterConference after;
  after.person("Аўгустыновіч Ірына", true, Language::be);
  after.person("O'Neill Zoë", true, Language::en);
  REQUIRE(after.issue());
  auto& context = after.context.context;
  CertificateSettings settings;
  settings.hours = "7,5";
  settings.words[3].text = "for a talk at\n{event}\n{dates}, {institution}\nHours: {hours}";
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  REQUIRE(reissue_outdated_certificates(context, editor, after.scope()).wait());
  const PdfFile file(certificate_file(context, editor, after.scope()).wait().value());
  const auto text = joined(file.text());
  CHECK_THAT(text, Contains("АўгустыновічІрына") && Contains("Сертыфікат") && Contains("O'NeillZoë") &&
                       Contains("foratalkat") && Contains("Бібліотека№3"));
  CHECK_THAT(text, Contains("Hours:7,5") && Contains("Аб’ём,гадзін:7,5"));
  for (const auto language : all_languages) {
    const PdfFile preview(certificate_preview(context, editor, after.scope(), language).wait().value());
    CHECK_THAT(joined(preview.text()), Contains("Книгавдорозі") && Contains("7,5"));
  }
}

TEST_CASE("certificates that no longer say what their event says are named and written anew at once") {
  using Fact = CertificateFact;
  AfterConference after;
  auto& context = after.context.context;
  const auto stepan = after.person("Явір Степан");
  after.person("Калина Ольга");
  after.person("Липа Марія");
  CertificateSettings settings;
  settings.hours = "8";
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  REQUIRE(after.issue());
  const auto outdated = [&] {
    return certificate_desk(context, editor, after.scope()).wait().value().outdated;
  };
  CHECK(outdated().empty());
  const auto given = after.all();
  REQUIRE(given.size() == 3);
  REQUIRE(revoke_certificate(context, editor, after.scope(), given[1].id).wait());

  after.write([&](db::Unit& unit) {
    auto event = unit.events().find(after.event).value();
    event.title = "Книга в дорозі: читання";
    event.period.first = add_days(*event.period.first, 1);
    event.period.last = add_days(*event.period.last, 1);
    return unit.events().update(event), true;
  });
  settings.hours = "16";
  settings.words[0].signatory = "Голова Калина О. П.";
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  auto old = outdated();
  REQUIRE(old.size() == 2);
  CHECK(old.at(given[0].id) == std::vector{Fact::title, Fact::days, Fact::hours, Fact::words});
  CHECK_FALSE(old.contains(given[1].id));
  // Until then each says what it said.
  auto file =
      joined(PdfFile(certificate_file(context, editor, after.scope(), given[0].id).wait().value()).text());
  CHECK_THAT(file,
             Contains("24–25вересня") && Contains("годин:8") && !Contains("читання") && !Contains("Голова"));

  after.at("2026-10-01T10:00:00Z");
  CHECK(reissue_outdated_certificates(context, editor, after.scope()).wait().value() == 2);
  CHECK(outdated().empty());
  CHECK(reissue_outdated_certificates(context, editor, after.scope()).wait().value() == 0);
  const auto anew = after.all();
  REQUIRE(anew.size() == 3);
  CHECK(number_text(anew[0]) == number_text(given[0]));
  CHECK(anew[0].code == given[0].code);
  CHECK(anew[0].name == given[0].name);
  CHECK(anew[0].issued == given[0].issued);
  CHECK(anew[0].reissued == context.clock.now());
  CHECK(anew[1].revoked);
  CHECK_FALSE(anew[1].reissued);
  file = joined(PdfFile(certificate_file(context, editor, after.scope(), given[0].id).wait().value()).text());
  CHECK_THAT(file,
             Contains("25–26вересня") && Contains("годин:16") && Contains("читання") && Contains("Голова"));
  CHECK(check_certificate(context, given[0].code).wait().value().certificate.event_title ==
        "Книга в дорозі: читання");
  CHECK(stepan);
}

TEST_CASE("what is not printed on a certificate does not make it old") {
  AfterConference after;
  auto& context = after.context.context;
  const auto stepan = after.person("Явір Степан");
  REQUIRE(after.issue());
  CertificateSettings settings;
  settings.awaited = true;
  settings.words[3].text = "for a talk\n{event}";  // nobody's language here
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  after.write([&](db::Unit& unit) {
    auto event = unit.events().find(after.event).value();
    event.note = "Чай о 10";
    unit.events().update(event);
    auto person = unit.registrations().find(stepan).value();
    person.institution = "Інша бібліотека";
    unit.registrations().update(person);
    return true;
  });
  CHECK(certificate_desk(context, editor, after.scope()).wait().value().outdated.empty());
  // The institution counts where the text names it.
  settings.words[0].text = "за участь\n{event}, {institution}";
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  const auto old = certificate_desk(context, editor, after.scope()).wait().value().outdated;
  REQUIRE(old.size() == 1);
  CHECK(old.begin()->second == std::vector{CertificateFact::institution, CertificateFact::words});
  CHECK(reissue_outdated_certificates(context, Actor("reader", Role::reader), after.scope())
            .wait()
            .error()
            .code == Errc::forbidden);
  CHECK(reissue_outdated_certificates(context, editor, DeskScope(after.event, OrganisationId{99}))
            .wait()
            .error()
            .code == Errc::not_found);
}

TEST_CASE("a certificate given before words were kept says what it said when the words change") {
  AfterConference after;
  auto& context = after.context.context;
  after.person("Явір Степан");
  REQUIRE(after.issue());
  const auto one = after.all().front();
  after.write([&](db::Unit& unit) {  // as the years before left it
    auto bare = one;
    bare.name.clear();
    unit.certificates().update(bare);
    unit.certificates().update(one);
    return unit.certificates().sayings(after.event).empty();
  });
  CHECK(certificate_desk(context, editor, after.scope()).wait().value().outdated.empty());
  CertificateSettings settings;
  settings.words[0].signatory = "Голова Калина О. П.";
  REQUIRE(save_certificate_settings(context, editor, after.scope(), settings).wait());
  CHECK(certificate_desk(context, editor, after.scope()).wait().value().outdated.at(one.id) ==
        std::vector{CertificateFact::words});
  CHECK_THAT(joined(PdfFile(certificate_file(context, editor, after.scope()).wait().value()).text()),
             !Contains("Голова"));
}

TEST_CASE("a certificate is found by what is typed off it and not by another number") {
  AfterConference after;
  auto& context = after.context.context;
  after.person("Явір Степан");
  REQUIRE(after.issue());
  const auto one = after.all().front();
  std::string shouted;
  for (const char c : one.code)
    shouted += c == '0' ? "О" : c == 'c' ? "С" : std::string(1, c == '-' ? ' ' : c);
  CHECK(check_certificate(context, shouted).wait().value().certificate.id == one.id);
  CHECK(check_certificate(context, "№ 1/2026 " + one.code).wait().value().certificate.id == one.id);
  CHECK(check_certificate(context, "№ 2/2026 " + one.code).wait().error().code == Errc::not_found);
  CHECK(check_certificate(context, "№ 1/2026").wait().error().code == Errc::not_found);
}

TEST_CASE("settings of certificates that cannot be used are refused by name") {
  AfterConference after;
  auto& context = after.context.context;
  const auto refused = [&](auto change) {
    CertificateSettings settings;
    change(settings);
    return save_certificate_settings(context, editor, after.scope(), settings).wait().error().message;
  };
  CHECK_THAT(refused([](auto& s) { s.words[1].text = "{salary}"; }),
             Contains("'text_be'") && Contains("salary"));
  CHECK_THAT(refused([](auto& s) { s.words[0].title = std::string(101, 'x'); }), Contains("'title_uk'"));
  CHECK_THAT(refused([](auto& s) { s.words[3].signatory = std::string(301, 'x'); }),
             Contains("'signatory_en'"));
  for (const char* hours : {"many", "-1", "1,", ".5", "1,2,3", "1234567"}) {
    CAPTURE(hours);
    CHECK_THAT(refused([&](auto& s) { s.hours = hours; }), Contains("'hours'"));
  }
  CertificateSettings fine;
  fine.hours = " 7.5 ";
  fine.words[0].title = std::string(100, 'x');
  CHECK(save_certificate_settings(context, editor, after.scope(), fine).wait().value().hours == "7.5");
}

TEST_CASE("a background picture is kept as a picture and nothing else is") {
  AfterConference after;
  after.person("Явір Степан");
  REQUIRE(after.issue());
  auto& context = after.context.context;
  const auto plain = certificate_file(context, editor, after.scope()).wait().value();
  std::ifstream seed(CONVOKE_SOURCE_DIR "/tests/fuzz/corpus/picture_head/eight.jpg", std::ios::binary);
  const std::string jpeg{std::istreambuf_iterator<char>(seed), {}};
  REQUIRE(put_certificate_background(context, editor, after.scope(), jpeg).wait());
  const auto kept = after.read([&](db::Unit& unit) { return unit.certificates().background(after.event); });
  CHECK(documents::kept_picture(kept));
  CHECK_THAT(certificate_file(context, editor, after.scope()).wait().value(), Contains("/DCTDecode"));
  for (const std::string& wrong :
       {std::string("<svg onload='x'/>"), jpeg.substr(0, 300), std::string("%PDF-1.4"), std::string("\0", 1)})
    CHECK_THAT(put_certificate_background(context, editor, after.scope(), wrong).wait().error().message,
               Contains("'background'"));
  CHECK(after.read([&](db::Unit& unit) { return unit.certificates().background(after.event); }) == kept);
  REQUIRE(put_certificate_background(context, editor, after.scope(), "").wait());
  CHECK(certificate_file(context, editor, after.scope()).wait().value() == plain);
}

TEST_CASE("the letter of thanks waits for certificates that were promised but not for ever") {
  AfterConference after;
  after.person("Явір Степан");
  after.await_certificates();
  after.at("2026-09-26T00:00:00Z");
  after.round();
  CHECK(after.thanks() == 0);
  SECTION("they are given") {
    REQUIRE(after.issue());
    after.round();
    CHECK(after.thanks() == 1);
    after.round();
    CHECK(after.issue().value() == 0);
    CHECK(after.thanks() == 1);
  }
  SECTION("they are not") {
    after.at("2026-09-29T20:59:00Z");
    after.round();
    CHECK(after.thanks() == 0);
    after.at("2026-09-29T21:00:00Z");
    after.round();
    CHECK(after.thanks() == 1);
    // A late one has a letter of its own.
    REQUIRE(after.issue());
    CHECK(after.thanks() == 2);
  }
}

TEST_CASE("nobody waits for certificates that were never promised") {
  AfterConference after;
  after.person("Явір Степан");
  after.at("2026-09-26T00:00:00Z");
  after.round();
  CHECK(after.thanks() == 1);
}

TEST_CASE("badges and the list to sign have those of the hall by the alphabet of the language") {
  AfterConference after;
  for (const char* name :
       {"Яворницький Остап", "Ґалаґан Ївга", "Гайко Віра", "Їжак Дмитро", "Іваненко Ірина"})
    after.person(name, false);
  RegistrationEntry distant;
  distant.name = "Далекий Петро";
  distant.email = "petro@example.org";
  distant.format = AttendanceFormat::online;
  auto& context = after.context.context;
  REQUIRE(add_registration(context, editor, after.scope(), distant).wait());
  PaperWords words;
  words.title = "Список учасників";
  words.headings = {"№", "Прізвище, ім’я", "Установа", "Підпис"};
  words.formats = {{AttendanceFormat::hall, "у залі"}, {AttendanceFormat::online, "онлайн"}};
  const PdfFile list(attendance_file(context, editor, after.scope(), words).wait().value());
  const auto text = list.text();
  std::size_t before = 0;
  for (const char* name :
       {"Гайко Віра", "Ґалаґан Ївга", "Іваненко Ірина", "Їжак Дмитро", "Яворницький Остап"}) {
    CAPTURE(name, text);
    const auto at = text.find(name);
    REQUIRE(at != std::string::npos);
    CHECK(at > before);
    before = at;
  }
  CHECK_THAT(text, !Contains("Далекий") && Contains("15") && !Contains("16"));
  const PdfFile badges(badge_file(context, editor, after.scope(), words).wait().value());
  CHECK_THAT(badges.text(), Contains("Ґалаґан Ївга") && !Contains("Далекий"));
  CHECK(badge_file(context, Actor(), after.scope(), words).wait().error().code == Errc::unauthenticated);
}

TEST_CASE(
    "holders of certificates that were written anew are told when the organiser wants it and once a party") {
  AfterConference after;
  auto& context = after.context.context;
  after.person("Явір Степан");
  RegistrationEntry party;
  party.name = "Липа Марія";
  party.email = "maria@example.org";
  party.format = AttendanceFormat::hall;
  party.colleagues = {"Верба Олена"};
  const auto lead = add_registration(context, editor, after.scope(), party).wait().value().id;
  REQUIRE(after.issue(true).value() == 3);
  const auto rows = [&] {
    return after.read([](db::Unit& unit) {
      auto all = unit.reminders().list({});
      std::erase_if(
          all, [](const Reminder& row) { return row.reason != ReminderReason::registration_certificate; });
      return all;
    });
  };
  const auto correct = [&](const std::string& title) {
    after.write([&](db::Unit& unit) {
      auto event = unit.events().find(after.event).value();
      event.title = title;
      unit.events().update(event);
      return true;
    });
  };
  const auto revoke = [&](const std::string& name) {
    for (const auto& one : after.all())
      if (one.name == name) REQUIRE(revoke_certificate(context, editor, after.scope(), one.id).wait());
  };
  correct("Книга в путі");
  REQUIRE(reissue_outdated_certificates(context, editor, after.scope()).wait().value() == 3);
  CHECK(rows().empty());
  correct("Книга в дорозі");
  after.at("2026-10-01T10:00:00Z");
  revoke("Явір Степан");
  CHECK(reissue_outdated_certificates(context, editor, after.scope(), true).wait().value() == 2);
  REQUIRE(rows().size() == 1);
  CHECK(rows().front().key.recipient == notify::registration_key(lead));
  // Nothing is old any more, and nobody hears of it again.
  CHECK(reissue_outdated_certificates(context, editor, after.scope(), true).wait().value() == 0);
  CHECK(rows().size() == 1);
  const auto mail = [&] {
    return after.read([&, row = rows().front()](db::Unit& unit) {
      notify::MailSettings settings;
      settings.from = {"", "plans@example.org"};
      settings.base_url = "https://plans.example.org";
      settings.link_key = "a key";
      const notify::Composing composing{unit, row, settings, context.clock.now()};
      const auto composed = notify::compose_registration(composing);
      if (composed.kind != notify::Composition::Kind::send) return std::string("dropped");
      return composed.write().copy.text;
    });
  };
  CHECK_THAT(mail(), Contains("1/2026, 2/2026") || Contains("2/2026, 1/2026"));
  CHECK_THAT(mail(), Contains("https://plans.example.org/register/link/"));
  // What was revoked since is not announced.
  revoke("Верба Олена");
  CHECK_THAT(mail(), Contains("2/2026") && !Contains("1/2026"));
  revoke("Липа Марія");
  CHECK(mail() == "dropped");
}
