// Somebody's calendar program: KDE's KCalendarCore, which Kontact and KOrganizer are built on, keeps a
// calendar in a file, takes the scheduling messages that are mailed to its owner and writes the owner's
// answers. Nothing here shares code with the program under test.
//
//   itip_client CALENDAR take < MESSAGE        reads a message into the calendar; says on a line of JSON what
//   it was itip_client CALENDAR answer UID ADDRESS accepted|tentative|declined    writes METHOD:REPLY to
//   standard output
//
// Exit codes: 0; 2 when the library cannot read the message, or does not think it fit for what the calendar
// holds.
#include <KCalendarCore/ICalFormat>
#include <KCalendarCore/MemoryCalendar>
#include <KCalendarCore/ScheduleMessage>

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>
#include <QTimeZone>

namespace {

using namespace KCalendarCore;

constexpr int unfit = 2;

int complain(const QString& what) {
  QTextStream(stderr) << "itip_client: " << what << "\n";
  return unfit;
}

QJsonObject described(const Incidence::Ptr& incidence) {
  QJsonObject out{{"uid", incidence->uid()},
                  {"sequence", incidence->revision()},
                  {"summary", incidence->summary()},
                  {"location", incidence->location()},
                  {"start", incidence->dtStart().toUTC().toString(Qt::ISODate)},
                  {"all_day", incidence->allDay()},
                  {"recurs", incidence->recurs()},
                  {"cancelled", incidence->status() == Incidence::StatusCanceled},
                  {"organizer", incidence->organizer().email()}};
  QJsonArray attendees;
  const auto all = incidence->attendees();
  for (const auto& one : all)
    attendees.append(QJsonObject{{"address", one.email()},
                                 {"name", one.name()},
                                 {"rsvp", one.RSVP()},
                                 {"status", static_cast<int>(one.status())}});
  out["attendees"] = attendees;
  return out;
}

// KOrganizer's rule (RFC 5546 2.1.5): a message counts when its SEQUENCE is not lower than that of what is
// held. Then a request takes the place of it, and a cancellation takes it out.
int take(const MemoryCalendar::Ptr& calendar, ICalFormat& format) {
  QFile input;
  if (!input.open(stdin, QIODevice::ReadOnly)) return complain("no standard input");
  const auto text = QString::fromUtf8(input.readAll());
  const auto message = format.parseScheduleMessage(calendar, text);
  if (!message) return complain(format.exception() ? "the message cannot be read" : "that is no message");
  const auto incidence = message->event().dynamicCast<Incidence>();
  if (!incidence) return complain("the message is about no event");
  const auto held = calendar->incidence(incidence->uid());
  QJsonObject out = described(incidence);
  out["method"] = ScheduleMessage::methodName(message->method());
  out["held_sequence"] = held ? held->revision() : -1;
  const bool obsolete = held && held->revision() > incidence->revision();
  out["taken"] = !obsolete;
  if (!obsolete) {
    if (held) calendar->deleteIncidence(held);
    if (message->method() != iTIPCancel) calendar->addIncidence(incidence);
  }
  QTextStream(stdout) << QJsonDocument(out).toJson(QJsonDocument::Compact) << "\n";
  return 0;
}

int answer(const MemoryCalendar::Ptr& calendar, ICalFormat& format, const QStringList& words) {
  const auto held = calendar->incidence(words[3]);
  if (!held) return complain("the calendar holds no such event");
  auto attendees = held->attendees();
  const QString wanted = words[5];
  const auto status = wanted == "accepted"    ? Attendee::Accepted
                      : wanted == "tentative" ? Attendee::Tentative
                      : wanted == "declined"  ? Attendee::Declined
                                              : Attendee::NeedsAction;
  if (status == Attendee::NeedsAction) return complain("no such answer");
  bool found = false;
  for (auto& one : attendees) {
    if (one.email() != words[4]) continue;
    one.setStatus(status);
    one.setRSVP(false);
    found = true;
  }
  if (!found) return complain("nobody was asked at this address");
  held->setAttendees(attendees);
  // As Kontact answers: with the one who answers and nobody else.
  const Incidence::Ptr reply(held->clone());
  for (qsizetype i = attendees.size() - 1; i >= 0; --i)
    if (attendees[i].email() != words[4]) attendees.removeAt(i);
  reply->setAttendees(attendees);
  QTextStream out(stdout);
  out.setCodec("UTF-8");
  out << format.createScheduleMessage(reply, iTIPReply);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const QCoreApplication application(count, arguments);
  const auto words = application.arguments();
  const bool takes = words.size() == 3 && words[2] == "take";
  const bool answers = words.size() == 6 && words[2] == "answer";
  if (!takes && !answers) return complain("itip_client CALENDAR take | answer UID ADDRESS STATUS");
  const MemoryCalendar::Ptr calendar(new MemoryCalendar(QTimeZone::utc()));
  ICalFormat format;
  if (QFile::exists(words[1]) && !format.load(calendar, words[1]))
    return complain("the calendar cannot be read");
  const int code = takes ? take(calendar, format) : answer(calendar, format, words);
  if (code != 0) return code;
  return format.save(calendar, words[1]) ? 0 : complain("the calendar cannot be written");
}
