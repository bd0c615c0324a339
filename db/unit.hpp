// The repositories of one unit of work: domain values in, domain values out. Valid only inside the lambda
// they are handed to. A write stands in the change log by itself: no caller has to remember.
#pragma once

#include "base/clock.hpp"
#include "db/delivery.hpp"
#include "db/execution.hpp"
#include "db/plan_work.hpp"
#include "db/intake.hpp"
#include "db/certificates.hpp"
#include "db/registrations.hpp"
#include "model/account.hpp"
#include "model/event.hpp"
#include "model/event_selection.hpp"
#include "model/person.hpp"
#include "model/plan.hpp"
#include "model/reminder.hpp"
#include "model/source.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

class Polls;                    // db/polls.hpp
class RegistrationFiles;        // db/registration_files.hpp
class RegistrationInvitations;  // db/registration_invitations.hpp
class Programmes;               // db/programmes.hpp
class Submissions;              // db/submissions.hpp

class Organisations {
 public:
  virtual ~Organisations() = default;
  virtual OrganisationId insert(const Organisation& organisation) = 0;
  virtual void update(const Organisation& organisation) = 0;
  virtual std::optional<Organisation> find(OrganisationId id) = 0;
  // By name, as fold() makes names equal.
  virtual std::optional<Organisation> find_by_name(const std::string& name) = 0;
  virtual std::vector<Organisation> list() = 0;
  // The organisation and everything below it in the tree, by id.
  virtual std::vector<OrganisationId> within(OrganisationId id) = 0;
};

class People {
 public:
  virtual ~People() = default;
  virtual PersonId insert(const Person& person) = 0;
  virtual void update(const Person& person) = 0;
  virtual std::optional<Person> find(PersonId id) = 0;
  // Everybody whose name_key() is that of `name`; more than one are namesakes.
  virtual std::vector<Person> find_by_name(const std::string& name) = 0;
  virtual std::vector<Person> find_by_address(const std::string& email) = 0;  // ASCII case does not count
  virtual std::vector<Person> list() = 0;
};

class Plans {
 public:
  virtual ~Plans() = default;
  // With its approvals and preamble.
  virtual PlanId insert(const Plan& plan) = 0;
  // The whole plan, its approvals and preamble too.
  virtual void update(const Plan& plan) = 0;
  virtual std::optional<Plan> find(PlanId id) = 0;
  virtual std::vector<Plan> list() = 0;  // newest year first
};

class Events {
 public:
  virtual ~Events() = default;
  // With its responsibles and agenda. The uid must be new.
  virtual EventId insert(const Event& event) = 0;
  // Puts an event that was removed back under the number it had, which nobody else was given.
  virtual void restore(const Event& event) = 0;
  // The whole event. Raises nothing by itself: the caller sets sequence and modified (service/events.cpp).
  virtual void update(const Event& event) = 0;
  virtual std::optional<Event> find(EventId id) = 0;
  virtual std::optional<Event> find_by_uid(const std::string& uid) = 0;
  virtual std::vector<Event> of_plan(PlanId plan) = 0;  // in the order of the plan
  virtual std::vector<Event> all() = 0;                 // by id
  // Every event, by id, one at a time; without `as_read`, which readers never see.
  virtual void each(const std::function<void(Event)>& visit) = 0;
  // Those that the selection leaves, by id.
  virtual std::vector<Event> select(const EventSelection& selection) = 0;
  virtual std::vector<Event> changed_since(
      std::int64_t change) = 0;  // events with a later change-log entry, by id
  virtual std::vector<Event> of_responsible(PersonId person) = 0;
  virtual std::vector<Event> of_source(SourceId source) = 0;  // by id
  // Events that are gone by a later change-log entry, by id.
  virtual std::vector<EventId> removed_since(std::int64_t change) = 0;
  // The event is gone; the change log keeps that it was. Its parts stay as events of their own.
  virtual void remove(EventId id) = 0;
  // Those that have, for each of `beginnings` (base/search_words.hpp), a word that begins so; the best first.
  virtual std::vector<EventId> search(const std::vector<std::string>& beginnings, int limit) = 0;
};

// One entry of the change log.
struct Change {
  std::int64_t number = 0;
  Instant at{};  // of a visible change: later by a second at least than that of every unit before
  std::string author;
  // "event", "plan", "person", "organisation", "token", "account", "personal_calendar", "attendance" (with
  // the number of the account), "roster", "absence", "rule_set", "answer", "mail_template", "subscriber",
  // "webhook", "registration_form" (with the number of the event), "programme", "call" and "certificates" (the same), "plan_edit", "plan_version" (with the number of the plan), "database" for one that a backup was put in place of
  std::string entity;
  std::int64_t entity_id = 0;
  std::string action;     // "insert", "update", "remove"
  std::int64_t unit = 0;  // number of the first entry written by the same unit of work
};

class Changes {
 public:
  virtual ~Changes() = default;
  virtual std::int64_t last() = 0;  // 0 when nothing was ever written
  // The newest entry that a feed could show (event, plan, organisation), if any.
  virtual std::optional<Change> last_visible() = 0;
  virtual std::vector<Change> of_entity(const std::string& entity, std::int64_t id) = 0;  // oldest first
  virtual std::vector<Change> since(std::int64_t number, int limit) = 0;
};

// Which reminders a listing shows.
struct ReminderSelection {
  std::optional<EventId> event;
  std::optional<Instant> due_from, due_before;
  std::optional<ReminderState> state;
  std::optional<std::string> recipient;  // a key, exactly
  int limit = 1000;
  int offset = 0;
  bool newest_first = false;  // else by due, then id
};

// What a dispatcher claims: mails, or requests to webhooks.
enum class Claims { mails, hooks };

// The queue of mails owed. Rows are unique by key: one reminder is queued once, whatever is replanned.
class Reminders {
 public:
  virtual ~Reminders() = default;
  // False when a row with this key is there already in a state other than superseded; a superseded row is
  // revived with the new times and keeps its message_id.
  virtual bool enqueue(const Reminder& reminder) = 0;
  // Only rows still waiting (or claimed: whose settling then finds them superseded).
  virtual void supersede(ReminderId id, Instant at) = 0;
  virtual std::optional<Reminder> find(ReminderId id) = 0;
  virtual std::optional<Reminder> find_by_message_id(const std::string& message_id) = 0;  // with its < >
  // A sent row becomes failed: its mail came back. False for a row in another state.
  virtual bool came_back(ReminderId id, Instant at, const std::string& why) = 0;
  virtual std::vector<Reminder> list(const ReminderSelection& selection) = 0;  // by due, then id
  // Takes up to `limit` rows that are due (planned or retrying with due and next_attempt <= now, or claimed
  // with a lapsed lease) for `dispatcher` until `lease_until`, the longest waiting first, in due order, and
  // counts an attempt.
  virtual std::vector<Reminder> claim_due(Instant now, Instant lease_until, const std::string& dispatcher,
                                          int limit, Claims claims = Claims::mails) = 0;
  // Writes state, attempts, last_error, next_attempt, settled of a row claimed by `reminder.claimed_by`;
  // false when it is no longer this dispatcher's (its lease lapsed and another took it, or it was superseded
  // meanwhile).
  virtual bool settle(const Reminder& reminder) = 0;
  // How many rows there are in each state; states without a row are absent.
  virtual std::map<ReminderState, int> counts() = 0;
  // For a decision by hand: writes due, expires, state, message_id, attempts, next_attempt, last_error and
  // settled of a row that is in the state `from`; false when it is no longer. Never of a claimed row.
  virtual bool rewrite(const Reminder& reminder, ReminderState from) = 0;
  // When the next row that waits is due, if any.
  virtual std::optional<Instant> next_due(Claims claims = Claims::mails) = 0;
};

// A key to the API. Only the hash of the token is stored.
struct ApiToken {
  TokenId id;
  std::string name;
  std::string hash;   // sha256_hex of the token
  std::string scope;  // "read" or "write"
  Instant created{};
  std::optional<Instant> last_used;
  std::optional<Instant> revoked;
  AccountId account;  // whose it is, and whose rights bound it; 0: the installation's
};

class Tokens {
 public:
  virtual ~Tokens() = default;
  virtual TokenId insert(const ApiToken& token) = 0;
  virtual std::optional<ApiToken> find_by_hash(const std::string& hash) = 0;
  virtual std::vector<ApiToken> list() = 0;
  virtual void touch(TokenId id, Instant used) = 0;                 // not in the change log
  virtual bool revoke(TokenId id, Instant at) = 0;                  // false when unknown or revoked already
  virtual std::vector<ApiToken> of_account(AccountId account) = 0;  // newest first
  // All of an account's that are in force; how many there were.
  virtual int revoke_of_account(AccountId account, Instant at) = 0;
};

class Accounts {
 public:
  virtual ~Accounts() = default;
  // The login must be new.
  virtual AccountId insert(const Account& account) = 0;
  virtual void update(const Account& account) = 0;
  virtual std::optional<Account> find(AccountId id) = 0;
  virtual std::optional<Account> find_by_login(const std::string& login) = 0;  // exactly, as stored
  virtual std::vector<Account> list() = 0;                                     // by id
  virtual bool has_administrator() = 0;                                        // one that is not closed
};

// Who is signed in. Nothing here stands in the change log.
class Sessions {
 public:
  virtual ~Sessions() = default;
  virtual SessionId insert(const Session& session) = 0;
  virtual std::optional<Session> find_by_hash(const std::string& hash) = 0;
  virtual std::vector<Session> of_account(AccountId account) = 0;  // newest first
  virtual void touch(SessionId id, Instant seen) = 0;
  virtual bool remove(SessionId id) = 0;  // false when there is none
  // All of an account's; how many there were.
  virtual int remove_of_account(AccountId account) = 0;
  // Those begun, or seen last, before these moments.
  virtual int remove_older(Instant begun, Instant seen) = 0;
};

// Links that act once. Nothing here stands in the change log.
class OneTimeLinks {
 public:
  virtual ~OneTimeLinks() = default;
  virtual void insert(const OneTimeLink& link) = 0;
  virtual std::optional<OneTimeLink> find(const std::string& hash) = 0;
  // Marks it used; false when it is unknown, used already, or too old at `at`. Two who try get one true.
  virtual bool use(const std::string& hash, Instant at) = 0;
  // Ends those of this purpose and account (0: the first administrator's) that nobody has used.
  virtual void end_all(const std::string& purpose, AccountId account, Instant at) = 0;
  // The one of this purpose and account that nobody has used and that expires last, if any acts after `at`.
  virtual std::optional<OneTimeLink> in_force(const std::string& purpose, AccountId account, Instant at) = 0;
  // Forgets those that expired before.
  virtual int remove_expired(Instant before) = 0;
};

// What takes the place of a second factor that is lost: each code once. Only hashes are stored. Nothing here
// stands in the change log.
class RecoveryCodes {
 public:
  virtual ~RecoveryCodes() = default;
  virtual void replace(AccountId account, const std::vector<std::string>& hashes) = 0;  // all before are gone
  virtual bool use(AccountId account, const std::string& hash, Instant at) = 0;  // false: unknown, or used
  virtual int left(AccountId account) = 0;
};

class PersonalCalendars {
 public:
  virtual ~PersonalCalendars() = default;
  virtual PersonalCalendarId insert(const PersonalCalendar& calendar) = 0;
  virtual std::optional<PersonalCalendar> find(PersonalCalendarId id) = 0;
  virtual std::optional<PersonalCalendar> find_by_hash(const std::string& hash) = 0;
  virtual std::vector<PersonalCalendar> of_account(AccountId account) = 0;  // newest first
  virtual int count_in_force(AccountId account) = 0;
  // False when unknown or revoked already.
  virtual bool revoke(PersonalCalendarId id, Instant at) = 0;
  // Not in the change log.
  virtual void touch(PersonalCalendarId id, Instant read, const std::string& reader) = 0;
};

// Who said that they take part in what. In the change log as "attendance", with the account's number.
class Attendances {
 public:
  virtual ~Attendances() = default;
  virtual bool add(AccountId account, EventId event, Instant since) = 0;  // false when it was there
  virtual bool remove(AccountId account, EventId event) = 0;              // false when it was not there
  virtual bool has(AccountId account, EventId event) = 0;
  virtual std::vector<EventId> of_account(AccountId account) = 0;  // by id
  virtual int count_of_event(EventId event) = 0;
};

// One event of a source: what the neighbour calls it, and which event it is here.
struct SourceEntry {
  std::string foreign_uid;
  EventId event;

  bool operator==(const SourceEntry&) const = default;
};

// Neighbours' calendars. Their coming and going stands in the change log as "source"; how reading went does
// not.
class Sources {
 public:
  virtual ~Sources() = default;
  virtual SourceId insert(const CalendarSource& source) = 0;
  // Writes how reading went (all from last_try to left_out) and nothing else.
  virtual void settle(const CalendarSource& source) = 0;
  virtual std::optional<CalendarSource> find(SourceId id) = 0;  // removed ones too
  virtual std::vector<CalendarSource> list() = 0;               // those in force, by id
  // Those in force whose next try is not after `now`, the longest due first.
  virtual std::vector<CalendarSource> due(Instant now, int limit) = 0;
  // False when unknown or removed already. Its events are the caller's to remove.
  virtual bool remove(SourceId id, Instant at) = 0;

  // The events that a source has here, by their foreign uid. An event that is removed leaves this list.
  virtual std::vector<SourceEntry> entries(SourceId id) = 0;
  virtual void link(SourceId id, const SourceEntry& entry) = 0;
  virtual std::optional<SourceEntry> entry_of(EventId event) = 0;
};

class Unit {
 public:
  virtual ~Unit() = default;
  virtual Organisations& organisations() = 0;
  virtual People& people() = 0;
  virtual Plans& plans() = 0;
  virtual Events& events() = 0;
  virtual Changes& changes() = 0;
  virtual Reminders& reminders() = 0;
  virtual Tokens& tokens() = 0;
  virtual Accounts& accounts() = 0;
  virtual Sessions& sessions() = 0;
  virtual OneTimeLinks& one_time_links() = 0;
  virtual RecoveryCodes& recovery_codes() = 0;
  virtual PersonalCalendars& personal_calendars() = 0;
  virtual Attendances& attendances() = 0;
  virtual Sources& sources() = 0;
  virtual Rosters& rosters() = 0;
  virtual Absences& absences() = 0;
  virtual RuleSets& rule_sets() = 0;
  virtual Answers& answers() = 0;
  virtual MailLog& mail_log() = 0;
  virtual AddressTroubles& address_troubles() = 0;
  virtual MailTemplates& mail_templates() = 0;
  virtual Subscribers& subscribers() = 0;
  virtual Webhooks& webhooks() = 0;
  virtual Secrets& secrets() = 0;
  virtual PlanEdits& plan_edits() = 0;
  virtual PlanVersions& plan_versions() = 0;
  virtual Intakes& intakes() = 0;
  virtual Corrections& corrections() = 0;
  virtual Polls& polls() = 0;
  virtual Registrations& registrations() = 0;
  virtual Programmes& programmes() = 0;
  virtual Submissions& submissions() = 0;
  virtual Certificates& certificates() = 0;
  virtual RegistrationFiles& registration_files() = 0;
  virtual RegistrationInvitations& registration_invitations() = 0;
};

}  // namespace convoke::db
