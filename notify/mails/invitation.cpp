#include "notify/mails/invitation.hpp"

#include "calendar/itip.hpp"
#include "notify/event_context.hpp"
#include "notify/event_mail_text.hpp"
#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/participation.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view file_name = "invite.ics";

// All that one mail is made of, read in the transaction.
struct Draft {
  Reminder row;
  Event event;
  Person person;
  MailSettings settings;
  TemplateText text;
  calendar::EventContext context;
  Instant now;
};

Draft draft_of(const Composing& composing, Event event, Person person) {
  Draft draft{composing.row, std::move(event), std::move(person), {}, {}, {}, composing.now};
  draft.settings = signed_by(composing, draft.event);
  draft.text = text_of(composing.unit, draft.event.organisation, draft.row.reason, draft.person.language);
  draft.context = context_of(composing.unit, draft.event);
  return draft;
}

calendar::Invitation between(const MailSettings& settings, const Person& person) {
  const Mailbox& organizer = settings.organizer ? *settings.organizer : settings.from;
  calendar::Invitation invitation;
  invitation.organizer = {organizer.name.empty() ? settings.association : organizer.name, organizer.address};
  invitation.attendee = {person.name, person.email};
  return invitation;
}

calendar::FeedView view_for(const Draft& draft) {
  calendar::FeedView view;
  view.language = draft.person.language;
  view.base_url = draft.settings.base_url;
  return view;
}

OutgoingMail written(const Draft& draft, const MailText& mail, std::string calendar,
                     std::string_view method) {
  auto parts = mail_parts(mail, {draft.person.name, draft.person.email}, draft.person.language,
                          draft.settings, draft.row.message_id, draft.now);
  parts.calendar = std::move(calendar);
  parts.calendar_method = method;
  return as_outgoing(parts);
}

// Nothing attached: then the mail must not say so.
std::string_view name_of_file(const std::string& calendar) {
  return calendar.empty() ? std::string_view{} : file_name;
}

// Whether the reader was sent an invitation before: then this one says that something has changed.
bool invited_before(const Composing& composing) {
  db::ReminderSelection selection;
  selection.event = composing.row.key.event;
  selection.state = ReminderState::sent;
  selection.limit = std::numeric_limits<int>::max();
  const auto rows = composing.unit.reminders().list(selection);
  return std::any_of(rows.begin(), rows.end(), [&](const Reminder& row) {
    return row.reason == ReminderReason::invitation && row.key.recipient == composing.row.key.recipient;
  });
}

}  // namespace

Composition compose_invitation(const Composing& composing) {
  const auto event = composing.unit.events().find(composing.row.key.event);
  if (!event || !is_open(event->status))
    return Composition::dropped(ReminderState::superseded, "the event is closed");
  auto reader = reader_of(composing, *event);
  if (reader.instead) return std::move(*reader.instead);
  Draft draft = draft_of(composing, *event, std::move(reader.person));
  auto invitation = between(draft.settings, draft.person);
  invitation.answered = participation_of(composing.unit.answers().of_event(event->id),
                                         person_key(draft.person.id), composing.row.event_sequence);
  Composition one;
  one.kind = Composition::Kind::send;
  auto buttons = answer_buttons(links_of(draft.row, draft.event, person_key(draft.person.id), draft.settings),
                                draft.person.language);
  one.write = [draft = std::move(draft), invitation = std::move(invitation), buttons = std::move(buttons),
               again = invited_before(composing)] {
    auto file = calendar::itip_request(draft.event, view_for(draft), invitation, draft.context);
    const auto mail = write_invitation(draft.event, again, draft.person, draft.settings, draft.text, buttons,
                                       name_of_file(file));
    return written(draft, mail, std::move(file), "REQUEST");
  };
  return one;
}

Composition compose_cancellation(const Composing& composing) {
  const auto event = composing.unit.events().find(composing.row.key.event);
  if (!event) return Composition::dropped(ReminderState::superseded, "the event is gone");
  auto reader = reader_of(composing, *event);
  if (reader.instead) return std::move(*reader.instead);
  const bool cancelled = event->status == EventStatus::cancelled;
  if (!cancelled && stands_behind(composing.unit, *event, reader.person.id, composing.now))
    return Composition::dropped(ReminderState::superseded, "the event takes place");
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [draft = draft_of(composing, *event, std::move(reader.person)), cancelled] {
    const auto ends = cancelled ? calendar::Ends::event : calendar::Ends::invitation;
    auto file = calendar::itip_cancel(draft.event, view_for(draft), between(draft.settings, draft.person),
                                      ends, draft.context);
    const auto mail = write_cancellation(draft.event, !cancelled, draft.person, draft.settings, draft.text,
                                         name_of_file(file));
    return written(draft, mail, std::move(file), "CANCEL");
  };
  return one;
}

}  // namespace convoke::notify
