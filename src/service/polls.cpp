#include "service/polls.hpp"

#include "base/signed_text.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/polls.hpp"
#include "db/store.hpp"
#include "notify/answer_links.hpp"
#include "notify/poll_links.hpp"
#include "notify/recipients.hpp"
#include "service/checked_text.hpp"
#include "service/conflicts.hpp"
#include "service/directory_scope.hpp"
#include "service/event_dating.hpp"
#include "service/event_store.hpp"
#include "service/events.hpp"
#include "service/presentation.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

const Error no_such_event(Errc::not_found, "there is no such event");
const Error no_such_poll(Errc::not_found, "there is no such poll");
const Error no_editor(Errc::forbidden, "asking for a date is for organisers");

Result<Event> event_kept(db::Unit& unit, const Keeper& keeper, EventId id) {
  if (keeper.actor.role != Role::editor) return no_editor;
  auto event = unit.events().find(id);
  if (!event || event->source || !keeps(keeper, event->organisation)) return no_such_event;
  return std::move(*event);
}

struct KeptPoll {
  Poll poll;
  Event event;
};

Result<KeptPoll> poll_kept(db::Unit& unit, const Keeper& keeper, PollId id) {
  auto poll = unit.polls().find(id);
  if (!poll) return keeper.actor.role == Role::editor ? no_such_poll : no_editor;
  auto event = event_kept(unit, keeper, poll->event);
  if (!event) return event.error().code == Errc::not_found ? no_such_poll : event.error();
  return KeptPoll{std::move(*poll), std::move(*event)};
}

std::optional<PollId> unclosed_poll(db::Unit& unit, EventId event) {
  for (const auto& poll : unit.polls().of_event(event))
    if (!poll.closed) return poll.id;
  return std::nullopt;
}

std::vector<PersonId> members_on(const Roster& roster, Date day) {
  std::vector<PersonId> members;
  for (const auto& tenure : roster.tenures)
    if (holds(tenure, day)) members.push_back(tenure.person);
  return members;
}

std::optional<Error> check_days(std::vector<PollDay>& days, Date today, Date last_day) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  if (days.size() < least_poll_days) return Error{Errc::invalid_input, "days: name two or more"};
  if (days.size() > most_poll_days) return Error{Errc::invalid_input, "days: eight are the most"};
  for (const auto& one : days)
    if (one.end_time && !one.time) return Error{Errc::invalid_input, "days: an end needs a beginning"};
  if (days.front().day <= today) return Error{Errc::invalid_input, "days: one of them is past"};
  if (last_day < today) return Error{Errc::invalid_input, "last_day: it is past"};
  if (last_day >= days.back().day)
    return Error{Errc::invalid_input, "last_day: it is not before the last of the days"};
  if (last_day > add_days(today, longest_poll))
    return Error{Errc::invalid_input, "last_day: it is too far off"};
  return std::nullopt;
}

// Nobody twice, in the order of the form: people, then members of groups.
Result<std::vector<PollVoice>> asked_by(db::Unit& unit, const Keeper& keeper, const NewPoll& wanted,
                                        Date today) {
  std::vector<PersonId> ids = wanted.people;
  for (const auto id : wanted.groups) {
    const auto roster = unit.rosters().find(id);
    if (!roster || !keeps(keeper, roster->organisation))
      return Error{Errc::invalid_input, "people: there is no such group"};
    for (const auto member : members_on(*roster, today)) ids.push_back(member);
  }
  std::vector<PollVoice> asked;
  std::set<PersonId> known;
  for (const auto id : ids) {
    const auto person = unit.people().find(id);
    if (!person || !keeps(keeper, person->organisation))
      return Error{Errc::invalid_input, "people: there is no such person"};
    if (!known.insert(id).second) continue;
    PollVoice voice;
    voice.who = notify::person_key(id);
    voice.name = person->name;
    asked.push_back(std::move(voice));
  }
  if (asked.empty()) return Error{Errc::invalid_input, "people: choose who is asked"};
  if (asked.size() > most_polled) return Error{Errc::limit_exceeded, "people: 300 are the most"};
  return asked;
}

Result<PollId> opened(const Writing& writing, const Keeper& keeper, NewPoll wanted) {
  auto& unit = writing.unit;
  const auto event = event_kept(unit, keeper, wanted.event);
  if (!event) return event.error();
  if (!may_be_dated(*event)) return Error{Errc::conflict, "this event has no day that could be asked for"};
  if (unclosed_poll(unit, event->id)) return Error{Errc::conflict, "people are being asked already"};
  const auto zone = zone_of(*event);
  const Date today = civil_date(writing.now, zone);
  if (auto error = check_days(wanted.days, today, wanted.last_day)) return std::move(*error);
  auto note = checked_text(wanted.note, longest_poll_note, "the note");
  if (!note) return note.error();
  const auto asked = asked_by(unit, keeper, wanted, today);
  if (!asked) return asked.error();
  Poll poll;
  poll.event = event->id;
  poll.note = std::move(*note);
  poll.days = std::move(wanted.days);
  poll.opened = writing.now;
  poll.deadline = to_instant(add_days(wanted.last_day, 1), TimeOfDay{0}, zone);
  poll.keeper = std::move(wanted.keeper);
  poll.keeper_name = std::move(wanted.keeper_name);
  poll.id = unit.polls().insert(poll, *asked);
  unit.secrets().keep(std::string(notify::link_key_name), new_signing_key());
  const auto& domain = writing.rules.message_domain;
  for (const auto& voice : *asked)
    notify::queue_poll_mail(unit, poll, *event, notify::poll_asked_rule, voice.who, domain, writing.now);
  if (!poll.keeper.empty())
    notify::queue_poll_mail(unit, poll, *event, notify::poll_result_rule, poll.keeper, domain, writing.now);
  return poll.id;
}

PollView view_of(db::Unit& unit, KeptPoll kept, Instant now) {
  PollView view;
  view.voices = unit.polls().voices(kept.poll.id);
  view.tallies = tally_of(kept.poll, view.voices);
  view.ranking = ranked(view.tallies);
  view.takes_answers = kept.poll.is_open(now) && is_open(kept.event.status);
  const notify::AddressBook book(notify::read_directory(unit));
  for (const auto& voice : view.voices) {
    const auto id = notify::person_of_key(voice.who);
    const auto person = id ? unit.people().find(*id) : std::nullopt;
    view.unreached.push_back(!person || book.trouble_of(*person) != notify::Unreached::none);
  }
  view.poll = std::move(kept.poll);
  view.event = std::move(kept.event);
  return view;
}

Result<PollView> closed(const Writing& writing, const Keeper& keeper, PollId id,
                        std::optional<std::size_t> winner) {
  auto& unit = writing.unit;
  auto kept = poll_kept(unit, keeper, id);
  if (!kept) return kept.error();
  if (winner && *winner >= kept->poll.days.size())
    return Error{Errc::invalid_input, "winner: there is no such day"};
  if (!unit.polls().close(id, writing.now, winner))
    return Error{Errc::conflict, "the poll is closed already"};
  if (winner) {
    const PollDay& day = kept->poll.days[*winner];
    if (day.day < civil_date(writing.now, zone_of(kept->event)))
      return Error{Errc::invalid_input, "winner: that day is past"};
    auto change = dating(kept->event, {day.day, day.time});  // what lasts several days begins on it
    if (!change) return change.error();
    change->end_time = day.end_time;
    auto dated = event_with(unit, kept->event, *change, writing.now);
    if (!dated) return dated.error();
    kept->event = update_event(writing, kept->event, std::move(*dated)).event;
  }
  kept->poll = *unit.polls().find(id);
  return view_of(unit, std::move(*kept), writing.now);
}

// Errors: not_found, gone.
Result<PollPage> page_of(db::Unit& unit, const std::string& token, Instant now) {
  const Error unknown(Errc::not_found, "this link is not one of ours, or a part of it is missing");
  const auto key = unit.secrets().find(std::string(notify::link_key_name));
  if (!key) return unknown;
  const auto link = notify::read_poll_link(*key, token, now);
  if (!link) return link.error();
  auto poll = unit.polls().find(link->poll);
  auto event = poll ? unit.events().find(poll->event) : std::nullopt;
  if (!poll || !event) return unknown;
  const auto voices = unit.polls().voices(poll->id);
  const auto voice =
      std::find_if(voices.begin(), voices.end(), [&](const auto& one) { return one.who == link->who; });
  if (voice == voices.end()) return unknown;
  PollPage page;
  page.voice = *voice;
  const auto id = notify::person_of_key(voice->who);
  if (const auto person = id ? unit.people().find(*id) : std::nullopt) page.language = person->language;
  if (const auto organisation = unit.organisations().find(event->organisation))
    page.association = organisation->name;
  page.takes_answers = poll->is_open(now) && is_open(event->status);
  page.poll = std::move(*poll);
  page.event = std::move(*event);
  return page;
}

// One transaction of an organiser's.
template<class T, class Work>
Deferred<T> written(Context& context, const Keeper& keeper, Work work) {
  const Instant now = context.clock.now();
  auto all = [rules = rules_of(context.settings), now, work = std::move(work)](db::Unit& unit) -> Result<T> {
    return work(Writing{unit, rules, now});
  };
  return context.store.write(db::Author(keeper.actor.name, now), std::move(all))
      .after_success(context.reminders_queued);
}

}  // namespace

Deferred<PollChoices> poll_choices(Context& context, Keeper keeper, EventId event) {
  const Instant now = context.clock.now();
  return context.store.read([keeper = std::move(keeper), event, now](db::Unit& unit) -> Result<PollChoices> {
    auto found = event_kept(unit, keeper, event);
    if (!found) return found.error();
    PollChoices choices;
    for (auto& person : unit.people().list())
      if (keeps(keeper, person.organisation)) choices.people.push_back(std::move(person));
    std::stable_sort(choices.people.begin(), choices.people.end(),
                     [](const Person& a, const Person& b) { return compare_in("uk", a.name, b.name) < 0; });
    const Date today = civil_date(now, zone_of(*found));
    for (auto& roster : unit.rosters().list()) {
      const auto size = members_on(roster, today).size();
      if (size == 0 || !keeps(keeper, roster.organisation)) continue;
      choices.groups.push_back(std::move(roster));
      choices.group_sizes.push_back(size);
    }
    for (const auto& one : found->responsible)
      if (one.person) choices.responsible.push_back(one.person);
    choices.open = unclosed_poll(unit, found->id);
    choices.event = std::move(*found);
    return choices;
  });
}

Deferred<PollId> open_poll(Context& context, Keeper keeper, NewPoll poll) {
  return written<PollId>(context, keeper, [keeper, poll = std::move(poll)](const Writing& writing) {
    return opened(writing, keeper, poll);
  });
}

Deferred<std::optional<Poll>> unclosed_poll_of(Context& context, EventId event) {
  return context.store.read([event](db::Unit& unit) -> std::optional<Poll> {
    const auto id = unclosed_poll(unit, event);
    return id ? unit.polls().find(*id) : std::nullopt;
  });
}

Deferred<PollView> view_poll(Context& context, Keeper keeper, PollId id) {
  const Instant now = context.clock.now();
  return context.store.read([keeper = std::move(keeper), id, now](db::Unit& unit) -> Result<PollView> {
    auto kept = poll_kept(unit, keeper, id);
    if (!kept) return kept.error();
    return view_of(unit, std::move(*kept), now);
  });
}

Deferred<std::vector<PollView>> polls_of(Context& context, Keeper keeper, EventId id) {
  using Views = std::vector<PollView>;
  const Instant now = context.clock.now();
  return context.store.read([keeper = std::move(keeper), id, now](db::Unit& unit) -> Result<Views> {
    const auto event = event_kept(unit, keeper, id);
    if (!event) return event.error();
    Views views;
    for (auto& poll : unit.polls().of_event(id))
      views.push_back(view_of(unit, {std::move(poll), *event}, now));
    return views;
  });
}

Deferred<int> remind_poll(Context& context, Keeper keeper, PollId id) {
  return written<int>(context, keeper, [keeper, id](const Writing& writing) -> Result<int> {
    auto& unit = writing.unit;
    const auto kept = poll_kept(unit, keeper, id);
    if (!kept) return kept.error();
    if (!kept->poll.is_open(writing.now)) return Error{Errc::conflict, "the poll takes no answers any more"};
    if (!unit.polls().mark_reminded(id, writing.now))
      return Error{Errc::conflict, "they have been reminded already"};
    int count = 0;
    for (const auto& voice : unit.polls().voices(id)) {
      if (voice.answered) continue;
      notify::queue_poll_mail(unit, kept->poll, kept->event, notify::poll_again_rule, voice.who,
                              writing.rules.message_domain, writing.now);
      ++count;
    }
    return count;
  });
}

Deferred<PollView> close_poll(Context& context, Keeper keeper, PollId id, std::optional<std::size_t> winner) {
  return written<PollView>(context, keeper, [keeper, id, winner](const Writing& writing) {
    return closed(writing, keeper, id, winner);
  });
}

Deferred<PollPage> view_poll_link(Context& context, std::string token) {
  return context.store.read([token = std::move(token), now = context.clock.now()](db::Unit& unit) {
    return page_of(unit, token, now);
  });
}

Deferred<PollPage> answer_poll(Context& context, std::string token, std::vector<PollChoice> choices,
                               std::string note) {
  const Instant now = context.clock.now();
  auto work = [token = std::move(token), choices = std::move(choices), note = std::move(note),
               now](db::Unit& unit) -> Result<PollPage> {
    auto page = page_of(unit, token, now);
    if (!page || !page->takes_answers) return page;
    if (choices.size() != page->poll.days.size())
      return Error{Errc::invalid_input, "say of every day whether you can come"};
    auto text = checked_text(note, longest_poll_note, "the note");
    if (!text) return text.error();
    page->voice.answered = now;
    page->voice.choices = choices;
    page->voice.note = std::move(*text);
    page->stored = unit.polls().answer(page->poll.id, page->voice);
    return page;
  };
  // The change log names the link and not the person: who it was stands in the answer.
  return context.store.write(db::Author("link", now), std::move(work));
}

}  // namespace convoke::service
