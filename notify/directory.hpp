// Everybody a mail may be for, and who it reaches on a day: an office's holder, a group's members, a deputy
// while somebody is on leave. Read once a batch (read_directory), asked many times (AddressBook).
#pragma once

#include "base/date.hpp"
#include "model/account.hpp"
#include "model/delivery.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/roster.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::db {
class Unit;
}

namespace convoke::notify {

// Everybody an association knows, as of one moment.
struct Directory {
  std::vector<Person> people = {};
  std::vector<Organisation> organisations = {};
  std::vector<Roster> rosters = {};
  std::vector<Absence> absences = {};
  std::vector<Account> accounts = {};  // closed ones too; they reach nobody
  std::vector<AddressTrouble> troubles = {};
};

// All of it, in six queries.
Directory read_directory(db::Unit& unit);

// Why a key, or one person behind it, is reached by no mail.
enum class Unreached {
  none,
  unknown_person,  // a name that nobody was entered for; a person or an account that is gone
  namesakes,       // several people of this name: which one is meant?
  unknown_office,  // neither a roster of this name nor anybody with this post
  vacant,          // an office without a holder, a group without members on that day
  no_address,      // nothing entered that mail could be sent to
  bounced,         // mail to the address came back
  closed,          // the account is closed
  no_controller,   // neither a chair nor an account that controls
  not_a_person,    // a key of another kind: subscriber:4, hook:3
};
inline constexpr std::size_t unreached_count = 10;
// "vacant"; "" for none. What the API and the command line call it.
std::string_view name_of(Unreached why);
// For logs and the queue, in English: "no address". Pages have their own words.
std::string_view text_of(Unreached why);

// What a key is resolved for. Which office is meant depends on the association, who holds it on the day.
struct Occasion {
  OrganisationId organisation;  // of the event; 0: not known, and everybody may be meant
  std::string section;          // of the event, as the plan writes it: whose head duty:section_head is
  Date day{};                   // when the mail leaves, local to the event
};
// `day` is the day of the mail, not of the event.
Occasion occasion_of(const Event& event, Date day);

// One mail that is to leave.
struct Addressee {
  std::string key;         // their own: "person:12", "account:5". Not the resolved one when a deputy steps in
  Person person;           // with the address that the mail goes to; of an account without a person, id 0
  PersonId stands_in_for;  // whose deputy they are today; 0: nobody's
};

// Somebody behind the key whom no mail reaches, while others may be reached.
struct Missed {
  Person person;
  Unreached why = Unreached::none;
};

struct Addressees {
  std::vector<Addressee> to;        // by key; nobody twice, neither by number nor, for accounts, by address
  std::vector<Missed> missed;       // by person; nobody twice
  Unreached why = Unreached::none;  // why `to` is empty

  bool reached() const { return !to.empty(); }
};

// The steps from one deputy to the next one that are followed before a mail goes to the person themself.
inline constexpr int longest_substitution = 8;

// An index over a directory. Building it takes time in proportion to the directory; a question about a
// person, a name, a post or a duty takes time in proportion to the answer. Immutable: threads may share one.
class AddressBook {
 public:
  explicit AddressBook(Directory directory);
  ~AddressBook();
  AddressBook(AddressBook&&) noexcept;
  AddressBook& operator=(AddressBook&&) noexcept;

  // Whom a mail for `key` (notify/recipients.hpp) goes to.
  //
  // - An office is its holders on the day, a group its members; while a roster of the name was ever filled it
  //   alone says so, else everybody whose post is the same text. A roster of the event's association comes
  //   before one of no association; people of another association are never meant unless the plan names it.
  //   One that nobody has entered: an office called "директор ПНБ" at home.
  // - On leave: the deputy; when that one is on leave too or has no address, theirs, nearest first, at most
  //   longest_substitution steps; when nobody is there, the person themself.
  // - duty:section_head: heads of the event's section, else heads of any section; when none of them is
  // reached,
  //   the chair. duty:chair: chairs; when none is reached, accounts of organisers and administrators of the
  //   association, else of none.
  // - A person's address is the one entered for them, else the login of an open account that is theirs; never
  //   one that mail came back from.
  //
  // `to` may hold somebody else than the key names. A sender then queues one mail for each Addressee::key, so
  // that who is meant twice still gets one.
  Addressees resolve(std::string_view key, const Occasion& occasion) const;

  // Why no mail reaches this person themself, at home or on leave: no_address or bounced; none when one does.
  Unreached trouble_of(const Person& person) const;
  const Directory& directory() const;

 private:
  struct Index;
  class Question;
  std::unique_ptr<const Index> index_;
};

}  // namespace convoke::notify
