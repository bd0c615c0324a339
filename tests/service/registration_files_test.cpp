// Files that come with a registration: what is taken, who may have it, and when it is gone.
#include "service/registration_files.hpp"

#include "db/registration_files.hpp"
#include "service/registration_list.hpp"
#include "service/registration_own_data.hpp"
#include "tests/service/conference.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using Catch::Matchers::Contains;

namespace {

using What = RegistrationAct::What;
using Files = std::vector<std::string>;

std::string pdf(std::size_t size = 40) {
  return "%PDF-1.7\n" + std::string(size - 15, 'x') + "%%EOF\n";
}

// The conference asks for a portrait, which must be there, and for a poster.
struct WithFiles : Conference {
  explicit WithFiles(bool required = true) : Conference("2") {
    add("Portrait", required);
    add("Poster", false);
  }
  void add(const std::string& label, bool required) {
    FieldChange change;
    change.field.kind = FieldKind::file;
    change.field.required = required;
    change.field.words[3].label = label;
    const auto changed = change_field(fixture.context, editor, scope(), change).wait();
    if (!changed) FAIL(changed.error().message);
  }
  RegistrationEntry with(const std::string& name, std::string bytes = pdf()) {
    auto one = entry(name);
    one.files.emplace_back("f1", "Портрет " + name + ".pdf", std::move(bytes));
    return one;
  }
  Files stored(const std::string& name) {
    return read([id = one(name).id](db::Unit& unit) {
      Files names;
      for (const auto& file : unit.registration_files().of(id)) names.push_back(file.field + " " + file.name);
      return names;
    });
  }
  std::size_t bytes() {
    return read([this](db::Unit& unit) { return unit.registration_files().stored(event); });
  }
  // As if so much were there already, of somebody who has (not) confirmed.
  void fill(const std::string& name, std::size_t size) {
    write([id = one(name).id, size](db::Unit& unit) {
      RegistrationFile file;
      file.registration = id;
      file.field = "f2";
      file.name = "large.pdf";
      file.size = size;
      unit.registration_files().put(file, "x");
      return true;
    });
  }
  RegistrationActed replace(const std::string& name, SentFile file) {
    return send_registration_file(fixture.context, token(name), std::move(file)).wait().value();
  }
};

}  // namespace

TEST_CASE("a form that must have a file is taken with one and names it among the answers") {
  WithFiles conference;
  CHECK(conference.send("olena") == RegistrationProblem::file_missing);
  auto typed = conference.entry("olena");
  typed.answers = {{"f1", "made up.pdf"}};
  CHECK(conference.send(typed) == RegistrationProblem::file_missing);
  CHECK(conference.all().empty());
  CHECK_FALSE(conference.send(conference.with("olena")));
  CHECK(conference.one("olena").answers ==
        std::vector<std::pair<std::string, std::string>>{{"f1", "Портрет olena.pdf"}});
  CHECK(conference.stored("olena") == Files{"f1 Портрет olena.pdf"});
  conference.confirm("olena");
  const auto own =
      own_registration_file(conference.fixture.context, conference.token("olena"), "f1").wait().value();
  CHECK(own.bytes == pdf());
  CHECK(own.kind == SubmittedKind::pdf);
  CHECK_FALSE(own_registration_file(conference.fixture.context, conference.token("olena"), "f2").wait());
}

TEST_CASE("a file of a form is taken up to five megabytes and only for what it is") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena", pdf(largest_registration_file))));
  const auto refused = [&](const std::string& bytes, const std::string& name) {
    auto one = conference.entry("taras");
    one.files.emplace_back("f1", name, bytes);
    return conference.send(one);
  };
  CHECK(refused(pdf(largest_registration_file + 1), "a.pdf") == RegistrationProblem::file_size);
  CHECK(refused("<svg onload=alert(1)>", "a.svg") == RegistrationProblem::file_kind);
  CHECK(refused(pdf(), "a.docx") == RegistrationProblem::file_broken);
  CHECK(refused("", "a.pdf") == RegistrationProblem::file_broken);
  auto stray = conference.entry("taras");
  stray.files.emplace_back("f9", "a.pdf", pdf());
  CHECK(conference.send(stray) == RegistrationProblem::file_missing);
  CHECK(conference.all().size() == 1);
}

TEST_CASE("a form with a file that comes twice stores it once") {
  WithFiles conference;
  const auto form = conference.with("olena");
  CHECK_FALSE(conference.send(form));
  CHECK_FALSE(conference.send(form));
  CHECK(conference.all().size() == 1);
  CHECK(conference.bytes() == pdf().size());
  // The same address by another form changes nothing of the first.
  conference.fixture.clock.set(conference.fixture.clock.now() + 1min);
  CHECK_FALSE(conference.send(conference.with("olena", pdf(99))));
  CHECK(conference.bytes() == pdf().size());
}

TEST_CASE("files of strangers have a limit together and beyond it a registration goes without") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("stranger")));
  const auto before = conference.bytes();
  conference.fill("stranger", most_unconfirmed_bytes - before - pdf().size());
  auto outcome =
      register_for(conference.fixture.context, conference.event, conference.with("olena")).wait().value();
  CHECK_FALSE(outcome.problem);
  CHECK_FALSE(outcome.files_left_out);
  outcome =
      register_for(conference.fixture.context, conference.event, conference.with("taras")).wait().value();
  CHECK_FALSE(outcome.problem);
  CHECK(outcome.files_left_out);
  CHECK(conference.stored("taras").empty());
  CHECK(conference.one("taras").answers.empty());
  // Whoever has answered the mail sends it behind the link.
  CHECK(conference.replace("taras", SentFile("f1", "a.pdf", pdf())).problem ==
        RegistrationProblem::files_full);
  conference.confirm("taras");
  CHECK(conference.replace("taras", SentFile("f1", "a.pdf", pdf())).done);
  CHECK(conference.stored("taras") == Files{"f1 a.pdf"});
}

TEST_CASE("an event keeps two gigabytes of files and no byte more") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena")));
  conference.confirm("olena");
  const auto file = [](std::size_t size) { return SentFile("f1", "a.pdf", pdf(size)); };
  conference.fill("olena", most_registration_bytes - conference.bytes() - 50);
  CHECK(conference.replace("olena", file(51)).problem == RegistrationProblem::files_full);
  CHECK(conference.replace("olena", file(50)).done);
}

TEST_CASE("a file is replaced behind the link and a change of the answers keeps it") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena")));
  conference.confirm("olena");
  CHECK(conference.replace("olena", SentFile("f1", "new.pdf", pdf(77))).done);
  CHECK(conference.stored("olena") == Files{"f1 new.pdf"});
  CHECK(conference.bytes() == 77);
  CHECK(conference.replace("olena", SentFile("f1", "x.exe", "MZ")).problem == RegistrationProblem::file_kind);
  CHECK_FALSE(send_registration_file(conference.fixture.context, conference.token("olena"),
                                     SentFile("f7", "a.pdf", pdf()))
                  .wait());
  CHECK_FALSE(
      send_registration_file(conference.fixture.context, "invented", SentFile("f1", "a.pdf", pdf())).wait());
  RegistrationAct change;
  change.what = What::change;
  change.name = "olena";
  change.answers = {{"f1", "made up.pdf"}};
  CHECK(
      act_on_registration(conference.fixture.context, conference.token("olena"), change).wait().value().done);
  CHECK(conference.one("olena").answers.front().second == "new.pdf");
}

TEST_CASE("a colleague whose name is put right keeps what was answered") {
  WithFiles conference(false);
  auto party = conference.with("olena");
  party.colleagues = {"taras"};
  CHECK_FALSE(conference.send(party));
  conference.confirm("olena");
  CHECK(conference.stored("taras").empty());  // one file, of whoever filled in the form
  RegistrationAct change;
  change.what = What::change;
  change.who = conference.one("taras").id;
  change.name = "Taras";
  CHECK(
      act_on_registration(conference.fixture.context, conference.token("olena"), change).wait().value().done);
  CHECK(conference.one("Taras").name == "Taras");
  CHECK(conference.stored("olena").size() == 1);
}

TEST_CASE("files are gone with a registration that lapses or is cancelled or handed over or erased") {
  WithFiles conference;
  conference.settings.places[0] = "9";
  conference.open();
  for (const auto* name : {"lapsing", "cancelling", "handing", "erasing", "staying"})
    CHECK_FALSE(conference.send(conference.with(name)));
  for (const auto* name : {"cancelling", "handing", "erasing", "staying"}) conference.confirm(name);
  conference.cancel("cancelling");
  CHECK(conference.stored("cancelling").empty());
  CHECK(conference.one("cancelling").answers.empty());
  RegistrationAct hand;
  hand.what = What::hand_over;
  hand.name = "another";
  hand.email = "another@example.org";
  CHECK(
      act_on_registration(conference.fixture.context, conference.token("handing"), hand).wait().value().done);
  CHECK(conference.stored("another").empty());
  CHECK(conference.act("erasing", What::erase).erased);
  CHECK(conference.bytes() == 2 * pdf().size());
  conference.at("2026-09-02T06:01:00Z");
  conference.round();
  CHECK(conference.one("lapsing").state == RegistrationState::lapsed);
  CHECK(conference.stored("lapsing").empty());
  CHECK(conference.stored("staying").size() == 1);
  conference.at("2027-09-30T06:00:00Z");
  conference.round();
  CHECK(conference.bytes() == 0);
}

TEST_CASE("files of a field are gone with the field and with its kind") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena")));
  FieldChange change;
  change.field.key = "f1";
  change.field.kind = FieldKind::text;
  change.field.words[3].label = "Portrait";
  REQUIRE(change_field(conference.fixture.context, editor, conference.scope(), change).wait());
  CHECK(conference.bytes() == 0);
  CHECK(conference.one("olena").answers.empty());
}

TEST_CASE("what people typed into a field is no file when the field becomes one of files") {
  WithFiles conference;
  FieldChange change;
  change.field.kind = FieldKind::text;
  change.field.words[3].label = "Topic";
  const auto form =
      change_field(conference.fixture.context, editor, conference.scope(), change).wait().value();
  const auto key = form.fields.back().key;
  auto entry = conference.with("olena");
  entry.answers.emplace_back(key, "notes.pdf");
  CHECK_FALSE(conference.send(entry));
  change.field = form.fields.back();
  change.field.kind = FieldKind::file;
  REQUIRE(change_field(conference.fixture.context, editor, conference.scope(), change).wait());
  const auto answers = conference.one("olena").answers;
  CHECK(std::ranges::none_of(answers, [&](const auto& one) { return one.first == key; }));
  CHECK(answers.size() == 1);  // the file that did come
}

TEST_CASE("a form asks for three files and not for four") {
  WithFiles conference;
  conference.add("Third", false);
  FieldChange change;
  change.field.kind = FieldKind::file;
  change.field.words[3].label = "Fourth";
  const auto fourth = change_field(conference.fixture.context, editor, conference.scope(), change).wait();
  REQUIRE_FALSE(fourth);
  CHECK(fourth.error().code == Errc::limit_exceeded);
  change.field.kind = FieldKind::text;
  CHECK(change_field(conference.fixture.context, editor, conference.scope(), change).wait());
  change.field.key = "f4";
  change.field.kind = FieldKind::file;
  CHECK_FALSE(change_field(conference.fixture.context, editor, conference.scope(), change).wait());
}

TEST_CASE("an organiser has the files of the own events alone and a table and a program send none") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena")));
  const auto id = conference.one("olena").id;
  auto& context = conference.fixture.context;
  CHECK(file_of_registration(context, editor, conference.scope(), id, "f1").wait().value().bytes == pdf());
  const auto code = [&](Actor actor, DeskScope scope, RegistrationId which, const std::string& field) {
    return file_of_registration(context, actor, scope, which, field).wait().error().code;
  };
  CHECK(code(editor, conference.scope(), id, "f2") == Errc::not_found);
  CHECK(code(editor, conference.scope(), RegistrationId{999}, "f1") == Errc::not_found);
  CHECK(code(editor, DeskScope(conference.event, OrganisationId{77}), id, "f1") == Errc::not_found);
  CHECK(code(editor, DeskScope(EventId{999}, {}), id, "f1") == Errc::not_found);
  CHECK(code(Actor(), conference.scope(), id, "f1") == Errc::unauthenticated);
  const auto other = conference.write([](db::Unit& unit) {
    Event one;
    one.uid = random_uuid();
    one.title = "Another";
    return unit.events().insert(one);
  });
  CHECK(code(editor, DeskScope(other, {}), id, "f1") == Errc::not_found);
  CHECK_FALSE(
      add_registration(context, editor, conference.scope(), conference.entry("dub")).wait().value().problem);
  const auto listed = commit_registration_list(context, editor, conference.scope(),
                                               "name,email\nЯвір,y@example.org\n", AttendanceFormat::hall)
                          .wait()
                          .value();
  CHECK(listed.people.front().fate != ListedFate::wrong);
}

TEST_CASE("names of files stand in the export and in what one fetches of oneself") {
  WithFiles conference;
  CHECK_FALSE(conference.send(conference.with("olena")));
  conference.confirm("olena");
  const auto data =
      own_registration_data(conference.fixture.context, conference.token("olena")).wait().value();
  CHECK_THAT(data, Contains("\"files\"") && Contains("Портрет olena.pdf") && Contains("\"bytes\":40"));
  const auto all =
      export_registrations(conference.fixture.context, editor, conference.scope()).wait().value();
  ExportWords words;
  words.headings = {"a", "b", "c", "d", "e", "f", "g"};
  words.states[RegistrationState::registered] = "registered";
  words.formats[AttendanceFormat::hall] = "hall";
  CHECK_THAT(registration_file(all, words, false), Contains("Портрет olena.pdf"));
}
