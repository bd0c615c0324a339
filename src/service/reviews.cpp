#include "service/reviews.hpp"

#include "db/store.hpp"
#include "documents/anonymous_copy.hpp"
#include "notify/answer_links.hpp"
#include "notify/submission_links.hpp"
#include "service/checked_text.hpp"
#include "service/submission_steps.hpp"

#include <algorithm>
#include <memory>

namespace convoke::service {
namespace {

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}
Error no_such_paper() {
  return {Errc::not_found, "there is no such paper"};
}

// Whoever must not know the authors sees neither them nor what they called their files.
void hide_authors(AssignedPaper& one) {
  one.paper.authors.clear();
  int number = 0;
  for (auto& file : one.files)
    file.name = "file-" + std::to_string(++number) + "." + std::string(name_of(file.kind));
}

AssignedPaper assigned(db::Unit& unit, const Call& call, Submission paper, Review review) {
  AssignedPaper one;
  one.open = is_under_review(paper.state);
  one.files = unit.submissions().files_of(paper.id);
  one.mine = std::move(review);
  one.paper = std::move(paper);
  one.paper.email.clear();
  one.paper.code.clear();
  one.paper.form_key.clear();
  one.paper.decision_note.clear();
  if (call.anonymous) hide_authors(one);
  return one;
}

Result<ReviewDesk> behind(db::Unit& unit, const std::string& token) {
  const auto key = unit.secrets().find(std::string(notify::link_key_name)).value_or(std::string());
  const auto code = notify::review_code(key, token);
  auto reviewer = code ? unit.submissions().reviewer_by_code(*code) : std::nullopt;
  if (!reviewer) return no_such_link();
  auto asked = asked_paper(unit, reviewer->event);
  if (!asked) return asked.error();
  ReviewDesk desk;
  for (auto& review : unit.submissions().reviews_by(reviewer->id)) {
    auto paper = unit.submissions().find(review.submission);
    if (!paper || paper->state == SubmissionState::withdrawn) continue;
    desk.papers.push_back(assigned(unit, asked->call, std::move(*paper), std::move(review)));
  }
  desk.association = association_of(unit, asked->event);
  desk.event = std::move(asked->event);
  desk.call = std::move(asked->call);
  desk.reviewer = std::move(*reviewer);
  return desk;
}

Result<Marks> checked_marks(const Call& call, const Marks& entered) {
  Marks marks;
  for (const auto& criterion : call.criteria) {
    const auto mark =
        std::ranges::find_if(entered, [&](const auto& one) { return one.first == criterion.key; });
    if (mark == entered.end()) return Error(Errc::invalid_input, "'marks': one is missing");
    if (mark->second < least_mark(call.scale) || mark->second > best_mark(call.scale))
      return Error(Errc::invalid_input, "'marks': one is not on the scale");
    marks.push_back(*mark);
  }
  return marks;
}

Result<Review> checked_review(const Call& call, const Review& before, const ReviewEntry& entry, Instant now) {
  Review review = before;
  review.given = now;
  if (entry.conflict) {
    review.state = ReviewState::conflict;
    review.marks.clear();
    review.to_author.clear();
    review.to_organiser.clear();
    return review;
  }
  auto marks = checked_marks(call, entry.marks);
  if (!marks) return marks.error();
  auto to_author = checked_text(entry.to_author, longest_review_comment, "the comment");
  auto to_organiser = checked_text(entry.to_organiser, longest_review_comment, "the comment");
  if (!to_author || !to_organiser) return Error(Errc::invalid_input, "'comment': it cannot be read");
  if (marks->empty() && to_author->empty() && to_organiser->empty())
    return Error(Errc::invalid_input, "'comment': there is nothing in it");
  review.state = ReviewState::given;
  review.marks = std::move(*marks);
  review.to_author = std::move(*to_author);
  review.to_organiser = std::move(*to_organiser);
  return review;
}

struct StoredFile {
  PaperFile file;
  bool anonymous = false;  // nothing in it may say who wrote it

  StoredFile() = default;
};

Result<StoredFile> stored_file(db::Unit& unit, const std::string& token, SubmissionId paper,
                               SubmittedFileId file) {
  const auto desk = behind(unit, token);
  if (!desk) return desk.error();
  const auto found =
      std::ranges::find_if(desk->papers, [&](const AssignedPaper& one) { return one.paper.id == paper; });
  if (found == desk->papers.end() || found->mine.state == ReviewState::conflict) return no_such_paper();
  const auto one = std::ranges::find(found->files, file, &SubmittedFile::id);
  if (one == found->files.end()) return Error(Errc::not_found, "there is no such file");
  StoredFile stored;
  stored.file.name = one->name;
  stored.file.kind = one->kind;
  stored.file.bytes = unit.submissions().bytes_of(file);
  stored.anonymous = desk->call.anonymous && keeps_properties_beside(one->kind);
  return stored;
}

// What is stored is never changed.
Result<PaperFile> anonymous_copy(const PaperFile& stored) {
  auto copy = without_names(stored.kind, stored.bytes);
  if (!copy) return copy.error();
  PaperFile given;
  given.name = stored.name;
  given.kind = stored.kind;
  given.bytes = std::move(*copy);
  return given;
}

}  // namespace

bool keeps_properties_beside(SubmittedKind kind) {
  return kind == SubmittedKind::docx || kind == SubmittedKind::odt || kind == SubmittedKind::pptx;
}

Result<std::string> without_names(SubmittedKind kind, std::string_view bytes) {
  if (!keeps_properties_beside(kind)) return std::string(bytes);
  const auto format = kind == SubmittedKind::docx  ? documents::UploadFormat::docx
                      : kind == SubmittedKind::odt ? documents::UploadFormat::odt
                                                   : documents::UploadFormat::pptx;
  auto copy = documents::without_properties(bytes, format);
  if (copy) return copy;
  const bool large = copy.error().code == Errc::limit_exceeded;
  return Error(large ? Errc::limit_exceeded : Errc::invalid_input,
               "'file': no copy without names can be made of it: " + copy.error().message);
}

Deferred<ReviewDesk> view_reviews(Context& context, std::string token) {
  return context.store.read([token = std::move(token)](db::Unit& unit) { return behind(unit, token); });
}

Deferred<ReviewDesk> give_review(Context& context, std::string token, SubmissionId paper, ReviewEntry entry) {
  const Instant now = context.clock.now();
  auto work = [token = std::move(token), paper, entry = std::move(entry),
               now](db::Unit& unit) -> Result<ReviewDesk> {
    const auto desk = behind(unit, token);
    if (!desk) return desk.error();
    const auto found =
        std::ranges::find_if(desk->papers, [&](const AssignedPaper& one) { return one.paper.id == paper; });
    if (found == desk->papers.end()) return no_such_paper();
    if (!found->open) return Error(Errc::conflict, "there is a decision already");
    const auto review = checked_review(desk->call, found->mine, entry, now);
    if (!review) return review.error();
    unit.submissions().save_review(*review);
    return behind(unit, token);
  };
  return context.store.write(db::Author("reviewer", now), std::move(work));
}

Deferred<PaperFile> review_file(Context& context, std::string token, SubmissionId paper,
                                SubmittedFileId file) {
  using Given = Deferred<PaperFile>;
  auto reading = std::make_shared<Deferred<StoredFile>>(
      context.store.read([token = std::move(token), paper, file](db::Unit& unit) {
        return stored_file(unit, token, paper, file);
      }));
  return Given([&context, reading](Given::Completion done) {
    std::move(*reading).start([&context, done](Result<StoredFile> stored) {
      if (!stored || !stored->anonymous) {
        done(stored ? Result<PaperFile>(std::move(stored->file)) : stored.error());
        return;
      }
      auto kept = std::make_shared<PaperFile>(std::move(stored->file));
      begun_elsewhere<PaperFile>(context, [kept] { return Given::ready(anonymous_copy(*kept)); }).start(done);
    });
  });
}

}  // namespace convoke::service
