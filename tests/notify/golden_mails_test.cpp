// Every mail there is, in four languages, as its reader has it: headers, text, HTML. The events, people and
// answers are invented. tests/notify/golden/README.md says how the files are written anew.
#include "notify/account_links.hpp"
#include "notify/account_text.hpp"
#include "notify/answer_text.hpp"
#include "notify/bulk_mail.hpp"
#include "notify/event_mail_text.hpp"
#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/digest.hpp"
#include "notify/news_text.hpp"
#include "notify/outgoing.hpp"
#include "notify/overview.hpp"
#include "notify/planner.hpp"
#include "notify/poll_links.hpp"
#include "notify/poll_text.hpp"
#include "notify/registration_invitation_links.hpp"
#include "notify/registration_invitation_text.hpp"
#include "notify/registration_links.hpp"
#include "notify/registration_text.hpp"
#include "notify/submission_links.hpp"
#include "notify/submission_text.hpp"
#include "tests/notify/child.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const std::string golden_folder = CONVOKE_SOURCE_DIR "/tests/notify/golden/";

// Compares with a file; CONVOKE_WRITE_GOLDEN=1 writes it anew, for a person to read and commit.
void check_golden(const std::string& name, const std::string& text) {
  if (std::getenv("CONVOKE_WRITE_GOLDEN") != nullptr) std::ofstream(golden_folder + name) << text;
  std::ifstream file(golden_folder + name);
  std::stringstream expected;
  expected << file.rdbuf();
  INFO("golden file " << name);
  CHECK(text == expected.str());
}

// What a mail program shows of it.
std::string as_read(const OutgoingMail& mail) {
  return tests::run_python(CONVOKE_SOURCE_DIR "/tests/notify/show_mail.py", mail.bytes);
}

struct Words {
  std::string reader, other, event, report, place, agenda, association, keeper, result, reason, no;
};

Words words_in(Language language) {
  switch (language) {
    case Language::uk:
      return {"Ярмак О.П.",
              "Гнатюк Л.І.",
              "Круглий стіл «Бібліотека і громада»",
              "Звіт про роботу з фондом",
              "Читальна зала, вул. Липова, 3",
              "Досвід сільських бібліотек",
              "Об’єднання бібліотек Лугового району",
              "Методичний кабінет",
              "Звіт здано, копія в теці об’єднання",
              "Доповідачка хворіє",
              "Бракує даних трьох бібліотек"};
    case Language::be:
      return {"Ярмак А.П.",
              "Гнацюк Л.І.",
              "Круглы стол «Бібліятэка і грамада»",
              "Справаздача аб рабоце з фондам",
              "Чытальная зала, вул. Ліпавая, 3",
              "Вопыт вясковых бібліятэк",
              "Аб’яднанне бібліятэк Лугавога раёна",
              "Метадычны кабінет",
              "Справаздача здадзена, копія ў папцы аб’яднання",
              "Дакладчыца хварэе",
              "Не хапае звестак трох бібліятэк"};
    case Language::ru:
      return {"Ярмак О.П.",
              "Гнатюк Л.И.",
              "Круглый стол «Библиотека и община»",
              "Отчёт о работе с фондом",
              "Читальный зал, ул. Липовая, 3",
              "Опыт сельских библиотек",
              "Объединение библиотек Лугового района",
              "Методический кабинет",
              "Отчёт сдан, копия в папке объединения",
              "Докладчица болеет",
              "Не хватает данных трёх библиотек"};
    case Language::en:
      break;
  }
  return {"O. Yarmak",
          "L. Hnatiuk",
          "Round table: the library and its town",
          "Report on the holdings",
          "Reading room, 3 Lime Street",
          "What village libraries do",
          "Libraries of the Meadow District",
          "Advisers’ office",
          "The report is in, a copy is in the association’s folder",
          "The speaker is ill",
          "The figures of three libraries are missing"};
}

// Everything that the mails of one language speak of.
struct Scene {
  Language language;
  Words words;
  Person reader;
  MailSettings settings;

  explicit Scene(Language chosen)
      : language(chosen),
        words(words_in(chosen)),
        reader(person(words.reader, "reader@example.org", chosen)),
        settings(mail_settings()) {
    settings.association = words.association;
    settings.reply_to = Mailbox{words.keeper, "keeper@example.org"};
    settings.link_key = "a key of the tests, never of a server";
  }

  Event named(Event event, const std::string& title) const {
    event.title = title;
    event.place = words.place;
    event.agenda = {words.agenda};
    event.responsible = {somebody(words.reader, PersonId{12}), somebody(words.other)};
    return event;
  }
  Event dated() const { return named(dated_event(), words.event); }
  Event due(Date day = make_date(2025, 5, 15)) const {
    Event event = named(deadline_event(day), words.report);
    event.id = EventId{8};
    event.place.clear();
    event.agenda.clear();
    return event;
  }
  Event month() const {
    Event event = named(month_event(), words.event);
    event.id = EventId{9};
    return event;
  }
  Event ongoing() const {
    Event event =
        named(event_with(span(Precision::calendar_year, make_date(2025, 1, 1), make_date(2025, 12, 31))),
              words.report);
    event.kind = EventKind::ongoing_task;
    event.agenda.clear();
    return event;
  }

  Reminder row(const Event& event, ReminderReason reason, std::string occurrence,
               std::string_view due) const {
    Reminder row;
    row.id = ReminderId{31};
    row.key = {event.id, std::move(occurrence), "golden", "person:12"};
    row.reason = reason;
    row.due = at(due);
    row.expires = row.due + std::chrono::hours{24};
    row.message_id = stable_message_id(event.uid, row.key, "plans.example.org");
    return row;
  }

  std::vector<Button> links(const Reminder& row, const Event& event, const Answer* about = nullptr) const {
    return answer_buttons(links_of(row, event, "person:12", settings, about), language);
  }

  TemplateText text(ReminderReason reason) const { return shipped_text(reason, language); }

  std::string step(const Event& event, ReminderReason reason, std::string occurrence, std::string_view due,
                   bool controls = false) const {
    const auto one = row(event, reason, std::move(occurrence), due);
    MailForm form;
    form.answers = links(one, event);
    form.controls = controls;
    return as_read(render_mail(one, event, reader, settings, one.due, form));
  }

  std::string single(const MailText& mail, const Reminder& row) const {
    return as_read(as_outgoing(
        mail_parts(mail, {reader.name, reader.email}, language, settings, row.message_id, row.due)));
  }
  std::string bulk(const MailText& mail, const Reminder& row, std::string_view who) const {
    return as_read(
        bulk_mail(mail, reader, settings, unsubscribe_links(settings, who), row.message_id, row.due));
  }

  Answer answer(AnswerKind kind) const {
    Answer one;
    one.id = AnswerId{5};
    one.event = EventId{8};
    one.who = "person:12";
    one.name = words.other;
    one.kind = kind;
    one.note = kind == AnswerKind::done ? words.result : words.reason;
    if (kind == AnswerKind::postpone) one.new_date = make_date(2025, 5, 29);
    one.at = at("2025-05-12T09:00:00Z");
    one.decision = Decision::pending;
    return one;
  }
};

const char* const monday = "2025-05-12T05:30:00Z";

std::string answer_mail(const Scene& scene, AnswerKind kind) {
  const auto answer = scene.answer(kind);
  auto row = scene.row(scene.due(), ReminderReason::answer, "answer/5", monday);
  row.key.rule = decide_rule;
  Person chair = scene.reader;
  chair.id = PersonId{1};
  return scene.single(
      write_answer(answer, {}, scene.due(), chair, scene.settings, scene.text(ReminderReason::answer),
                   scene.links(row, scene.due(), &answer)),
      row);
}

std::string decision_mail(const Scene& scene, AnswerKind kind, Decision decision) {
  auto answer = scene.answer(kind);
  answer.decision = decision;
  if (decision == Decision::declined) answer.decision_note = scene.words.no;
  const auto row = scene.row(scene.due(), ReminderReason::decision, "answer/5", monday);
  return scene.single(
      write_decision(answer, scene.due(), scene.reader, scene.settings, scene.text(ReminderReason::decision),
                     scene.links(row, scene.due(), &answer)),
      row);
}

std::string digest_mail(const Scene& scene) {
  std::vector<DigestEntry> entries;
  const auto add = [&](const Event& event, ReminderReason reason, std::string occurrence) {
    DigestEntry one;
    one.row = scene.row(event, reason, std::move(occurrence), monday);
    one.event = event;
    one.answers = scene.links(one.row, event);
    entries.push_back(std::move(one));
  };
  Event late = scene.due(make_date(2025, 5, 7));
  late.id = EventId{11};
  Event near = scene.dated();
  near.period = make_dated(make_date(2025, 5, 13), std::chrono::hours{10});
  add(scene.due(), ReminderReason::deadline, "2025-05-15");
  add(late, ReminderReason::overdue, "2025-05-07");
  add(near, ReminderReason::upcoming, "2025-05-13");
  const auto row = scene.row(Event{}, ReminderReason::digest, "2025-05-12", monday);
  const auto leave = unsubscribe_links(scene.settings, "person:12");
  return scene.bulk(write_digest(entries, scene.reader, scene.settings, scene.text(ReminderReason::digest),
                                 leave.page, row.due),
                    row, "person:12");
}

std::string overview_mail(const Scene& scene) {
  Overview overview;
  overview.today = make_date(2025, 5, 12);
  overview.due = {{scene.due(), make_date(2025, 5, 15)}};
  overview.overdue = {{scene.due(make_date(2025, 5, 7)), make_date(2025, 5, 7)}};
  overview.unanswered = {{scene.due(), make_date(2025, 5, 8)}};
  Event month = scene.month();
  month.period = span(Precision::month, make_date(2025, 6, 1), make_date(2025, 6, 30));
  overview.undated = {{month, make_date(2025, 6, 1)}};
  overview.waiting = {{scene.answer(AnswerKind::postpone), scene.due()},
                      {scene.answer(AnswerKind::done), scene.due()}};
  overview.lost = {{scene.words.other, "550 no such user", scene.dated()}};
  const auto row = scene.row(Event{}, ReminderReason::overview, "2025-05-12/1", monday);
  return scene.bulk(
      write_overview(overview, scene.reader, scene.settings, scene.text(ReminderReason::overview)), row,
      "person:12");
}

std::string changes_mail(const Scene& scene) {
  using Kind = EventChange::Kind;
  const auto change = [&](Kind kind, const Event& event, std::string before = {}) {
    EventChange one;
    one.kind = kind;
    one.event = event;
    one.before = std::move(before);
    return one;
  };
  const std::vector<EventChange> all = {change(Kind::added, scene.month()),
                                        change(Kind::dated, scene.dated()),
                                        change(Kind::moved, scene.due(), "07.05.2025"),
                                        change(Kind::moved, scene.dated()),
                                        change(Kind::cancelled, scene.dated()),
                                        change(Kind::revised, scene.due()),
                                        change(Kind::removed, scene.due())};
  const auto row = scene.row(Event{}, ReminderReason::changes, "2025-05-12", monday);
  const auto leave = unsubscribe_links(scene.settings, "subscriber:4");
  return scene.bulk(
      write_changes(all, {}, scene.language, scene.settings, scene.text(ReminderReason::changes), leave.page,
                    scene.settings.base_url + "/", make_date(2025, 5, 12)),
      row, "subscriber:4");
}

std::string confirmation_mail(const Scene& scene) {
  Subscriber subscriber;
  subscriber.id = SubscriberId{4};
  subscriber.email = scene.reader.email;
  subscriber.language = scene.language;
  subscriber.rhythm = MailRhythm::weekly;
  AnswerLink link;
  link.purpose = LinkPurpose::confirm;
  link.who = "subscriber:4";
  const auto row = scene.row(Event{}, ReminderReason::confirmation, "2025-05-12", monday);
  return scene.single(
      write_confirmation(subscriber, {}, scene.settings, scene.text(ReminderReason::confirmation),
                         answer_url(scene.settings.base_url, scene.settings.link_key, link)),
      row);
}

std::string undeliverable_mail(const Scene& scene) {
  const Event event = scene.due();
  const Undelivered lost{scene.words.other,
                         "lost@example.org",
                         scene.words.report,
                         "550 5.1.1 no such user",
                         &event,
                         scene.settings.base_url + "/manage/outbox/31"};
  const auto row = scene.row(event, ReminderReason::undeliverable, "reminder:31", monday);
  return scene.single(
      write_undeliverable(lost, scene.reader, scene.settings, scene.text(ReminderReason::undeliverable)),
      row);
}

std::string account_invitation_mail(const Scene& scene) {
  const auto row = scene.row(Event{}, ReminderReason::account_invitation, "nonce", monday);
  const auto token = account_token(scene.settings.link_key, invitation_purpose, AccountId{5}, "nonce");
  const AccountMail mail(scene.reader.name, scene.reader.email, scene.words.other,
                         account_url(scene.settings.base_url, invitation_purpose, token),
                         make_date(2025, 5, 19));
  return scene.single(write_account_invitation(mail, scene.language, scene.settings,
                                               scene.text(ReminderReason::account_invitation)),
                      row);
}

std::string sign_in_mail(const Scene& scene) {
  const auto row = scene.row(Event{}, ReminderReason::sign_in, "nonce", monday);
  const auto token = account_token(scene.settings.link_key, sign_in_purpose, AccountId{5}, "nonce");
  const AccountMail mail(scene.reader.name, scene.reader.email, {},
                         account_url(scene.settings.base_url, sign_in_purpose, token),
                         make_date(2025, 5, 12));
  return scene.single(
      write_sign_in(mail, scene.language, scene.settings, scene.text(ReminderReason::sign_in)), row);
}

Poll poll_of(const Scene& scene) {
  Poll poll;
  poll.id = PollId{4};
  poll.keeper_name = scene.words.other;
  poll.note = scene.words.reason;
  poll.days.resize(2);
  poll.days[0].day = make_date(2024, 11, 12);
  poll.days[0].time = std::chrono::hours{10};
  poll.days[0].end_time = std::chrono::hours{12};
  poll.days[1].day = make_date(2024, 11, 14);
  poll.deadline = at("2024-10-25T21:00:00Z");
  return poll;
}

std::string poll_mail(const Scene& scene, bool again) {
  const auto row = scene.row(scene.month(), ReminderReason::date_poll, "poll/4", "2024-10-20T09:00:00Z");
  const Poll poll = poll_of(scene);
  PollLink link;
  link.poll = poll.id;
  link.who = "person:12";
  link.expires = poll.deadline;
  return scene.single(write_date_poll(poll, scene.month(), again, scene.reader, scene.settings,
                                      scene.text(ReminderReason::date_poll),
                                      poll_url(scene.settings.base_url, scene.settings.link_key, link)),
                      row);
}

std::string poll_result_mail(const Scene& scene) {
  const auto row =
      scene.row(scene.month(), ReminderReason::date_poll_result, "poll/4", "2024-10-25T21:00:00Z");
  PollVoice one, silent;
  one.answered = at("2024-10-21T09:00:00Z");
  one.choices = {PollChoice::if_need_be, PollChoice::yes};
  return scene.single(write_date_poll_result(poll_of(scene), {one, silent}, scene.month(), scene.reader,
                                             scene.settings, scene.text(ReminderReason::date_poll_result),
                                             scene.settings.base_url + "/manage/polls/4"),
                      row);
}

std::string submission_mail_of(const Scene& scene, ReminderReason reason) {
  const bool to_reviewer = reason >= ReminderReason::review_asked;
  const bool sends_back =
      reason == ReminderReason::submission_rejected || reason == ReminderReason::submission_revise;
  const bool decided = sends_back || reason == ReminderReason::submission_accepted;
  SubmissionMail mail;
  mail.event = scene.dated();
  mail.name = scene.reader.name;
  mail.email = scene.reader.email;
  mail.language = scene.language;
  if (to_reviewer) {
    mail.count = "3";
  } else {
    mail.paper = scene.words.agenda;
  }
  if (sends_back) mail.note = scene.words.no;
  if (!decided) mail.until = "10.11.2024, 18:00";
  const auto code = "a code of the tests";
  const auto token = to_reviewer ? review_token(scene.settings.link_key, code)
                                 : submission_token(scene.settings.link_key, code);
  mail.url =
      scene.settings.base_url + std::string(to_reviewer ? review_link_path : submission_link_path) + token;
  const auto row = scene.row(mail.event, reason, "golden", "2024-10-20T09:00:00Z");
  return scene.single(write_submission(reason, mail, scene.settings, scene.text(reason)), row);
}

std::string registration_mail_of(const Scene& scene, ReminderReason reason, std::string news = {}) {
  RegistrationMail mail;
  mail.event = scene.dated();
  mail.registration.name = scene.reader.name;
  mail.registration.email = scene.reader.email;
  mail.registration.language = scene.language;
  mail.registration.code = "a code of the tests";
  const bool asks = reason <= ReminderReason::registration_nudge;
  if (asks) mail.registration.held_until = at("2024-10-21T09:00:00Z");
  const bool has_place = reason == ReminderReason::registration_done ||
                         reason == ReminderReason::registration_promoted ||
                         reason >= ReminderReason::registration_changed;
  if (has_place) mail.event.online_url = "https://meet.example.org/room";
  const bool certified =
      reason == ReminderReason::registration_thanks || reason == ReminderReason::registration_certificate;
  if (has_place && !certified) mail.file = "event.ics";
  if (certified) mail.certificate = "12/2026";
  mail.people = {scene.reader.name};
  if (!asks) mail.people.push_back(scene.words.other);
  const bool ticket = reason == ReminderReason::registration_done ||
                      reason == ReminderReason::registration_promoted ||
                      reason == ReminderReason::registration_reminder;
  if (ticket) mail.ticket = "ticket-1.png";
  mail.news = std::move(news);
  mail.url = registration_url(scene.settings.base_url, scene.settings.link_key, mail.registration.code);
  const auto row = scene.row(mail.event, reason, "golden", "2024-10-20T09:00:00Z");
  return scene.single(write_registration(reason, mail, scene.settings, scene.text(reason)), row);
}

std::string registration_invitation_of(const Scene& scene, bool again) {
  RegistrationInvitationMail mail;
  mail.event = scene.dated();
  mail.invitation.name = scene.reader.name;
  mail.invitation.email = scene.reader.email;
  mail.invitation.language = scene.language;
  mail.again = again;
  mail.until = "10.11.2024, 18:00";
  mail.url = scene.settings.base_url + std::string(registration_invitation_path) +
             registration_invitation_token(scene.settings.link_key, "a code of the tests");
  const auto reason = ReminderReason::registration_invited;
  const auto row = scene.row(mail.event, reason, "golden", "2024-10-20T09:00:00Z");
  return scene.single(write_registration_invitation(mail, scene.settings, scene.text(reason)), row);
}

std::string invitation_mail(const Scene& scene, bool again) {
  const auto row = scene.row(scene.dated(), ReminderReason::invitation, "2024-11-14", "2024-10-20T09:00:00Z");
  return scene.single(
      write_invitation(scene.dated(), again, scene.reader, scene.settings,
                       scene.text(ReminderReason::invitation), scene.links(row, scene.dated()), "invite.ics"),
      row);
}

std::string cancellation_mail(const Scene& scene, bool released) {
  const auto row =
      scene.row(scene.dated(), ReminderReason::cancellation, "2024-11-14", "2024-10-20T09:00:00Z");
  return scene.single(write_cancellation(scene.dated(), released, scene.reader, scene.settings,
                                         scene.text(ReminderReason::cancellation), "cancel.ics"),
                      row);
}

}  // namespace

TEST_CASE("every mail reads well in each language") {
  using enum ReminderReason;
  for (const Language language : all_languages) {
    const Scene scene(language);
    const std::string end = "." + std::string(tag_of(language)) + ".txt";
    check_golden("upcoming" + end, scene.step(scene.dated(), upcoming, "2024-11-14", "2024-11-11T06:30:00Z"));
    check_golden("deadline" + end, scene.step(scene.due(), deadline, "2025-05-15", "2025-05-01T05:30:00Z"));
    const std::string november = "2024-11-01/2024-11-30";
    check_golden("fix_date" + end, scene.step(scene.month(), fix_date, november, "2024-10-11T05:30:00Z"));
    check_golden("fix_date_begun" + end,
                 scene.step(scene.month(), fix_date, november, "2024-11-04T06:30:00Z"));
    check_golden("check_in" + end,
                 scene.step(scene.ongoing(), check_in, "2025-01-01/2025-12-31", "2025-07-01T05:30:00Z"));
    check_golden("overdue" + end, scene.step(scene.due(), overdue, "2025-05-15", "2025-05-18T05:30:00Z"));
    check_golden("overdue_chair" + end,
                 scene.step(scene.due(), overdue, "2025-05-15", "2025-05-22T05:30:00Z", true));
    check_golden("invitation" + end, invitation_mail(scene, false));
    check_golden("invitation_changed" + end, invitation_mail(scene, true));
    check_golden("cancellation" + end, cancellation_mail(scene, false));
    check_golden("cancellation_released" + end, cancellation_mail(scene, true));
    check_golden("answer_done" + end, answer_mail(scene, AnswerKind::done));
    check_golden("answer_postpone" + end, answer_mail(scene, AnswerKind::postpone));
    check_golden("decision_approved" + end, decision_mail(scene, AnswerKind::postpone, Decision::approved));
    check_golden("decision_declined" + end, decision_mail(scene, AnswerKind::done, Decision::declined));
    check_golden("digest" + end, digest_mail(scene));
    check_golden("overview" + end, overview_mail(scene));
    check_golden("changes" + end, changes_mail(scene));
    check_golden("confirmation" + end, confirmation_mail(scene));
    check_golden("undeliverable" + end, undeliverable_mail(scene));
    check_golden("account_invitation" + end, account_invitation_mail(scene));
    check_golden("sign_in" + end, sign_in_mail(scene));
    check_golden("date_poll" + end, poll_mail(scene, false));
    check_golden("date_poll_again" + end, poll_mail(scene, true));
    check_golden("date_poll_result" + end, poll_result_mail(scene));
    for (auto reason = static_cast<int>(registration_confirm);
         reason <= static_cast<int>(registration_thanks); ++reason) {
      const auto kind = static_cast<ReminderReason>(reason);
      check_golden(std::string(name_of(kind)) + end, registration_mail_of(scene, kind));
    }
    for (auto reason = static_cast<int>(submission_confirm); reason <= static_cast<int>(review_reminder);
         ++reason) {
      const auto kind = static_cast<ReminderReason>(reason);
      check_golden(std::string(name_of(kind)) + end, submission_mail_of(scene, kind));
    }
    check_golden("registration_certificate" + end, registration_mail_of(scene, registration_certificate));
    check_golden("registration_invited" + end, registration_invitation_of(scene, false));
    check_golden("registration_invited_again" + end, registration_invitation_of(scene, true));
    check_golden("registration_extended" + end,
                 registration_mail_of(scene, registration_changed, "10.11.2024, 18:00"));
  }
}
