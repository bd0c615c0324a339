#include "notify/mails/answer.hpp"

#include "notify/answer_text.hpp"
#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"

#include <utility>

namespace convoke::notify {
namespace {

// What a mail about an answer is made of, or why there is none.
struct AnswerMail {
  std::optional<Composition> instead;
  Answer answer;
  Event event;
  Person reader;
  MailSettings settings;
  TemplateText text;
  std::vector<Button> links;
};

AnswerMail mail_about(const Composing& composing, bool decides) {
  const Reminder& row = composing.row;
  AnswerMail mail;
  const auto id = answer_of(row.key.occurrence);
  auto answer = id ? composing.unit.answers().find(*id) : std::nullopt;
  auto event = composing.unit.events().find(row.key.event);
  if (!answer || !event) {
    mail.instead = Composition::dropped(ReminderState::superseded, "the answer is gone");
    return mail;
  }
  if (decides && answer->decision != Decision::pending) {
    mail.instead = Composition::dropped(ReminderState::superseded, "it has been decided");
    return mail;
  }
  auto reader = reader_of(composing, *event);
  mail.instead = std::move(reader.instead);
  if (mail.instead) return mail;
  mail.settings = signed_by(composing, *event);
  mail.links = answer_buttons(links_of(row, *event, row.key.recipient, mail.settings, &*answer),
                              reader.person.language);
  mail.text = text_of(composing.unit, event->organisation, row.reason, reader.person.language);
  mail.answer = std::move(*answer);
  mail.event = std::move(*event);
  mail.reader = std::move(reader.person);
  return mail;
}

template<class Write>
Composition sent(const Composing& composing, AnswerMail mail, Write write) {
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [mail = std::move(mail), write = std::move(write), message_id = composing.row.message_id,
               now = composing.now] {
    return as_outgoing(mail_parts(write(mail), {mail.reader.name, mail.reader.email}, mail.reader.language,
                                  mail.settings, message_id, now));
  };
  return one;
}

}  // namespace

Composition compose_answer(const Composing& composing) {
  auto mail = mail_about(composing, composing.row.key.rule == decide_rule);
  if (mail.instead) return std::move(*mail.instead);
  const auto taker = composing.unit.people().find(mail.answer.to);
  return sent(composing, std::move(mail), [to = taker ? taker->name : std::string()](const AnswerMail& one) {
    return write_answer(one.answer, to, one.event, one.reader, one.settings, one.text, one.links);
  });
}

Composition compose_decision(const Composing& composing) {
  auto mail = mail_about(composing, false);
  if (mail.instead) return std::move(*mail.instead);
  return sent(composing, std::move(mail), [](const AnswerMail& one) {
    return write_decision(one.answer, one.event, one.reader, one.settings, one.text, one.links);
  });
}

}  // namespace convoke::notify
