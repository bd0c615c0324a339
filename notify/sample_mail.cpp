#include "notify/sample_mail.hpp"

#include "base/time_zone.hpp"
#include "notify/account_text.hpp"
#include "notify/answer_text.hpp"
#include "notify/event_mail_text.hpp"
#include "notify/mail_links.hpp"
#include "notify/mails/digest.hpp"
#include "notify/news_text.hpp"
#include "notify/overview.hpp"
#include "notify/planner.hpp"
#include "notify/poll_text.hpp"
#include "notify/registration_invitation_text.hpp"
#include "notify/registration_text.hpp"
#include "notify/submission_text.hpp"

#include <array>
#include <string_view>

namespace convoke::notify {
namespace {

struct Invented {
  std::string_view reader, other, title, place, note;
};
constexpr std::array<Invented, 4> invented = {{
    {"Ярмак О.П.", "Гнатюк Л.І.", "Круглий стіл «Бібліотека і громада»", "Читальна зала",
     "Потрібен ще тиждень"},
    {"Ярмак А.П.", "Гнацюк Л.І.", "Круглы стол «Бібліятэка і грамада»", "Чытальная зала",
     "Патрэбен яшчэ тыдзень"},
    {"Ярмак О.П.", "Гнатюк Л.И.", "Круглый стол «Библиотека и община»", "Читальный зал", "Нужна ещё неделя"},
    {"O. Yarmak", "L. Hnatiuk", "Round table: the library and its town", "Reading room",
     "One more week is needed"},
}};

// Where the buttons of a sample lead: nowhere that acts.
constexpr std::string_view nowhere = "/answer/";

class SampleWriter {
 public:
  SampleWriter(ReminderReason kind, Language language, const TemplateText& text, const Event& event,
               const MailSettings& settings, Instant now)
      : kind_(kind), language_(language), text_(text), event_(event), settings_(settings), now_(now) {
    const auto& words = invented.at(static_cast<std::size_t>(language));
    reader_.id = PersonId{1};
    reader_.name = words.reader;
    reader_.language = language;
    if (!event_.responsible.empty() && !event_.responsible.front().name.empty()) {
      reader_.name = event_.responsible.front().name;
      reader_.id = event_.responsible.front().person;
    }
    row_.key = {event_.id, occurrence(), "sample", "person:1"};
    row_.reason = kind;
    row_.due = now;
    if (kind == ReminderReason::answer) row_.key.rule = decide_rule;
    if (kind == ReminderReason::answer || kind == ReminderReason::decision)
      row_.key.occurrence = occurrence_of(AnswerId{1});
  }

  MailText write() const {
    switch (kind_) {
      case ReminderReason::invitation:
        return write_invitation(event_, false, reader_, settings_, text_, buttons(), "invite.ics");
      case ReminderReason::cancellation:
        return write_cancellation(event_, false, reader_, settings_, text_, "cancel.ics");
      case ReminderReason::answer:
        return write_answer(answer(), {}, event_, reader_, settings_, text_, buttons());
      case ReminderReason::decision:
        return write_decision(answer(), event_, reader_, settings_, text_, {});
      case ReminderReason::digest:
        return write_digest({entry(ReminderReason::deadline)}, reader_, settings_, text_, address(), now_);
      case ReminderReason::overview:
        return overview();
      case ReminderReason::changes:
        return changes();
      case ReminderReason::confirmation:
        return write_confirmation({}, {}, settings_, text_, address());
      case ReminderReason::undeliverable:
        return write_undeliverable({std::string(words().other), "name@example.org", event_.title,
                                    "550 no such user", &event_, settings_.base_url + "/manage/outbox"},
                                   reader_, settings_, text_);
      case ReminderReason::account_invitation:
        return write_account_invitation(
            {reader_.name, "name@example.org", std::string(words().other), address(), add_days(today(), 7)},
            language_, settings_, text_);
      case ReminderReason::sign_in:
        return write_sign_in({reader_.name, "name@example.org", {}, address(), today()}, language_, settings_,
                             text_);
      case ReminderReason::date_poll:
        return write_date_poll(poll(), event_, false, reader_, settings_, text_, address());
      case ReminderReason::date_poll_result:
        return write_date_poll_result(poll(), voices(), event_, reader_, settings_, text_, address());
      default:
        break;
    }
    if (kind_ >= ReminderReason::submission_confirm && kind_ <= ReminderReason::review_reminder)
      return submission();
    if (kind_ == ReminderReason::registration_invited) return registration_invitation();
    if (kind_ >= ReminderReason::registration_confirm) return registration();
    MailForm form;
    form.text = text_;
    form.answers = buttons();
    return write_mail(row_, event_, reader_, settings_, now_, form);
  }

 private:
  const Invented& words() const { return invented.at(static_cast<std::size_t>(language_)); }
  std::string address() const { return settings_.base_url + std::string(nowhere); }

  // The days that the event has: what a mail of the ladder is about.
  std::string occurrence() const {
    if (!event_.period.first || !event_.period.last) return {};
    return format_iso(*event_.period.first) + "/" + format_iso(*event_.period.last);
  }

  std::vector<Button> buttons() const {
    MailSettings with_key = settings_;
    with_key.link_key = "sample";
    Event known = event_;
    if (!known.id) known.id = EventId{1};
    known.source = {};
    auto links = links_of(row_, known, "person:1", with_key);
    for (auto& link : links) link.url = address();
    return answer_buttons(links, language_);
  }

  DigestEntry entry(ReminderReason reason) const {
    DigestEntry one;
    one.row = row_;
    one.row.reason = reason;
    one.event = event_;
    return one;
  }

  Answer answer() const {
    Answer one;
    one.id = AnswerId{1};
    one.name = words().other;
    one.kind = AnswerKind::postpone;
    one.note = words().note;
    one.new_date = add_days(event_.period.last.value_or(today()), 7);
    one.decision = Decision::approved;
    return one;
  }

  Poll poll() const {
    Poll one;
    one.keeper_name = words().other;
    one.note = words().note;
    one.days.resize(2);
    one.days[0].day = add_days(today(), 7);
    one.days[0].time = std::chrono::hours{10};
    one.days[1].day = add_days(today(), 9);
    one.deadline = to_instant(add_days(today(), 3), TimeOfDay{0}, zone_of(event_));
    return one;
  }

  std::vector<PollVoice> voices() const {
    PollVoice one, silent;
    one.who = "person:2";
    one.name = words().other;
    one.answered = now_;
    one.choices = {PollChoice::if_need_be, PollChoice::yes};
    silent.who = "person:1";
    silent.name = reader_.name;
    return {one, silent};
  }

  Date today() const { return civil_date(now_, zone_of(event_)); }

  MailText overview() const {
    Overview all;
    all.today = today();
    all.due = {{event_, event_.period.last.value_or(today())}};
    all.overdue = {{event_, add_days(today(), -3)}};
    all.waiting = {{answer(), event_}};
    return write_overview(all, reader_, settings_, text_);
  }

  MailText changes() const {
    EventChange added, moved;
    added.event = moved.event = event_;
    moved.kind = EventChange::Kind::dated;
    return write_changes({added, moved}, {}, language_, settings_, text_, address(), settings_.base_url + "/",
                         today());
  }

  MailText registration() const {
    RegistrationMail mail;
    mail.event = event_;
    mail.registration.name = words().other;
    mail.registration.language = language_;
    if (kind_ <= ReminderReason::registration_nudge) mail.registration.held_until = now_ + place_held_for;
    mail.people = {std::string(words().other)};
    mail.url = address();
    mail.file = "event.ics";
    mail.ticket = "ticket.png";
    if (kind_ == ReminderReason::registration_thanks || kind_ == ReminderReason::registration_certificate)
      mail.certificate = "12/2026";
    return write_registration(kind_, mail, settings_, text_);
  }

  MailText registration_invitation() const {
    RegistrationInvitationMail mail;
    mail.event = event_;
    mail.invitation.name = words().other;
    mail.invitation.language = language_;
    mail.until = moment_text(now_ + place_held_for, zone_of(event_), language_);
    mail.url = address();
    return write_registration_invitation(mail, settings_, text_);
  }

  MailText submission() const {
    SubmissionMail mail;
    mail.event = event_;
    mail.name = words().other;
    mail.language = language_;
    mail.until = moment_text(now_ + place_held_for, zone_of(event_), language_);
    mail.url = address();
    if (kind_ >= ReminderReason::review_asked) {
      mail.count = "3";
    } else {
      mail.paper = event_.title;
    }
    return write_submission(kind_, mail, settings_, text_);
  }

  ReminderReason kind_;
  Language language_;
  const TemplateText& text_;
  const Event& event_;
  const MailSettings& settings_;
  Instant now_;
  Person reader_;
  Reminder row_;
};

}  // namespace

MailText sample_mail(ReminderReason kind, Language language, const TemplateText& text, const Event& event,
                     const MailSettings& settings, Instant now) {
  return SampleWriter(kind, language, text, event, settings, now).write();
}

Event sample_event(Language language, Date today) {
  const auto& words = invented.at(static_cast<std::size_t>(language));
  Event event;
  event.id = EventId{1};
  event.title = words.title;
  event.place = words.place;
  event.kind = EventKind::round_table;
  event.period = make_dated(add_days(today, 3), std::chrono::hours{10});
  Responsible lead, other;
  lead.name = words.reader;
  other.name = words.other;
  event.responsible = {lead, other};
  return event;
}

}  // namespace convoke::notify
