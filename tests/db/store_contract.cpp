#include "tests/db/store_contract.hpp"

#include "base/id.hpp"

namespace convoke::tests {

Fixture::Fixture() {
  const auto backend = GENERATE(from_range(backends().begin(), backends().end()));
  CAPTURE(backend.name);
  database_ = backend.make();
  store_ = database_->open();
}

Instant at(int seconds) {
  return Instant{to_days(make_date(2026, 1, 1))} + std::chrono::seconds{seconds};
}

db::Author author(int seconds) {
  return {"system", at(seconds)};
}

Event plain_event(const std::string& title) {
  Event event;
  event.uid = random_uuid();
  event.title = title;
  event.zone = "Europe/Kyiv";
  event.period.precision = Precision::none;
  return event;
}

Event full_event() {
  Event event = plain_event("Круглий стіл «Читання – це спадок»");
  event.position = 7;
  event.section = "Организация";
  event.number = "2.10";
  event.kind = EventKind::round_table;
  event.involvement = Involvement::participate;
  event.status = EventStatus::moved;
  event.period = make_dated(make_date(2026, 11, 14), TimeOfDay{600}, TimeOfDay{690});
  event.period.deadline = true;
  event.period.source_text = "14 листопада о 10.00";
  event.zone = "Europe/Minsk";
  event.place = "читальна зала";
  event.online_url = "https://meet.example/стіл";
  event.note = "запросити гостей";
  event.description = "Перший рядок\nдругий";
  event.responsible_text = "Верховець О.П., методист";
  event.responsible = {{{}, "Верховець О.П.", "методист", "коледж"}, {{}, "", "рада об'єднання", ""}};
  event.agenda = {"Звіт", "Різне", ""};
  event.level = Level::district;
  event.audience = {"молоді бібліотекарі"};
  event.image_url = "https://example.org/стіл.png";
  event.contact = "+380 44 000 00 00";
  event.attended = 0;
  event.outcome = "Схвалили список";
  event.minutes_url = "https://example.org/протокол";
  event.sequence = 3;
  event.created = at(10);
  event.modified = at(20);
  event.as_read = RowAsRead{"Круглий стіл", EventKind::meeting, "листопад", "зала \"А\"", "", "Верховець О.П.", 2};
  return event;
}

Reminder plain_reminder(EventId event, int due_seconds, const std::string& recipient) {
  Reminder reminder;
  reminder.key = {event, "", "exact.14d", recipient};
  reminder.due = at(due_seconds);
  reminder.expires = at(due_seconds + 100'000);
  reminder.message_id = "<" + random_uuid() + "@convoke.example>";
  return reminder;
}

void check_same(const Event& a, const Event& b) {
  CHECK(a.id == b.id);
  CHECK(a.uid == b.uid);
  CHECK(a.plan == b.plan);
  CHECK(a.organisation == b.organisation);
  CHECK(a.position == b.position);
  CHECK(a.section == b.section);
  CHECK(a.number == b.number);
  CHECK(a.title == b.title);
  CHECK(a.kind == b.kind);
  CHECK(a.involvement == b.involvement);
  CHECK(a.status == b.status);
  CHECK((a.period == b.period));
  CHECK(a.zone == b.zone);
  CHECK(a.place == b.place);
  CHECK(a.online_url == b.online_url);
  CHECK(a.note == b.note);
  CHECK(a.description == b.description);
  CHECK(a.responsible_text == b.responsible_text);
  CHECK((a.responsible == b.responsible));
  CHECK(a.agenda == b.agenda);
  CHECK((a.level == b.level));
  CHECK(a.audience == b.audience);
  CHECK(a.image_url == b.image_url);
  CHECK(a.contact == b.contact);
  CHECK((a.attended == b.attended));
  CHECK(a.outcome == b.outcome);
  CHECK(a.minutes_url == b.minutes_url);
  CHECK(a.sequence == b.sequence);
  CHECK(a.created == b.created);
  CHECK(a.modified == b.modified);
  CHECK((a.as_read == b.as_read));
}

void check_same(const Reminder& a, const Reminder& b) {
  CHECK(a.id == b.id);
  CHECK((a.key == b.key));
  CHECK(a.reason == b.reason);
  CHECK(a.due == b.due);
  CHECK(a.expires == b.expires);
  CHECK(a.event_sequence == b.event_sequence);
  CHECK(a.state == b.state);
  CHECK(a.message_id == b.message_id);
  CHECK(a.attempts == b.attempts);
  CHECK((a.next_attempt == b.next_attempt));
  CHECK((a.lease_until == b.lease_until));
  CHECK(a.claimed_by == b.claimed_by);
  CHECK(a.last_error == b.last_error);
  CHECK((a.settled == b.settled));
}

}  // namespace convoke::tests
