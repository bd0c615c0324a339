// Calls for papers: what was sent in with its files, reviews, and what is kept of people.
#include "db/submissions.hpp"

#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

constexpr EventId conference{7}, another{8};

Submission paper_of(const std::string& name, EventId event = conference) {
  Submission one;
  one.event = event;
  one.code = "code-" + name;
  one.form_key = "form-" + name;
  one.state = SubmissionState::submitted;
  one.title = "Доповідь: " + name;
  one.abstract = "Рядок\nі ще один";
  one.section = "Фонди";
  one.authors = {{name, "Бібліотека № 3"}, {"Сокіл В.В.", ""}};
  one.email = name + "@example.org";
  one.created = at(1);
  one.confirmed = at(2);
  one.consent.version = "0123456789abcdef";
  one.consent.at = at(1);
  one.consent.channel = "form";
  return one;
}

SubmissionId enter(db::Store& store, const Submission& one) {
  return write(store, [=](Unit& unit) { return unit.submissions().insert(one); });
}

SubmittedFileId attach(db::Store& store, SubmissionId paper, const std::string& name, const std::string& bytes) {
  SubmittedFile file;
  file.submission = paper;
  file.name = name;
  file.kind = SubmittedKind::pdf;
  file.size = bytes.size();
  file.digest = sha256_hex(bytes);
  file.added = at(3);
  return write(store, [=](Unit& unit) { return unit.submissions().insert_file(file, bytes); });
}

ReviewerId invite(db::Store& store, const std::string& name, EventId event = conference) {
  Reviewer one;
  one.event = event;
  one.code = "review-" + name;
  one.name = name;
  one.email = name + "@example.org";
  one.added = at(2);
  return write(store, [=](Unit& unit) { return unit.submissions().insert_reviewer(one); });
}

Review review_of(SubmissionId paper, ReviewerId reviewer) {
  Review one;
  one.submission = paper;
  one.reviewer = reviewer;
  one.state = ReviewState::given;
  one.marks = {{"c1", 5}, {"c2", 0}};
  one.to_author = "Добре";
  one.to_organiser = "Лише для вас";
  one.asked = at(2);
  one.given = at(4);
  return one;
}

void save(db::Store& store, const Review& one) {
  write(store, [=](Unit& unit) { return unit.submissions().save_review(one), true; });
}

}  // namespace

TEST_CASE("a call for papers comes back as it was saved") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto load = [&] { return read(store, [](Unit& unit) { return unit.submissions().call(conference); }); };
  CHECK_FALSE(load());
  Call call;
  call.event = conference;
  call.on = true;
  call.opens = at(1);
  call.closes = at(9);
  call.review_by = at(12);
  call.longest_abstract = 1'000;
  call.file_required = true;
  call.kinds = {true, false, true, false, false, true};
  call.sections = {"Фонди", "Читання"};
  call.criteria = criteria_of({"Новизна", "Мова"});
  call.scale = MarkScale::ten;
  call.anonymous = false;
  call.guidance[0] = "До п’яти сторінок";
  call.consent[3] = "I agree";
  call.keep_months = 6;
  const auto put = [&] { write(store, [=](Unit& unit) { return unit.submissions().save_call(call), true; }); };
  put();
  CHECK(load() == call);
  call.first_closes = call.closes;
  call.closes = at(20);
  call.kinds.fill(true);
  put();
  CHECK(load() == call);
  CHECK(read(store, [](Unit& unit) { return unit.submissions().calls(); }) == std::vector{call});
  call.erased = at(30);
  put();
  CHECK(read(store, [](Unit& unit) { return unit.submissions().calls(); }).empty());
}

TEST_CASE("a paper is found by its link and by what it says") {
  Fixture fixture;
  auto& store = fixture.store();
  auto one = paper_of("yavir");
  one.id = enter(store, one);
  auto draft = paper_of("kalyna");
  draft.state = SubmissionState::draft;
  draft.section = "Читання";
  draft.confirmed.reset();
  draft.id = enter(store, draft);
  enter(store, paper_of("sokil", another));
  const auto list = [&](auto change) {
    db::SubmissionSelection selection;
    selection.event = conference;
    change(selection);
    return read(store, [=](Unit& unit) { return unit.submissions().list(selection); });
  };
  CHECK(read(store, [](Unit& unit) { return unit.submissions().find_by_code("code-yavir"); }) == one);
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.submissions().find_by_code("code-nobody"); }));
  CHECK(read(store, [](Unit& unit) { return unit.submissions().has_form("form-yavir"); }));
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.submissions().has_form("form-x"); }));
  CHECK(list([](auto&) {}) == std::vector{one, draft});
  CHECK(list([](auto& s) { s.drafts = false; }) == std::vector{one});
  CHECK(list([](auto& s) { s.section = "Читання"; }) == std::vector{draft});
  CHECK(list([](auto& s) { s.state = SubmissionState::submitted; }) == std::vector{one});
  CHECK(list([](auto& s) { s.words = "yavir"; }) == std::vector{one});
  CHECK(read(store, [](Unit& unit) {
          return unit.submissions().count_of_address(conference, "yavir@example.org");
        }) == 1);
  one.state = SubmissionState::accepted;
  one.decision_note = "Чекаємо";
  one.talk = EventId{55};
  one.settled = at(5);
  one.authors.pop_back();
  write(store, [=](Unit& unit) { return unit.submissions().update(one), true; });
  CHECK(read(store, [id = one.id](Unit& unit) { return unit.submissions().find(id); }) == one);
  CHECK(write(store, [](Unit& unit) { return unit.submissions().remove_drafts(conference, at(1)); }) == 0);
  CHECK(write(store, [](Unit& unit) { return unit.submissions().remove_drafts(conference, at(2)); }) == 1);
  CHECK(list([](auto&) {}) == std::vector{one});
}

TEST_CASE("files come back byte for byte and leave with their paper") {
  Fixture fixture;
  auto& store = fixture.store();
  auto draft = paper_of("yavir");
  draft.state = SubmissionState::draft;
  draft.confirmed.reset();
  const auto paper = enter(store, draft), other = enter(store, paper_of("kalyna"));
  const std::string bytes("%PDF-\0\xff\n binary", 16);
  const auto file = attach(store, paper, "стаття.pdf", bytes);
  attach(store, paper, "b.pdf", "second");
  const auto files = read(store, [=](Unit& unit) { return unit.submissions().files_of(paper); });
  REQUIRE(files.size() == 2);
  CHECK(files[0].name == "стаття.pdf");
  CHECK(files[0].size == bytes.size());
  CHECK(files[0].digest == sha256_hex(bytes));
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().bytes_of(file); }) == bytes);
  CHECK(read(store, [](Unit& unit) { return unit.submissions().files_of_event(conference); }).size() == 1);
  // Another's paper does not reach it.
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.submissions().remove_file(other, file); }));
  CHECK(write(store, [=](Unit& unit) { return unit.submissions().remove_file(paper, file); }));
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().bytes_of(file); }).empty());
  write(store, [](Unit& unit) { return unit.submissions().remove_drafts(conference, at(2)); });
  CHECK(read(store, [](Unit& unit) { return unit.submissions().files_of_event(conference); }).empty());
}

TEST_CASE("reviews are kept by paper and reviewer and are changed in place") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto first = enter(store, paper_of("yavir")), second = enter(store, paper_of("kalyna"));
  const auto anna = invite(store, "anna"), petro = invite(store, "petro");
  invite(store, "stranger", another);
  CHECK(read(store, [](Unit& unit) { return unit.submissions().reviewers_of(conference); }).size() == 2);
  CHECK(read(store, [](Unit& unit) { return unit.submissions().reviewer_by_code("review-anna"); })->id == anna);
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.submissions().reviewer_by_code("code-yavir"); }));
  auto one = review_of(first, anna);
  save(store, one);
  save(store, review_of(second, anna));
  save(store, review_of(first, petro));
  one.state = ReviewState::conflict;
  one.marks.clear();
  save(store, one);
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().review(first, anna); }) == one);
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().reviews_of(first); }) ==
        std::vector{one, review_of(first, petro)});
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().reviews_by(anna); }) ==
        std::vector{one, review_of(second, anna)});
  CHECK(read(store, [](Unit& unit) { return unit.submissions().reviews_of_event(conference); }).size() == 3);
  CHECK(write(store, [=](Unit& unit) { return unit.submissions().remove_review(first, petro); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.submissions().remove_review(first, petro); }));
}

TEST_CASE("what was sent in is erased of people and keeps its marks") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto first = enter(store, paper_of("yavir")), second = enter(store, paper_of("kalyna"));
  const auto anna = invite(store, "anna");
  save(store, review_of(first, anna));
  save(store, review_of(second, anna));
  attach(store, first, "a.pdf", "bytes");
  attach(store, second, "b.pdf", "bytes");
  write(store, [=](Unit& unit) { return unit.submissions().erase(first), true; });
  auto gone = read(store, [=](Unit& unit) { return unit.submissions().find(first); });
  CHECK((gone->email + gone->title + gone->abstract).empty());
  CHECK(gone->authors.empty());
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().files_of(first); }).empty());
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().files_of(second); }).size() == 1);
  write(store, [](Unit& unit) { return unit.submissions().erase_people(conference); });
  gone = read(store, [=](Unit& unit) { return unit.submissions().find(second); });
  CHECK(gone->title == "Доповідь: kalyna");
  CHECK((gone->email + gone->abstract).empty());
  CHECK(gone->authors.empty());
  CHECK(read(store, [](Unit& unit) { return unit.submissions().files_of_event(conference); }).empty());
  const auto review = read(store, [=](Unit& unit) { return unit.submissions().review(second, anna); });
  CHECK(review->marks.size() == 2);
  CHECK((review->to_author + review->to_organiser).empty());
  CHECK(read(store, [=](Unit& unit) { return unit.submissions().reviewer(anna); })->name.empty());
}

}  // namespace convoke::tests
