// Files of registrations and invitations to register: kept by registration and field, by event and address.
#include "db/registration_files.hpp"
#include "db/registration_invitations.hpp"
#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

constexpr EventId conference{7}, another{8};

RegistrationId enter(db::Store& store, const std::string& name, RegistrationState state,
                     EventId event = conference) {
  Registration one;
  one.event = event;
  one.code = "code-" + name;
  one.party = "party-" + name;
  one.state = state;
  one.holds_place = takes_part(state);
  one.name = name;
  one.email = name + "@example.org";
  one.submitted = at(1);
  if (takes_part(state)) one.confirmed = at(2);
  one.consent.at = at(1);
  return write(store, [=](Unit& unit) { return unit.registrations().insert(one); });
}

RegistrationFile file_of(RegistrationId registration, const std::string& field, std::size_t size) {
  RegistrationFile file;
  file.registration = registration;
  file.field = field;
  file.name = "Портрет.pdf";
  file.size = size;
  file.digest = "abc";
  file.added = at(3);
  return file;
}

void put(db::Store& store, const RegistrationFile& file, const std::string& bytes) {
  write(store, [=](Unit& unit) { return unit.registration_files().put(file, bytes), true; });
}

RegistrationInvitation invitation_of(const std::string& name) {
  RegistrationInvitation one;
  one.event = conference;
  one.code = "invited-" + name;
  one.person = PersonId{3};
  one.name = name;
  one.email = name + "@example.org";
  one.institution = "Бібліотека № 3";
  one.language = Language::be;
  one.invited = at(1);
  return one;
}

RegistrationInvitationId invite(db::Store& store, const RegistrationInvitation& one) {
  return write(store, [=](Unit& unit) { return unit.registration_invitations().insert(one); });
}

std::vector<InvitationAnswer> answers(db::Store& store) {
  return read(store, [](Unit& unit) {
    std::vector<InvitationAnswer> all;
    for (const auto& one : unit.registration_invitations().of_event(conference)) all.push_back(one.answer);
    return all;
  });
}

}  // namespace

TEST_CASE("a file of a registration comes back byte for byte and the next of its field takes its place") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = enter(store, "olena", RegistrationState::registered);
  const std::string bytes("a\0b\xff", 4);
  put(store, file_of(one, "f1", 4), bytes);
  put(store, file_of(one, "f2", 2), "xy");
  CHECK(read(store, [=](Unit& unit) { return unit.registration_files().bytes(one, "f1"); }) == bytes);
  CHECK(read(store, [=](Unit& unit) { return unit.registration_files().find(one, "f1"); }) ==
        file_of(one, "f1", 4));
  CHECK_FALSE(read(store, [=](Unit& unit) { return unit.registration_files().find(one, "f3"); }));
  auto next = file_of(one, "f1", 3);
  next.kind = SubmittedKind::png;
  put(store, next, "new");
  CHECK(read(store, [=](Unit& unit) { return unit.registration_files().of(one); }) ==
        std::vector{next, file_of(one, "f2", 2)});
  CHECK(read(store, [](Unit& unit) { return unit.registration_files().stored(conference); }) == 5);
}

TEST_CASE(
    "files are counted by event and of those who have not confirmed and are removed with what they belong "
    "to") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = enter(store, "olena", RegistrationState::registered);
  const auto stranger = enter(store, "stranger", RegistrationState::submitted);
  const auto elsewhere = enter(store, "taras", RegistrationState::submitted, another);
  for (const auto id : {one, stranger, elsewhere})
    for (const auto* field : {"f1", "f2"}) put(store, file_of(id, field, 10), "0123456789");
  const auto counts = [&] {
    return read(store, [](Unit& unit) {
      auto& files = unit.registration_files();
      return std::vector{files.stored(conference), files.stored(another), files.unconfirmed()};
    });
  };
  CHECK(counts() == std::vector<std::size_t>{40, 20, 40});
  CHECK(write(store, [](Unit& unit) { return unit.registration_files().remove_field(conference, "f2"); }) ==
        2);
  CHECK(counts() == std::vector<std::size_t>{20, 20, 30});
  CHECK(write(store, [=](Unit& unit) { return unit.registration_files().remove(stranger); }) == 1);
  CHECK(write(store, [](Unit& unit) { return unit.registration_files().remove_all(conference); }) == 1);
  CHECK(counts() == std::vector<std::size_t>{0, 20, 20});
  CHECK(read(store, [=](Unit& unit) { return unit.registration_files().bytes(one, "f1"); }).empty());
}

TEST_CASE("somebody is invited once to an event and is found by code and address") {
  Fixture fixture;
  auto& store = fixture.store();
  auto one = invitation_of("olena");
  one.id = invite(store, one);
  CHECK(read(store, [=](Unit& unit) { return unit.registration_invitations().find(one.id); }) == one);
  CHECK(read(store, [](Unit& unit) {
          return unit.registration_invitations().find_by_code("invited-olena");
        }) == one);
  CHECK(read(store, [](Unit& unit) {
          return unit.registration_invitations().find_by_address(conference, "olena@example.org");
        }) == one);
  CHECK_FALSE(read(store, [](Unit& unit) {
    return unit.registration_invitations().find_by_address(another, "olena@example.org");
  }));
  auto twice = invitation_of("olena");
  twice.code = "another";
  CHECK_FALSE(store.write(author(), [=](Unit& unit) { return unit.registration_invitations().insert(twice); })
                  .wait());
  one.reminded = at(5);
  one.declined = at(6);
  write(store, [=](Unit& unit) { return unit.registration_invitations().update(one), true; });
  CHECK(read(store, [=](Unit& unit) { return unit.registration_invitations().find(one.id); }) == one);
}

TEST_CASE(
    "whose address is registered has answered an invitation and whose place is another's has declined it") {
  Fixture fixture;
  auto& store = fixture.store();
  for (const auto* name : {"address", "link", "gone", "silent"}) invite(store, invitation_of(name));
  enter(store, "address", RegistrationState::submitted);
  const auto by_link = enter(store, "handed-over", RegistrationState::waiting);
  const auto gone = enter(store, "gone", RegistrationState::cancelled);
  write(store, [=](Unit& unit) {
    auto& all = unit.registration_invitations();
    auto link = *all.find_by_code("invited-link"), left = *all.find_by_code("invited-gone");
    link.registration = by_link;
    left.registration = gone;
    all.update(link);
    all.update(left);
    return true;
  });
  using enum InvitationAnswer;
  CHECK(answers(store) == std::vector{registered, declined, declined, silent});
  CHECK(read(store, [](Unit& unit) {
          auto& all = unit.registration_invitations();
          return all.answer(*all.find_by_code("invited-address"));
        }) == registered);
}

TEST_CASE("who wants no invitations is remembered and who is erased leaves a figure") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto out = [&](const std::string& email) {
    return read(store, [=](Unit& unit) { return unit.registration_invitations().has_opted_out(email); });
  };
  CHECK_FALSE(out("a@example.org"));
  for (int i = 0; i < 2; ++i)
    write(store,
          [](Unit& unit) { return unit.registration_invitations().opt_out("a@example.org", at(1)), true; });
  CHECK(out("a@example.org"));
  CHECK_FALSE(out("b@example.org"));
  const auto back = [&] {
    return write(store, [](Unit& unit) { return unit.registration_invitations().opt_in("a@example.org"); });
  };
  CHECK(back());
  CHECK_FALSE(back());
  CHECK_FALSE(out("a@example.org"));
  for (const auto* name : {"olena", "taras", "ivan"}) invite(store, invitation_of(name));
  CHECK(write(store, [](Unit& unit) {
          return unit.registration_invitations().erase_person(conference, "olena@example.org");
        }) == 1);
  CHECK(write(store,
              [](Unit& unit) { return unit.registration_invitations().erase_person(conference, ""); }) == 0);
  CHECK(write(store, [](Unit& unit) { return unit.registration_invitations().erase_people(conference); }) ==
        2);
  const auto all =
      read(store, [](Unit& unit) { return unit.registration_invitations().of_event(conference); });
  CHECK(all.size() == 3);
  for (const auto& one : all)
    CHECK((one.invitation.name + one.invitation.email + one.invitation.institution).empty());
}

TEST_CASE("an erased address is gone from every event to which it is not registered and its digest stays") {
  Fixture fixture;
  auto& store = fixture.store();
  auto elsewhere = invitation_of("olena");
  elsewhere.event = another;
  elsewhere.code = "invited-elsewhere";
  for (const auto& one : {invitation_of("olena"), invitation_of("taras"), elsewhere}) invite(store, one);
  enter(store, "olena", RegistrationState::registered, another);
  const auto erase = [&](const std::string& email) {
    return write(store, [=](Unit& unit) { return unit.registration_invitations().erase_address(email); });
  };
  write(store, [](Unit& unit) {
    auto& all = unit.registration_invitations();
    all.opt_out("olena@example.org", at(1));
    for (int i = 0; i < 2; ++i) all.keep_away("digest of this event", conference, at(2));
    all.keep_away("digest of all", {}, at(2));
    return true;
  });
  CHECK(erase("") == 0);
  CHECK(erase("olena@example.org") == 1);
  const auto found = [&](EventId event, const std::string& email) {
    return read(store, [=](Unit& unit) {
      return unit.registration_invitations().find_by_address(event, email).has_value();
    });
  };
  CHECK_FALSE(found(conference, "olena@example.org"));
  CHECK(found(another, "olena@example.org"));
  CHECK(found(conference, "taras@example.org"));
  CHECK_FALSE(read(
      store, [](Unit& unit) { return unit.registration_invitations().has_opted_out("olena@example.org"); }));
  const auto kept = [&](const std::string& digest) {
    return read(store, [=](Unit& unit) { return unit.registration_invitations().is_kept_away(digest); });
  };
  CHECK(kept("digest of this event"));
  CHECK(kept("digest of all"));
  CHECK_FALSE(kept("another digest"));
  // What was kept for one event goes with its people.
  write(store, [](Unit& unit) { return unit.registration_invitations().erase_people(conference); });
  CHECK_FALSE(kept("digest of this event"));
  CHECK(kept("digest of all"));
}

}  // namespace convoke::tests
