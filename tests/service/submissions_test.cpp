// A call for papers from the form to the decision: who may what, what is told to whom, and what never
// happens.
#include "service/submissions.hpp"

#include "db/store.hpp"
#include "notify/submission_links.hpp"
#include "service/answers.hpp"
#include "service/programme_store.hpp"
#include "service/registration_entry.hpp"
#include "service/reviews.hpp"
#include "service/submission_desk.hpp"
#include "service/submission_round.hpp"
#include "tests/documents/packages.hpp"
#include "tests/service/conference_event.hpp"
#include "tests/service/fixture.hpp"

#include <algorithm>
#include <limits>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;

namespace {

using What = PaperAct::What;
const std::string pdf = "%PDF-1.7\nbody\n%%EOF\n";

// A conference on 24 September 2026 that takes papers until the 15th; it is 1 September.
class Conference {
 public:
  template<class Fn>
  auto write(Fn fn) {
    return fixture.context.store.write(db::Author("test", fixture.clock.now()), fn).wait().value();
  }
  template<class Fn>
  auto read(Fn fn) {
    return fixture.context.store.read(fn).wait().value();
  }

  Conference() {
    key = link_key(fixture.context).wait().value();
    fixture.context.settings.mail_domain = "plans.example.org";
    event = conference();
    settings.closes_date = "2026-09-15";
    settings.criteria = {"Новизна", "Мова"};
    settings.sections = {"Фонди", "Читання"};
    open();
  }
  EventId conference() {
    return write([](db::Unit& unit) {
      return unit.events().insert(conference_event(unit, "Об’єднання " + random_uuid()));
    });
  }
  DeskScope scope() const { return DeskScope(event, {}); }
  void open() {
    const auto saved = save_call(fixture.context, editor, scope(), settings).wait();
    if (!saved) FAIL(saved.error().message);
  }
  static PaperEntry entry(const std::string& title) {
    PaperEntry one;
    one.title = title;
    one.abstract = "Про що ця доповідь.";
    one.section = "Фонди";
    one.name = "Явір С.М.";
    one.institution = "Бібліотека № 3";
    one.co_authors = {"Калина О.П., Бібліотека № 5", "Сокіл В.В."};
    return one;
  }
  PaperForm form(const std::string& title, const std::string& email = "yavir@example.org") {
    PaperForm one;
    one.paper = entry(title);
    one.key = new_form_key(key, event, fixture.clock.now() - 1min);
    one.email = email;
    one.consent = true;
    return one;
  }
  std::optional<PaperProblem> send(PaperForm one) {
    return send_in(fixture.context, event, std::move(one)).wait().value().problem;
  }
  std::vector<Submission> all() {
    return read([this](db::Unit& unit) {
      db::SubmissionSelection selection;
      selection.event = event;
      return unit.submissions().list(selection);
    });
  }
  Submission one(const std::string& title) {
    for (auto& each : all())
      if (each.title == title) return each;
    FAIL("no paper is called " + title);
    return {};
  }
  std::string token(const std::string& title) { return notify::submission_token(key, one(title).code); }
  PaperActed act(const std::string& title, What what) {
    PaperAct wanted;
    wanted.what = what;
    wanted.paper = entry(title);
    return act_on_paper(fixture.context, token(title), wanted).wait().value();
  }
  PaperActed attach(const std::string& title, const std::string& name, const std::string& bytes = pdf) {
    return add_paper_file(fixture.context, token(title), name, bytes).wait().value();
  }
  // Sent in and confirmed.
  SubmissionId come(const std::string& title, const std::string& email = "yavir@example.org") {
    CHECK_FALSE(send(form(title, email)));
    CHECK(act(title, What::submit).done);
    return one(title).id;
  }
  Result<int> assign(std::vector<SubmissionId> papers, const std::string& email) {
    Assignment wanted;
    wanted.papers = std::move(papers);
    wanted.email = email;
    wanted.name = "Рецензент " + email;
    return assign_reviewer(fixture.context, editor, scope(), wanted).wait();
  }
  Reviewer reviewer(const std::string& email) {
    for (auto& each : read([this](db::Unit& unit) { return unit.submissions().reviewers_of(event); }))
      if (each.email == email) return each;
    FAIL("nobody reviews as " + email);
    return {};
  }
  std::string review_token(const std::string& email) {
    return notify::review_token(key, reviewer(email).code);
  }
  ReviewEntry marks(int first, int second) {
    const auto criteria = read([this](db::Unit& unit) { return unit.submissions().call(event); })->criteria;
    ReviewEntry one;
    one.marks = {{criteria[0].key, first}, {criteria[1].key, second}};
    one.to_author = "Гарна робота";
    one.to_organiser = "Лише вам";
    return one;
  }
  Result<ReviewDesk> review(const std::string& email, SubmissionId paper, const ReviewEntry& entry) {
    return give_review(fixture.context, review_token(email), paper, entry).wait();
  }
  Result<Submission> decide(SubmissionId id, SubmissionStep step, const std::string& note = "Дякуємо") {
    return decide_on_paper(fixture.context, editor, scope(), id, step, note).wait();
  }
  std::string state(const std::string& title) { return std::string(name_of(one(title).state)); }
  std::size_t mails(ReminderReason reason) {
    return read([&](db::Unit& unit) {
      db::ReminderSelection selection;
      selection.limit = std::numeric_limits<int>::max();
      const auto rows = unit.reminders().list(selection);
      return static_cast<std::size_t>(std::ranges::count(rows, reason, &Reminder::reason));
    });
  }
  void at(const char* when) { fixture.clock.set(parse_iso_instant(when).value()); }
  void round() {
    write([this](db::Unit& unit) {
      return submission_round(unit, fixture.context.settings.mail_domain, fixture.clock.now()) >= 0;
    });
  }

  Fixture fixture;
  std::string key;
  EventId event;
  CallSettings settings;
};

}  // namespace

TEST_CASE("a paper is sent in by its mail and reviewed and accepted") {
  Conference conference;
  CHECK_FALSE(conference.send(conference.form("Фонд")));
  CHECK(conference.state("Фонд") == "draft");
  CHECK(conference.mails(ReminderReason::submission_confirm) == 1);
  CHECK(conference.one("Фонд").consent.version.size() == 16);
  CHECK(conference.attach("Фонд", "стаття.pdf").done);
  CHECK(conference.act("Фонд", What::submit).done);
  CHECK(conference.state("Фонд") == "submitted");
  CHECK(conference.mails(ReminderReason::submission_received) == 1);
  CHECK_FALSE(conference.act("Фонд", What::submit).done);
  CHECK(conference.mails(ReminderReason::submission_received) == 1);

  const auto id = conference.one("Фонд").id;
  CHECK(conference.assign({id}, "anna@example.org").value() == 1);
  CHECK(conference.assign({id}, "anna@example.org").value() == 0);
  CHECK(conference.assign({id}, "petro@example.org").value() == 1);
  CHECK(conference.state("Фонд") == "in_review");
  CHECK(conference.mails(ReminderReason::review_asked) == 2);
  CHECK(conference.review("anna@example.org", id, conference.marks(5, 4)));
  CHECK(conference.review("petro@example.org", id, conference.marks(3, 3)));
  CHECK(conference.review("petro@example.org", id, conference.marks(4, 4)));
  const auto desk = paper_desk(conference.fixture.context, editor, conference.scope(), id).wait().value();
  CHECK(desk.row.mean == 8.5);
  CHECK(desk.row.place == 1);
  // Nothing of it is the author's to see before the decision.
  CHECK(view_paper(conference.fixture.context, conference.token("Фонд")).wait().value().comments.empty());
  CHECK(conference.decide(id, SubmissionStep::accept)->state == SubmissionState::accepted);
  CHECK(conference.mails(ReminderReason::submission_accepted) == 1);
  const auto view = view_paper(conference.fixture.context, conference.token("Фонд")).wait().value();
  CHECK(view.comments == std::vector<std::string>{"Гарна робота", "Гарна робота"});
  CHECK(view.mine.decision_note == "Дякуємо");
  CHECK_FALSE(view.editable);
  const auto late = conference.review("anna@example.org", id, conference.marks(1, 1));
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Errc::conflict);
}

TEST_CASE("what is sent back comes again and its reviewers are asked once more") {
  Conference conference;
  const auto id = conference.come("Фонд");
  REQUIRE(conference.assign({id}, "anna@example.org"));
  REQUIRE(conference.review("anna@example.org", id, conference.marks(2, 2)));
  REQUIRE(conference.decide(id, SubmissionStep::revise, "Скоротіть"));
  CHECK(conference.mails(ReminderReason::submission_revise) == 1);
  // The deadline of the call is over by then.
  conference.at("2026-09-18T06:00:00Z");
  CHECK(conference.act("Фонд", What::save).done);
  CHECK(conference.act("Фонд", What::resubmit).done);
  CHECK(conference.state("Фонд") == "resubmitted");
  const auto reviews = conference.read([&](db::Unit& unit) { return unit.submissions().reviews_of(id); });
  REQUIRE(reviews.size() == 1);
  CHECK(reviews[0].state == ReviewState::asked);
  CHECK(reviews[0].marks.size() == 2);
  CHECK(conference.decide(id, SubmissionStep::reject));
  CHECK(conference.mails(ReminderReason::submission_rejected) == 1);
  CHECK(conference.decide(id, SubmissionStep::accept).error().code == Errc::conflict);
  CHECK(conference.decide(id, SubmissionStep::reopen)->state == SubmissionState::in_review);
  CHECK(conference.decide(id, SubmissionStep::withdraw).error().code == Errc::forbidden);
}

TEST_CASE("a form of a call says what is wrong with it") {
  Conference conference;
  const auto problem = [&](auto change) {
    auto form = conference.form("Фонд");
    change(form);
    return conference.send(std::move(form));
  };
  CHECK(problem([](PaperForm& f) { f.paper.title = "  "; }) == PaperProblem::title);
  CHECK(problem([](PaperForm& f) { f.paper.title = std::string(501, 'x'); }) == PaperProblem::title);
  CHECK(problem([](PaperForm& f) { f.paper.abstract.clear(); }) == PaperProblem::abstract_missing);
  CHECK(problem([](PaperForm& f) { f.paper.abstract = std::string(2'501, 'x'); }) ==
        PaperProblem::abstract_long);
  CHECK(problem([](PaperForm& f) { f.paper.section = "Інша"; }) == PaperProblem::section);
  CHECK(problem([](PaperForm& f) { f.paper.name.clear(); }) == PaperProblem::name);
  CHECK(problem([](PaperForm& f) { f.paper.co_authors.assign(20, "Явір"); }) == PaperProblem::co_authors);
  CHECK(problem([](PaperForm& f) { f.email = "a@b\r\nBcc: c@d"; }) == PaperProblem::email);
  CHECK(problem([](PaperForm& f) { f.consent = false; }) == PaperProblem::consent);
  CHECK(problem([](PaperForm& f) { f.shown_version = "0123456789abcdef"; }) == PaperProblem::consent_changed);
  CHECK(problem([](PaperForm& f) { f.key = "made up"; }) == PaperProblem::old_form);
  CHECK(problem([&](PaperForm& f) {
          f.key = new_form_key(conference.key, conference.event, conference.fixture.clock.now() - 1s);
        }) == PaperProblem::too_fast);
  CHECK(problem([&](PaperForm& f) {
          f.key = new_form_key(conference.key, EventId{999}, conference.fixture.clock.now() - 1min);
        }) == PaperProblem::old_form);
  CHECK(conference.all().empty());
  CHECK_FALSE(problem([](PaperForm& f) {
    f.paper.title = std::string(500, 'x');
    f.paper.abstract = std::string(2'500, 'x');
    f.paper.co_authors.assign(19, "Явір");
  }));
  CHECK(conference.all().size() == 1);
}

TEST_CASE("a call that is over takes nothing and one that is extended says since when") {
  Conference conference;
  CHECK_FALSE(conference.send(conference.form("Фонд")));
  conference.come("Читання", "kalyna@example.org");
  conference.at("2026-09-16T06:00:00Z");
  auto late = conference.form("Запізніла");
  CHECK(conference.send(late) == PaperProblem::closed);
  CHECK(conference.act("Фонд", What::save).problem == PaperProblem::closed);
  PaperAct submit;
  submit.what = What::submit;
  submit.paper = Conference::entry("Фонд");
  CHECK(act_on_paper(conference.fixture.context, conference.token("Фонд"), submit).wait()->problem ==
        PaperProblem::closed);
  CHECK(conference.attach("Читання", "a.pdf").problem == PaperProblem::closed);
  CHECK(conference.state("Фонд") == "draft");

  conference.settings.closes_date = "2026-09-20";
  conference.open();
  const auto offer = call_offer(conference.fixture.context, conference.event, Language::uk).wait().value();
  CHECK(offer.call.first_closes == parse_iso_instant("2026-09-15T20:59:00Z").value());
  CHECK(offer.call.closes == parse_iso_instant("2026-09-20T20:59:00Z").value());
  // Whoever acted by the link and can still change theirs is told, the one with the draft too.
  CHECK(conference.mails(ReminderReason::submission_extended) == 2);
  CHECK(conference.act("Фонд", What::submit).done);
  conference.settings.closes_date = "2026-09-21";
  conference.open();
  CHECK(call_offer(conference.fixture.context, conference.event, Language::uk).wait()->call.first_closes ==
        parse_iso_instant("2026-09-15T20:59:00Z").value());
  CHECK(conference.mails(ReminderReason::submission_extended) == 4);
}

TEST_CASE("the same form twice is one paper and a mailbox is not filled by strangers") {
  Conference conference;
  const auto form = conference.form("Фонд");
  CHECK_FALSE(conference.send(form));
  CHECK_FALSE(conference.send(form));
  CHECK(conference.all().size() == 1);
  for (int i = 0; i < 10; ++i) CHECK_FALSE(conference.send(conference.form("Спам " + std::to_string(i))));
  CHECK(conference.mails(ReminderReason::submission_confirm) == 3);
  CHECK(conference.all().size() == 3);
}

TEST_CASE("files are taken up to their number and size and replace those of the same name") {
  Conference conference;
  CHECK_FALSE(conference.send(conference.form("Фонд")));
  CHECK(conference.attach("Фонд", "a.docm").problem == PaperProblem::file_kind);
  CHECK(conference.attach("Фонд", "a.pdf", "no pdf").problem == PaperProblem::file_kind);
  CHECK(conference.attach("Фонд", "a.pdf", "%PDF-1.7 cut").problem == PaperProblem::file_broken);
  CHECK(conference.attach("Фонд", "a.png", pdf).problem == PaperProblem::file_broken);
  const std::string tail = "\n%%EOF\n";
  const auto sized = [&](std::size_t size) {
    return "%PDF-1.7\n" + std::string(size - 9 - tail.size(), 'x') + tail;
  };
  CHECK(conference.attach("Фонд", "1.pdf", sized(largest_submitted_file)).done);
  CHECK(conference.attach("Фонд", "1.pdf", sized(largest_submitted_file + 1)).problem ==
        PaperProblem::file_size);
  CHECK(conference.attach("Фонд", "1.pdf").view.files.size() == 1);
  for (int i = 2; i <= 5; ++i) CHECK(conference.attach("Фонд", std::to_string(i) + ".pdf").done);
  CHECK(conference.attach("Фонд", "6.pdf").problem == PaperProblem::file_count);
  CHECK(conference.attach("Фонд", "../../5.pdf").view.files.size() == 5);
  PaperAct remove;
  remove.what = What::remove_file;
  remove.file = conference.attach("Фонд", "5.pdf").view.files.front().id;
  CHECK(
      act_on_paper(conference.fixture.context, conference.token("Фонд"), remove).wait()->view.files.size() ==
      4);
}

TEST_CASE("a call that asks for a file takes no paper without one") {
  Conference conference;
  conference.settings.file_required = true;
  conference.settings.kinds = {false, true, false, false, false, false};
  conference.open();
  CHECK_FALSE(conference.send(conference.form("Фонд")));
  CHECK(conference.act("Фонд", What::submit).problem == PaperProblem::file_missing);
  CHECK(conference.attach("Фонд", "a.pdf").problem == PaperProblem::file_kind);
  CHECK(conference.state("Фонд") == "draft");
}

TEST_CASE("an anonymous review shows no names and no names of files") {
  Conference conference;
  const auto id = conference.come("Фонд");
  REQUIRE(conference.attach("Фонд", "Явір — стаття.pdf").done);
  REQUIRE(conference.assign({id}, "anna@example.org"));
  const auto desk =
      view_reviews(conference.fixture.context, conference.review_token("anna@example.org")).wait().value();
  REQUIRE(desk.papers.size() == 1);
  const auto& paper = desk.papers[0];
  CHECK(paper.paper.authors.empty());
  CHECK((paper.paper.email + paper.paper.code).empty());
  REQUIRE(paper.files.size() == 1);
  CHECK(paper.files[0].name == "file-1.pdf");
  const auto file = review_file(conference.fixture.context, conference.review_token("anna@example.org"), id,
                                paper.files[0].id)
                        .wait()
                        .value();
  CHECK(file.name == "file-1.pdf");
  CHECK(file.bytes == pdf);
  conference.settings.anonymous = false;
  conference.open();
  const auto open =
      view_reviews(conference.fixture.context, conference.review_token("anna@example.org")).wait().value();
  CHECK(open.papers[0].paper.authors.size() == 3);
  CHECK(open.papers[0].files[0].name == "Явір — стаття.pdf");
}

TEST_CASE(
    "a file that cannot be made anonymous is refused when it comes and by its reviewer when it is there") {
  Conference conference;
  auto& context = conference.fixture.context;
  const auto id = conference.come("Фонд");
  const auto broken = packages::docx("<w:p>"), good = packages::docx("<w:p/>");
  CHECK(conference.attach("Фонд", "a.docx", broken).problem == PaperProblem::file_broken);
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<w:p>";
  for (int i = 0; i < 300; ++i) deep += "</w:p>";
  CHECK(conference.attach("Фонд", "c.docx", packages::docx(deep)).problem == PaperProblem::file_broken);
  CHECK(conference.attach("Фонд", "b.docx", good).done);
  conference.settings.anonymous = false;
  conference.open();
  CHECK(conference.attach("Фонд", "a.docx", broken).done);
  REQUIRE(conference.assign({id}, "anna@example.org"));
  const auto token = conference.review_token("anna@example.org");
  const auto files = view_reviews(context, token).wait().value().papers[0].files;
  const auto fetch = [&](const char* name) {
    const auto file = std::ranges::find(files, name, &SubmittedFile::name);
    REQUIRE(file != files.end());
    return review_file(context, token, id, file->id).wait();
  };
  CHECK(fetch("a.docx").value().bytes == broken);
  conference.settings.anonymous = true;
  conference.open();
  CHECK(fetch("b.docx").value().bytes == good);
  const auto refused = fetch("a.docx");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid_input);
  CHECK(refused.error().message.starts_with("'file'"));
  CHECK(without_names(SubmittedKind::docx, packages::docx(deep)).error().code == Errc::limit_exceeded);
  CHECK(without_names(SubmittedKind::pdf, pdf).value() == pdf);
}

TEST_CASE("nobody reaches a paper or a file that is not theirs") {
  Conference conference;
  const auto mine = conference.come("Фонд"), other = conference.come("Читання", "kalyna@example.org");
  const auto file = conference.attach("Читання", "b.pdf").view.files.front().id;
  REQUIRE(conference.assign({mine}, "anna@example.org"));
  auto& context = conference.fixture.context;
  const auto missing = [](const auto& result) { return !result && result.error().code == Errc::not_found; };
  CHECK(missing(paper_file(context, conference.token("Фонд"), file).wait()));
  CHECK(paper_file(context, conference.token("Читання"), file).wait());
  const auto reviewer = conference.review_token("anna@example.org");
  CHECK(missing(review_file(context, reviewer, other, file).wait()));
  CHECK(missing(review_file(context, reviewer, mine, file).wait()));
  CHECK(missing(give_review(context, reviewer, other, conference.marks(1, 1)).wait()));
  CHECK(missing(paper_file_at_desk(context, editor, conference.scope(), mine, file).wait()));
  CHECK(paper_file_at_desk(context, editor, conference.scope(), other, file).wait());
  // A link of one kind is none of another.
  CHECK(missing(view_paper(context, reviewer).wait()));
  CHECK(missing(view_reviews(context, conference.token("Фонд")).wait()));
  CHECK(missing(view_paper(context, conference.token("Фонд") + "x").wait()));
  // Another event's desk, and another association's organiser.
  const DeskScope elsewhere(conference.conference(), {});
  CHECK(missing(paper_desk(context, editor, elsewhere, mine).wait()));
  CHECK(missing(decide_on_paper(context, editor, elsewhere, mine, SubmissionStep::accept, "").wait()));
  const auto stranger =
      conference.read([&](db::Unit& unit) { return unit.events().find(elsewhere.event)->organisation; });
  CHECK(
      missing(submission_desk(context, editor, DeskScope(conference.event, stranger), {}, PaperOrder::arrival)
                  .wait()));
  CHECK_FALSE(submission_desk(context, Actor(), conference.scope(), {}, PaperOrder::arrival).wait());
}

TEST_CASE("whoever cannot review says so and an author is not asked about their own") {
  Conference conference;
  const auto id = conference.come("Фонд");
  CHECK(conference.assign({id}, "YAVIR@example.org").value() == 0);
  CHECK(conference.state("Фонд") == "submitted");
  REQUIRE(conference.assign({id}, "anna@example.org"));
  auto cannot = conference.marks(5, 5);
  cannot.conflict = true;
  REQUIRE(conference.review("anna@example.org", id, cannot));
  CHECK(conference.assign({id}, "anna@example.org").value() == 0);
  const auto desk = paper_desk(conference.fixture.context, editor, conference.scope(), id).wait().value();
  CHECK_FALSE(desk.row.mean);
  CHECK(desk.row.reviews[0].marks.empty());
  const auto wrong = [&](Marks marks) {
    ReviewEntry entry;
    entry.marks = std::move(marks);
    return conference.review("anna@example.org", id, entry);
  };
  const auto full = conference.marks(1, 5).marks;
  CHECK_FALSE(wrong({full[0]}));
  CHECK_FALSE(wrong({full[0], {full[1].first, 6}}));
  CHECK_FALSE(wrong({{full[0].first, 0}, full[1]}));
  CHECK(wrong(full));
  CHECK(release_reviewer(conference.fixture.context, editor, conference.scope(), id,
                         conference.reviewer("anna@example.org").id)
            .wait()
            .value());
}

TEST_CASE("a withdrawn paper loses its files and an erased one everything") {
  Conference conference;
  conference.come("Фонд");
  REQUIRE(conference.attach("Фонд", "a.pdf").done);
  const auto token = conference.token("Фонд");
  const auto id = conference.one("Фонд").id;
  CHECK(conference.act("Фонд", What::withdraw).view.files.empty());
  CHECK(conference.state("Фонд") == "withdrawn");
  CHECK_FALSE(conference.act("Фонд", What::withdraw).done);
  PaperAct erase;
  erase.what = What::erase;
  CHECK(act_on_paper(conference.fixture.context, token, erase).wait()->gone);
  CHECK_FALSE(view_paper(conference.fixture.context, token).wait());
  const auto gone = conference.read([&](db::Unit& unit) { return unit.submissions().find(id); });
  CHECK((gone->title + gone->email + gone->abstract).empty());
}

TEST_CASE("reviewers are reminded once before their deadline and people are erased after their time") {
  Conference conference;
  conference.settings.review_date = "2026-09-20";
  conference.settings.keep_months = "1";
  conference.open();
  const auto id = conference.come("Фонд"), other = conference.come("Читання", "kalyna@example.org");
  REQUIRE(conference.assign({id}, "anna@example.org"));
  REQUIRE(conference.assign({other}, "petro@example.org"));
  REQUIRE(conference.review("petro@example.org", other, conference.marks(3, 3)));
  CHECK_FALSE(conference.send(conference.form("Чернетка", "sokil@example.org")));
  conference.at("2026-09-17T20:58:00Z");
  conference.round();
  CHECK(conference.mails(ReminderReason::review_reminder) == 0);
  conference.at("2026-09-17T20:59:00Z");
  conference.round();
  conference.round();
  CHECK(conference.mails(ReminderReason::review_reminder) == 1);
  conference.at("2026-10-02T06:00:00Z");
  conference.round();
  CHECK(conference.all().size() == 2);  // the draft that nobody confirmed is gone
  conference.at("2026-10-25T21:59:00Z");
  conference.round();
  CHECK(conference.one("Фонд").email.empty());
  CHECK_FALSE(call_offer(conference.fixture.context, conference.event, Language::uk).wait());
}

TEST_CASE("settings of a call name what is wrong with them") {
  Conference conference;
  const auto problem = [&](auto change) {
    auto settings = conference.settings;
    change(settings);
    const auto saved = save_call(conference.fixture.context, editor, conference.scope(), settings).wait();
    return saved ? std::string("saved") : saved.error().message.substr(0, saved.error().message.find(':'));
  };
  CHECK(problem([](CallSettings& s) { s.closes_date = "15.09.2026"; }) == "'closes'");
  CHECK(problem([](CallSettings& s) { s.opens_date = "2026-09-16"; }) == "'closes'");
  CHECK(problem([](CallSettings& s) { s.review_date = "soon"; }) == "'review_by'");
  CHECK(problem([](CallSettings& s) { s.longest_abstract = "99"; }) == "'longest_abstract'");
  CHECK(problem([](CallSettings& s) { s.longest_abstract = "20001"; }) == "'longest_abstract'");
  CHECK(problem([](CallSettings& s) { s.keep_months = "0"; }) == "'keep_months'");
  CHECK(problem([](CallSettings& s) { s.scale = "hundred"; }) == "'scale'");
  CHECK(problem([](CallSettings& s) {
          s.criteria.clear();
          for (int i = 0; i < 13; ++i) s.criteria.push_back("c" + std::to_string(i));
        }) == "'criteria'");
  CHECK(problem([](CallSettings& s) {
          s.file_required = true;
          s.kinds.fill(false);
        }) == "'kinds'");
  CHECK(problem([](CallSettings& s) { s.longest_abstract = "20000"; }) == "saved");
  const auto id = conference.come("Фонд");
  REQUIRE(conference.assign({id}, "anna@example.org"));
  REQUIRE(conference.review("anna@example.org", id, conference.marks(2, 2)));
  CHECK(problem([](CallSettings& s) { s.scale = "ten"; }) == "'scale'");
}

TEST_CASE("the list of papers as a table is ordered by place and holds no formula") {
  Conference conference;
  const auto first = conference.come("=1+1"), second = conference.come("Читання", "kalyna@example.org");
  REQUIRE(conference.assign({first, second}, "anna@example.org").value() == 2);
  REQUIRE(conference.review("anna@example.org", first, conference.marks(1, 2)));
  REQUIRE(conference.review("anna@example.org", second, conference.marks(5, 5)));
  const auto desk =
      submission_desk(conference.fixture.context, editor, conference.scope(), {}, PaperOrder::place)
          .wait()
          .value();
  REQUIRE(desk.rows.size() == 2);
  CHECK(desk.rows[0].paper.id == second);
  CHECK(desk.rows[1].place == 2);
  PaperExportWords words;
  words.headings.assign(12, "heading");
  for (std::size_t i = 0; i < submission_state_count; ++i)
    words.states[static_cast<SubmissionState>(i)] = "state";
  const auto csv = submission_table(desk, words, false);
  CHECK(csv.find("\"Новизна\";\"Мова\"") != std::string::npos);
  CHECK(csv.find("\"'=1+1\"") != std::string::npos);
  CHECK(csv.find("\"10\";\"1\";\"5\";\"5\"") != std::string::npos);
  CHECK(submission_table(desk, words, true).starts_with("PK"));
}

TEST_CASE("an accepted paper stands in the section of the programme that is called as its own") {
  Conference conference;
  const auto programme = [&] {
    return conference.read(
        [&](db::Unit& unit) { return load_programme(unit, *unit.events().find(conference.event)); });
  };
  conference.write([&](db::Unit& unit) {
    const auto event = *unit.events().find(conference.event);
    auto wanted = load_programme(unit, event);
    ProgrammeSection section;
    section.title = "Фонди";
    wanted.sections = {section};
    return store_programme(
               {unit, rules_of(conference.fixture.context.settings), conference.fixture.clock.now()}, event,
               wanted)
        .has_value();
  });
  const auto id = conference.come("Фонд");
  REQUIRE(conference.decide(id, SubmissionStep::accept));
  auto now = programme();
  REQUIRE(now.sections.at(0).rows.size() == 1);
  const auto row = now.sections[0].rows[0];
  CHECK(row.title == "Фонд");
  CHECK(row.speakers ==
        std::vector<std::string>{"Явір С.М., Бібліотека № 3", "Калина О.П., Бібліотека № 5", "Сокіл В.В."});
  CHECK(row.talk);
  CHECK(conference.one("Фонд").talk == row.talk);
  // Thought better of, and accepted once more: one talk.
  REQUIRE(conference.decide(id, SubmissionStep::reopen));
  CHECK(programme().sections[0].rows[0].cancelled);
  REQUIRE(conference.decide(id, SubmissionStep::accept));
  now = programme();
  REQUIRE(now.sections[0].rows.size() == 1);
  CHECK_FALSE(now.sections[0].rows[0].cancelled);
  CHECK(conference.act("Фонд", What::withdraw).done);
  CHECK(programme().sections[0].rows[0].cancelled);
}

TEST_CASE("an accepted paper without a section of its own waits for one") {
  Conference conference;
  const auto id = conference.come("Фонд");
  REQUIRE(conference.decide(id, SubmissionStep::accept));
  const auto unplaced = [&] {
    return conference.read(
        [&](db::Unit& unit) { return load_programme(unit, *unit.events().find(conference.event)).unplaced; });
  };
  REQUIRE(unplaced().size() == 1);
  CHECK(unplaced()[0].title == "Фонд");
  REQUIRE(conference.decide(id, SubmissionStep::reopen));
  CHECK(unplaced().empty());
}
