// The repositories of db/unit.hpp over one SQLite connection; one file each beside this. They live as long as
// their connection; what changes from unit to unit is the author that the change log is told.
#pragma once

#include "db/sqlite/certificate_repositories.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/delivery_repositories.hpp"
#include "db/sqlite/execution_repositories.hpp"
#include "db/sqlite/intake_repositories.hpp"
#include "db/sqlite/plan_work_repositories.hpp"
#include "db/sqlite/polls.hpp"
#include "db/sqlite/programmes.hpp"
#include "db/sqlite/recent.hpp"
#include "db/sqlite/registration_guests.hpp"
#include "db/sqlite/registration_repositories.hpp"
#include "db/sqlite/submission_repositories.hpp"
#include "db/store.hpp"
#include "db/unit.hpp"

namespace convoke::db::sqlite {

class SqliteOrganisations final : public Organisations {
 public:
  SqliteOrganisations(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  OrganisationId insert(const Organisation& organisation) override;
  void update(const Organisation& organisation) override;
  std::optional<Organisation> find(OrganisationId id) override;
  std::optional<Organisation> find_by_name(const std::string& name) override;
  std::vector<Organisation> list() override;
  std::vector<OrganisationId> within(OrganisationId id) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
  Recent<OrganisationId, std::optional<Organisation>> recent_;
};

class SqlitePeople final : public People {
 public:
  SqlitePeople(Connection& connection, SqliteChanges& changes) : connection_(connection), changes_(changes) {}
  PersonId insert(const Person& person) override;
  void update(const Person& person) override;
  std::optional<Person> find(PersonId id) override;
  std::vector<Person> find_by_name(const std::string& name) override;
  std::vector<Person> find_by_address(const std::string& email) override;
  std::vector<Person> list() override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqlitePlans final : public Plans {
 public:
  SqlitePlans(Connection& connection, SqliteChanges& changes) : connection_(connection), changes_(changes) {}
  PlanId insert(const Plan& plan) override;
  void update(const Plan& plan) override;
  std::optional<Plan> find(PlanId id) override;
  std::vector<Plan> list() override;

 private:
  void insert_parts(const Plan& plan);

  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteEvents final : public Events {
 public:
  SqliteEvents(Connection& connection, SqliteChanges& changes) : connection_(connection), changes_(changes) {}
  EventId insert(const Event& event) override;
  void restore(const Event& event) override;
  void update(const Event& event) override;
  std::optional<Event> find(EventId id) override;
  std::optional<Event> find_by_uid(const std::string& uid) override;
  std::vector<Event> of_plan(PlanId plan) override;
  std::vector<Event> all() override;
  void each(const std::function<void(Event)>& visit) override;
  std::vector<Event> select(const EventSelection& selection) override;
  std::vector<Event> changed_since(std::int64_t change) override;
  std::vector<Event> of_responsible(PersonId person) override;
  std::vector<Event> of_source(SourceId source) override;
  std::vector<EventId> removed_since(std::int64_t change) override;
  void remove(EventId id) override;
  std::vector<EventId> search(const std::vector<std::string>& beginnings, int limit) override;

 private:
  EventId insert_row(const Event& event);
  void insert_parts(const Event& event);

  Connection& connection_;
  SqliteChanges& changes_;
  Recent<EventId, std::optional<Event>> recent_;
};

class SqliteReminders final : public Reminders {
 public:
  explicit SqliteReminders(Connection& connection) : connection_(connection) {}
  bool enqueue(const Reminder& reminder) override;
  void supersede(ReminderId id, Instant at) override;
  std::optional<Reminder> find(ReminderId id) override;
  std::optional<Reminder> find_by_message_id(const std::string& message_id) override;
  bool came_back(ReminderId id, Instant at, const std::string& why) override;
  std::vector<Reminder> list(const ReminderSelection& selection) override;
  std::vector<Reminder> claim_due(Instant now, Instant lease_until, const std::string& dispatcher, int limit,
                                  Claims claims) override;
  bool settle(const Reminder& reminder) override;
  std::map<ReminderState, int> counts() override;
  bool rewrite(const Reminder& reminder, ReminderState from) override;
  std::optional<Instant> next_due(Claims claims) override;

 private:
  Connection& connection_;
};

class SqliteTokens final : public Tokens {
 public:
  SqliteTokens(Connection& connection, SqliteChanges& changes) : connection_(connection), changes_(changes) {}
  TokenId insert(const ApiToken& token) override;
  std::optional<ApiToken> find_by_hash(const std::string& hash) override;
  std::vector<ApiToken> list() override;
  void touch(TokenId id, Instant used) override;
  bool revoke(TokenId id, Instant at) override;
  std::vector<ApiToken> of_account(AccountId account) override;
  int revoke_of_account(AccountId account, Instant at) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteAccounts final : public Accounts {
 public:
  SqliteAccounts(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  AccountId insert(const Account& account) override;
  void update(const Account& account) override;
  std::optional<Account> find(AccountId id) override;
  std::optional<Account> find_by_login(const std::string& login) override;
  std::vector<Account> list() override;
  bool has_administrator() override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteSessions final : public Sessions {
 public:
  explicit SqliteSessions(Connection& connection) : connection_(connection) {}
  SessionId insert(const Session& session) override;
  std::optional<Session> find_by_hash(const std::string& hash) override;
  std::vector<Session> of_account(AccountId account) override;
  void touch(SessionId id, Instant seen) override;
  bool remove(SessionId id) override;
  int remove_of_account(AccountId account) override;
  int remove_older(Instant begun, Instant seen) override;

 private:
  Connection& connection_;
};

class SqliteOneTimeLinks final : public OneTimeLinks {
 public:
  explicit SqliteOneTimeLinks(Connection& connection) : connection_(connection) {}
  void insert(const OneTimeLink& link) override;
  std::optional<OneTimeLink> find(const std::string& hash) override;
  bool use(const std::string& hash, Instant at) override;
  void end_all(const std::string& purpose, AccountId account, Instant at) override;
  std::optional<OneTimeLink> in_force(const std::string& purpose, AccountId account, Instant at) override;
  int remove_expired(Instant before) override;

 private:
  Connection& connection_;
};

class SqliteRecoveryCodes final : public RecoveryCodes {
 public:
  explicit SqliteRecoveryCodes(Connection& connection) : connection_(connection) {}
  void replace(AccountId account, const std::vector<std::string>& hashes) override;
  bool use(AccountId account, const std::string& hash, Instant at) override;
  int left(AccountId account) override;

 private:
  Connection& connection_;
};

class SqlitePersonalCalendars final : public PersonalCalendars {
 public:
  SqlitePersonalCalendars(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  PersonalCalendarId insert(const PersonalCalendar& calendar) override;
  std::optional<PersonalCalendar> find(PersonalCalendarId id) override;
  std::optional<PersonalCalendar> find_by_hash(const std::string& hash) override;
  std::vector<PersonalCalendar> of_account(AccountId account) override;
  int count_in_force(AccountId account) override;
  bool revoke(PersonalCalendarId id, Instant at) override;
  void touch(PersonalCalendarId id, Instant read, const std::string& reader) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteAttendances final : public Attendances {
 public:
  SqliteAttendances(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  bool add(AccountId account, EventId event, Instant since) override;
  bool remove(AccountId account, EventId event) override;
  bool has(AccountId account, EventId event) override;
  std::vector<EventId> of_account(AccountId account) override;
  int count_of_event(EventId event) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteSources final : public Sources {
 public:
  SqliteSources(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  SourceId insert(const CalendarSource& source) override;
  void settle(const CalendarSource& source) override;
  std::optional<CalendarSource> find(SourceId id) override;
  std::vector<CalendarSource> list() override;
  std::vector<CalendarSource> due(Instant now, int limit) override;
  bool remove(SourceId id, Instant at) override;
  std::vector<SourceEntry> entries(SourceId id) override;
  void link(SourceId id, const SourceEntry& entry) override;
  std::optional<SourceEntry> entry_of(EventId event) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteUnit final : public Unit {
 public:
  explicit SqliteUnit(Connection& connection)
      : connection_(connection),
        changes_(connection),
        organisations_(connection, changes_),
        people_(connection, changes_),
        plans_(connection, changes_),
        events_(connection, changes_),
        reminders_(connection),
        tokens_(connection, changes_),
        accounts_(connection, changes_),
        sessions_(connection),
        one_time_links_(connection),
        recovery_codes_(connection),
        personal_calendars_(connection, changes_),
        attendances_(connection, changes_),
        sources_(connection, changes_),
        rosters_(connection, changes_),
        absences_(connection, changes_),
        rule_sets_(connection, changes_),
        answers_(connection, changes_),
        mail_log_(connection),
        address_troubles_(connection),
        mail_templates_(connection, changes_),
        subscribers_(connection, changes_),
        webhooks_(connection, changes_),
        secrets_(connection),
        plan_edits_(connection, changes_),
        plan_versions_(connection, changes_),
        intakes_(connection),
        corrections_(connection),
        polls_(connection, changes_),
        registrations_(connection, changes_),
        programmes_(connection, changes_),
        submissions_(connection, changes_),
        certificates_(connection, changes_),
        registration_files_(connection),
        registration_invitations_(connection) {}

  Organisations& organisations() override { return organisations_; }
  People& people() override { return people_; }
  Plans& plans() override { return plans_; }
  Events& events() override { return events_; }
  SqliteChanges& changes() override { return changes_; }
  Reminders& reminders() override { return reminders_; }
  Tokens& tokens() override { return tokens_; }
  Accounts& accounts() override { return accounts_; }
  Sessions& sessions() override { return sessions_; }
  OneTimeLinks& one_time_links() override { return one_time_links_; }
  RecoveryCodes& recovery_codes() override { return recovery_codes_; }
  PersonalCalendars& personal_calendars() override { return personal_calendars_; }
  Attendances& attendances() override { return attendances_; }
  Sources& sources() override { return sources_; }
  Rosters& rosters() override { return rosters_; }
  Absences& absences() override { return absences_; }
  RuleSets& rule_sets() override { return rule_sets_; }
  Answers& answers() override { return answers_; }
  MailLog& mail_log() override { return mail_log_; }
  AddressTroubles& address_troubles() override { return address_troubles_; }
  MailTemplates& mail_templates() override { return mail_templates_; }
  Subscribers& subscribers() override { return subscribers_; }
  Webhooks& webhooks() override { return webhooks_; }
  Secrets& secrets() override { return secrets_; }
  PlanEdits& plan_edits() override { return plan_edits_; }
  PlanVersions& plan_versions() override { return plan_versions_; }
  Intakes& intakes() override { return intakes_; }
  Corrections& corrections() override { return corrections_; }
  Polls& polls() override { return polls_; }
  Registrations& registrations() override { return registrations_; }
  Programmes& programmes() override { return programmes_; }
  Submissions& submissions() override { return submissions_; }
  Certificates& certificates() override { return certificates_; }
  RegistrationFiles& registration_files() override { return registration_files_; }
  RegistrationInvitations& registration_invitations() override { return registration_invitations_; }
  // What the unit runs on; for the tests of this backend, which look at its settings.
  Connection& connection() { return connection_; }

 private:
  Connection& connection_;
  SqliteChanges changes_;
  SqliteOrganisations organisations_;
  SqlitePeople people_;
  SqlitePlans plans_;
  SqliteEvents events_;
  SqliteReminders reminders_;
  SqliteTokens tokens_;
  SqliteAccounts accounts_;
  SqliteSessions sessions_;
  SqliteOneTimeLinks one_time_links_;
  SqliteRecoveryCodes recovery_codes_;
  SqlitePersonalCalendars personal_calendars_;
  SqliteAttendances attendances_;
  SqliteSources sources_;
  SqliteRosters rosters_;
  SqliteAbsences absences_;
  SqliteRuleSets rule_sets_;
  SqliteAnswers answers_;
  SqliteMailLog mail_log_;
  SqliteAddressTroubles address_troubles_;
  SqliteMailTemplates mail_templates_;
  SqliteSubscribers subscribers_;
  SqliteWebhooks webhooks_;
  SqliteSecrets secrets_;
  SqlitePlanEdits plan_edits_;
  SqlitePlanVersions plan_versions_;
  SqliteIntakes intakes_;
  SqliteCorrections corrections_;
  SqlitePolls polls_;
  SqliteRegistrations registrations_;
  SqliteProgrammes programmes_;
  SqliteSubmissions submissions_;
  SqliteCertificates certificates_;
  SqliteRegistrationFiles registration_files_;
  SqliteRegistrationInvitations registration_invitations_;
};

}  // namespace convoke::db::sqlite
