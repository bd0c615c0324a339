#include "service/submission_desk.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/checked_text.hpp"
#include "service/reach.hpp"
#include "service/submission_settings.hpp"
#include "service/submission_steps.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

std::optional<Error> refusal(const Actor& actor) {
  if (actor.role == Role::editor) return std::nullopt;
  return Error(actor.role == Role::anonymous ? Errc::unauthenticated : Errc::forbidden,
               "papers are the organisers' to see");
}

Result<Event> event_at(db::Unit& unit, const DeskScope& scope) {
  auto event = unit.events().find(scope.event);
  if (!event || event->source || !Reach(unit, scope.within).holds(event->organisation))
    return Error(Errc::not_found, "there is no such event");
  return std::move(*event);
}

Error no_such_paper() {
  return {Errc::not_found, "there is no such paper"};
}

struct Found {
  AskedPaper asked;
  Submission paper;
};

Result<Found> paper_at(db::Unit& unit, const DeskScope& scope, SubmissionId id) {
  auto event = event_at(unit, scope);
  if (!event) return event.error();
  auto call = unit.submissions().call(scope.event);
  auto paper = unit.submissions().find(id);
  if (!call || !paper || paper->event != scope.event) return no_such_paper();
  return Found{AskedPaper(std::move(*event), std::move(*call)), std::move(*paper)};
}

template<class T, class Fn>
Deferred<T> reading(Context& context, const Actor& actor, Fn fn) {
  if (auto no = refusal(actor)) return Deferred<T>::ready(std::move(*no));
  return context.store.read(std::move(fn));
}

template<class T, class Fn>
Deferred<T> writing(Context& context, const Actor& actor, Fn fn) {
  if (auto no = refusal(actor)) return Deferred<T>::ready(std::move(*no));
  const Instant now = context.clock.now();
  auto work = [fn = std::move(fn), now, domain = context.settings.mail_domain,
               rules = rules_of(context.settings)](db::Unit& unit) -> Result<T> {
    return fn(PaperWork(unit, domain, now, rules));
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

void judge(SubmissionRow& row, const Call& call) {
  row.mean = mean_total(row.reviews, call.criteria);
  for (const auto& criterion : call.criteria) row.marks.push_back(mean_mark(row.reviews, criterion.key));
}

bool is_in(const Submission& paper) {
  return paper.state != SubmissionState::draft && paper.state != SubmissionState::withdrawn;
}

// Places among all papers of the event, then those that were asked for.
std::vector<SubmissionRow> rows_of(db::Unit& unit, const Call& call, const db::SubmissionSelection& wanted) {
  auto& papers = unit.submissions();
  db::SubmissionSelection every;
  every.event = call.event;
  auto files = papers.files_of_event(call.event);
  std::map<SubmissionId, std::vector<Review>> reviews;
  for (auto& review : papers.reviews_of_event(call.event))
    reviews[review.submission].push_back(std::move(review));
  std::vector<SubmissionRow> rows;
  std::vector<std::optional<double>> means;
  for (auto& paper : papers.list(every)) {
    SubmissionRow row;
    row.files = std::move(files[paper.id]);
    row.reviews = std::move(reviews[paper.id]);
    judge(row, call);
    means.push_back(is_in(paper) ? row.mean : std::nullopt);
    row.paper = std::move(paper);
    rows.push_back(std::move(row));
  }
  const auto places = places_of(means);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].place = places[i];
  std::vector<SubmissionId> shown;
  for (const auto& paper : papers.list(wanted)) shown.push_back(paper.id);
  std::erase_if(rows, [&](const SubmissionRow& row) {
    return std::ranges::find(shown, row.paper.id) == shown.end();
  });
  return rows;
}

void sort_rows(std::vector<SubmissionRow>& rows, PaperOrder order) {
  if (order == PaperOrder::arrival) return;
  const auto rank = [](const SubmissionRow& row) { return row.place == 0 ? most_places : row.place; };
  std::ranges::stable_sort(rows, {}, rank);
}

void fill_reviewers(db::Unit& unit, SubmissionDesk& desk) {
  desk.reviewers = unit.submissions().reviewers_of(desk.event.id);
  for (const auto& review : unit.submissions().reviews_of_event(desk.event.id)) {
    auto& [given, asked] = desk.loads[review.reviewer];
    given += review.state == ReviewState::given ? 1 : 0;
    asked += review.state == ReviewState::conflict ? 0 : 1;
  }
  const Reach reach(unit, desk.event.organisation);
  for (const auto& account : unit.accounts().list()) {
    if (account.closed || !notify::is_mail_address(account.login)) continue;
    if (account.organisation && !reach.holds(account.organisation)) continue;
    ReviewerChoice choice;
    choice.name = account.name;
    choice.email = account.login;
    choice.language = account.language;
    desk.choices.push_back(std::move(choice));
  }
}

// Authors who can still change theirs may want the time.
void tell_of_extension(const PaperWork& work, const Call& call) {
  db::SubmissionSelection every;
  every.event = call.event;
  for (const auto& paper : work.unit.submissions().list(every))
    if (paper.confirmed && may_be_edited(paper.state, true))
      queue_paper_mail(work, paper, ReminderReason::submission_extended, "closes " + format_iso(*call.closes));
}

Result<Call> store_call(const PaperWork& work, const DeskScope& scope, const CallSettings& settings) {
  const auto event = event_at(work.unit, scope);
  if (!event) return event.error();
  const auto before = work.unit.submissions().call(scope.event);
  Call call = before.value_or(Call());
  call.event = scope.event;
  if (auto taken = take_settings(call, settings, notify::zone_of(*event)); !taken) return taken.error();
  if (before && before->scale != call.scale) {
    const auto reviews = work.unit.submissions().reviews_of_event(scope.event);
    if (std::ranges::any_of(reviews, [](const Review& one) { return !one.marks.empty(); }))
      return Error(Errc::conflict, "'scale': marks were given on the other scale");
  }
  const bool extended = before && before->closes && call.closes && *call.closes > *before->closes;
  if (extended && !call.first_closes) call.first_closes = before->closes;
  work.unit.submissions().save_call(call);
  if (extended) tell_of_extension(work, call);
  return call;
}

Result<Reviewer> reviewer_for(const PaperWork& work, const Event& event, const Assignment& wanted) {
  auto& papers = work.unit.submissions();
  if (wanted.reviewer) {
    auto known = papers.reviewer(wanted.reviewer);
    if (!known || known->event != event.id) return Error(Errc::not_found, "there is no such reviewer");
    return std::move(*known);
  }
  const auto email = to_lower(trim(wanted.email));
  if (!notify::is_mail_address(email)) return Error(Errc::invalid_input, "'email': this is no mail address");
  const auto all = papers.reviewers_of(event.id);
  if (const auto known = std::ranges::find(all, email, &Reviewer::email); known != all.end()) return *known;
  if (all.size() >= most_reviewers_of_event) return Error(Errc::limit_exceeded, "'reviewer': too many");
  auto name = checked_text(wanted.name, longest_reviewer_name, "the name");
  if (!name) return Error(Errc::invalid_input, "'name': " + name.error().message);
  Reviewer fresh;
  fresh.language = wanted.language;
  if (const auto account = work.unit.accounts().find_by_login(email); account && !account->closed) {
    if (name->empty()) *name = account->name;
    fresh.language = account->language;
  }
  if (name->empty()) return Error(Errc::invalid_input, "'name': a reviewer has a name");
  fresh.event = event.id;
  fresh.code = random_token(16);
  fresh.name = collapse_spaces(*name);
  fresh.email = email;
  fresh.added = work.now;
  fresh.id = papers.insert_reviewer(fresh);
  return fresh;
}

Result<int> assign(const PaperWork& work, const DeskScope& scope, const Assignment& wanted) {
  if (wanted.papers.empty()) return Error(Errc::invalid_input, "'papers': none was chosen");
  const auto event = event_at(work.unit, scope);
  if (!event) return event.error();
  const auto reviewer = reviewer_for(work, *event, wanted);
  if (!reviewer) return reviewer.error();
  int given = 0;
  for (const auto id : wanted.papers) {
    auto found = paper_at(work.unit, scope, id);
    if (!found) return found.error();
    auto& paper = found->paper;
    if (paper.email == reviewer->email || work.unit.submissions().review(id, reviewer->id)) continue;
    if (!take_step(work, found->asked, paper, SubmissionStep::assign)) continue;
    Review review;
    review.submission = id;
    review.reviewer = reviewer->id;
    review.asked = work.now;
    work.unit.submissions().save_review(review);
    ++given;
  }
  if (given > 0) queue_review_mail(work, *reviewer);
  return given;
}

Result<Submission> decide(const PaperWork& work, const DeskScope& scope, SubmissionId id,
                          SubmissionStep step, const std::string& entered) {
  auto found = paper_at(work.unit, scope, id);
  if (!found) return found.error();
  auto note = checked_text(entered, longest_decision_note, "the note");
  if (!note) return Error(Errc::invalid_input, "'note': " + note.error().message);
  found->paper.decision_note = std::move(*note);
  if (auto taken = take_step(work, found->asked, found->paper, step); !taken) return taken.error();
  return std::move(found->paper);
}

}  // namespace

Deferred<SubmissionDesk> submission_desk(Context& context, Actor actor, DeskScope scope,
                                         db::SubmissionSelection selection, PaperOrder order) {
  selection.event = scope.event;
  return reading<SubmissionDesk>(
      context, actor,
      [scope, selection = std::move(selection), order,
       now = context.clock.now()](db::Unit& unit) -> Result<SubmissionDesk> {
        auto event = event_at(unit, scope);
        if (!event) return event.error();
        SubmissionDesk desk;
        desk.event = std::move(*event);
        desk.association = association_of(unit, desk.event);
        desk.call = unit.submissions().call(scope.event);
        if (!desk.call) return desk;
        desk.door = door_now(AskedPaper(desk.event, *desk.call), now);
        desk.rows = rows_of(unit, *desk.call, selection);
        sort_rows(desk.rows, order);
        db::SubmissionSelection every;
        every.event = scope.event;
        for (const auto& paper : unit.submissions().list(every)) ++desk.counts[paper.state];
        fill_reviewers(unit, desk);
        return desk;
      });
}

Deferred<Call> save_call(Context& context, Actor actor, DeskScope scope, CallSettings settings) {
  return writing<Call>(context, actor,
                       [scope, settings = std::move(settings)](const PaperWork& work) {
                         return store_call(work, scope, settings);
                       });
}

Deferred<PaperDesk> paper_desk(Context& context, Actor actor, DeskScope scope, SubmissionId id) {
  return reading<PaperDesk>(context, actor, [scope, id](db::Unit& unit) -> Result<PaperDesk> {
    auto found = paper_at(unit, scope, id);
    if (!found) return found.error();
    PaperDesk desk;
    db::SubmissionSelection every;
    every.event = scope.event;
    for (auto& row : rows_of(unit, found->asked.call, every))
      if (row.paper.id == id) desk.row = std::move(row);
    desk.event = std::move(found->asked.event);
    desk.call = std::move(found->asked.call);
    desk.reviewers = unit.submissions().reviewers_of(scope.event);
    return desk;
  });
}

Deferred<int> assign_reviewer(Context& context, Actor actor, DeskScope scope, Assignment assignment) {
  return writing<int>(context, actor,
                      [scope, assignment = std::move(assignment)](const PaperWork& work) {
                        return assign(work, scope, assignment);
                      });
}

Deferred<bool> release_reviewer(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                ReviewerId reviewer) {
  return writing<bool>(context, actor,
                       [scope, id, reviewer](const PaperWork& work) -> Result<bool> {
                         const auto found = paper_at(work.unit, scope, id);
                         if (!found) return found.error();
                         return work.unit.submissions().remove_review(id, reviewer);
                       });
}

Deferred<Submission> decide_on_paper(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                     SubmissionStep step, std::string note) {
  const bool decides = step == SubmissionStep::accept || step == SubmissionStep::reject ||
                       step == SubmissionStep::revise || step == SubmissionStep::reopen;
  if (!decides)
    return Deferred<Submission>::ready(Error(Errc::forbidden, "this is not the organiser's to say"));
  return writing<Submission>(context, actor,
                             [scope, id, step, note = std::move(note)](const PaperWork& work) {
                               return decide(work, scope, id, step, note);
                             });
}

Deferred<PaperFile> paper_file_at_desk(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                       SubmittedFileId file) {
  return reading<PaperFile>(context, actor, [scope, id, file](db::Unit& unit) -> Result<PaperFile> {
    const auto found = paper_at(unit, scope, id);
    if (!found) return found.error();
    const auto files = unit.submissions().files_of(id);
    const auto one = std::ranges::find(files, file, &SubmittedFile::id);
    if (one == files.end()) return Error(Errc::not_found, "there is no such file");
    PaperFile given;
    given.name = one->name;
    given.kind = one->kind;
    given.bytes = unit.submissions().bytes_of(file);
    return given;
  });
}

}  // namespace convoke::service
