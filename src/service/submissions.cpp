#include "service/submissions.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "notify/answer_links.hpp"
#include "notify/recipients.hpp"
#include "notify/submission_links.hpp"
#include "service/paper_behind_link.hpp"
#include "service/registration_consent.hpp"
#include "service/registration_entry.hpp"
#include "service/registrations.hpp"
#include "service/submission_entry.hpp"
#include "service/submission_steps.hpp"
#include "service/when_found.hpp"

#include <algorithm>
#include <memory>

namespace convoke::service {
namespace {

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

db::Author author_at(Instant now) {
  return {"author", now};
}

std::string signing_key(db::Unit& unit) {
  return unit.secrets().find(std::string(notify::link_key_name)).value_or(std::string());
}

// Mails to an address that nobody has confirmed, whatever they are about (threats M3).
bool enough_mails(const RegistrationWork& work, const std::string& email) {
  const auto since = work.now - std::chrono::hours{24};
  return work.unit.registrations().unconfirmed_mails(email, since) +
             work.unit.submissions().unconfirmed_mails(email, since) >=
         most_unconfirmed_mails;
}

Result<PaperOutcome> enter(const RegistrationWork& work, const AskedPaper& asked, PaperForm& form,
                           const std::string& form_key) {
  if (const auto wrong = check_paper(asked.call, form.paper)) return PaperOutcome(*wrong);
  form.email = to_lower(trim(form.email));
  if (!notify::is_mail_address(form.email)) return PaperOutcome(PaperProblem::email);
  if (!form.consent) return PaperOutcome(PaperProblem::consent);
  Submission paper;
  const auto shown = call_consent_text(asked, association_of(work.unit, asked.event), form.language);
  paper.consent.version = consent_version(shown);
  paper.consent.purpose = consent_purpose;
  paper.consent.at = work.now;
  paper.consent.channel = "form";
  if (!form.shown_version.empty() && form.shown_version != paper.consent.version)
    return PaperOutcome(PaperProblem::consent_changed);
  // Whoever sends too much hears what everybody hears.
  const auto sent = work.unit.submissions().count_of_address(asked.event.id, form.email);
  if (enough_mails(work, form.email) || sent >= static_cast<int>(most_submissions_of_address))
    return PaperOutcome();
  put_paper(form.paper, paper);
  paper.event = asked.event.id;
  paper.code = random_token(16);
  paper.form_key = form_key;
  paper.email = form.email;
  paper.language = form.language;
  paper.created = work.now;
  paper.id = work.unit.submissions().insert(paper);
  queue_paper_mail(work, paper, ReminderReason::submission_confirm, format_iso(work.now));
  return PaperOutcome();
}

Result<PaperOutcome> enter_form(const RegistrationWork& work, EventId event, PaperForm form) {
  const auto asked = asked_paper(work.unit, event);
  if (!asked) return asked.error();
  const auto key = read_form_key(signing_key(work.unit), form.key, event);
  if (!key || key->made + form_lifetime < work.now) return PaperOutcome(PaperProblem::old_form);
  // The same form once more: the answer was lost on the way.
  if (work.unit.submissions().has_form(key->party)) return PaperOutcome();
  if (door_now(*asked, work.now) != RegistrationDoor::open) return PaperOutcome(PaperProblem::closed);
  if (work.now < key->made + fastest_form) return PaperOutcome(PaperProblem::too_fast);
  return enter(work, *asked, form, key->party);
}

bool shows_comments(SubmissionState state) {
  return is_decided(state) || state == SubmissionState::revise || state == SubmissionState::resubmitted;
}

std::optional<SubmissionStep> step_of(PaperAct::What what) {
  switch (what) {
    case PaperAct::What::submit:
      return SubmissionStep::submit;
    case PaperAct::What::resubmit:
      return SubmissionStep::resubmit;
    case PaperAct::What::withdraw:
      return SubmissionStep::withdraw;
    default:
      return std::nullopt;
  }
}

// Whoever acts by the link of a mail has shown that the address is theirs.
void prove_address(const RegistrationWork& work, Submission& paper) {
  if (paper.confirmed) return;
  paper.confirmed = work.now;
  work.unit.submissions().update(paper);
}

std::optional<PaperProblem> edit(const RegistrationWork& work, PaperActed& acted, PaperAct& act) {
  if (!acted.view.editable) return PaperProblem::closed;
  if (const auto wrong = check_paper(acted.view.call, act.paper)) return wrong;
  if (act.what != PaperAct::What::save && acted.view.call.file_required && acted.view.files.empty())
    return PaperProblem::file_missing;
  put_paper(act.paper, acted.view.mine);
  work.unit.submissions().update(acted.view.mine);
  acted.done = true;
  return std::nullopt;
}

Result<void> act_now(const PaperWork& work, PaperActed& acted, PaperAct& act) {
  using What = PaperAct::What;
  auto& paper = acted.view.mine;
  const AskedPaper asked(acted.view.event, acted.view.call);
  const auto step = step_of(act.what);
  // The same button once more.
  if (step && !next_state(paper.state, *step, true)) return {};
  prove_address(work, paper);
  if (act.what == What::erase) {
    const bool under_way = !is_decided(paper.state) && paper.state != SubmissionState::withdrawn;
    if (under_way) {
      if (const auto taken = take_step(work, asked, paper, SubmissionStep::withdraw); !taken) return taken;
    }
    if (paper.state == SubmissionState::accepted)
      return Error(Errc::conflict, "it is in the programme: withdraw it first");
    work.unit.submissions().erase(paper.id);
    acted.done = acted.gone = true;
    return {};
  }
  if (act.what == What::remove_file) {
    if (!acted.view.editable)
      acted.problem = PaperProblem::closed;
    else
      acted.done = work.unit.submissions().remove_file(paper.id, act.file);
    return {};
  }
  if (act.what != What::withdraw) acted.problem = edit(work, acted, act);
  if (acted.problem || !step) return {};
  acted.done = true;
  return take_step(work, asked, paper, *step);
}

// `checked` was found outside of the transaction, by the call as it was then.
void add_file(const RegistrationWork& work, PaperActed& acted, const CheckedFile& checked,
              const std::string& bytes) {
  if (!acted.view.editable) {
    acted.problem = PaperProblem::closed;
    return;
  }
  acted.problem = checked.problem;
  if (!acted.problem && !acted.view.call.takes(checked.kind)) acted.problem = PaperProblem::file_kind;
  if (acted.problem) return;
  const auto old = std::ranges::find(acted.view.files, checked.name, &SubmittedFile::name);
  if (old == acted.view.files.end() && acted.view.files.size() >= most_submitted_files) {
    acted.problem = PaperProblem::file_count;
    return;
  }
  if (old != acted.view.files.end()) work.unit.submissions().remove_file(acted.view.mine.id, old->id);
  SubmittedFile file;
  file.submission = acted.view.mine.id;
  file.name = checked.name;
  file.kind = checked.kind;
  file.size = bytes.size();
  file.digest = checked.digest;
  file.added = work.now;
  work.unit.submissions().insert_file(file, bytes);
  prove_address(work, acted.view.mine);
  acted.done = true;
}

// Runs `fn(work, acted)` with what is behind the link, and looks anew when it changed something.
template<class Fn>
Deferred<PaperActed> acting(Context& context, std::string token, Fn fn) {
  const Instant now = context.clock.now();
  auto work = [token = std::move(token), fn = std::move(fn), now, domain = context.settings.mail_domain,
               rules = rules_of(context.settings)](db::Unit& unit) mutable -> Result<PaperActed> {
    auto view = paper_behind(unit, token, now);
    if (!view) return view.error();
    PaperActed acted;
    acted.view = std::move(*view);
    if (const Result<void> done = fn(PaperWork(unit, domain, now, rules), acted); !done) return done.error();
    if (!acted.done || acted.gone) return acted;
    auto after = paper_behind(unit, token, now);
    if (after) acted.view = std::move(*after);
    return acted;
  };
  return context.store.write(author_at(now), std::move(work));
}

}  // namespace

Result<PaperView> paper_behind(db::Unit& unit, const std::string& token, Instant now) {
  const auto code = notify::submission_code(signing_key(unit), token);
  auto mine = code ? unit.submissions().find_by_code(*code) : std::nullopt;
  if (!mine || mine->email.empty()) return no_such_link();  // erased
  auto asked = asked_paper(unit, mine->event);
  if (!asked) return asked.error();
  PaperView view;
  view.door = door_now(*asked, now);
  view.association = association_of(unit, asked->event);
  view.event = std::move(asked->event);
  view.call = std::move(asked->call);
  view.files = unit.submissions().files_of(mine->id);
  view.editable = may_be_edited(mine->state, view.door == RegistrationDoor::open);
  if (shows_comments(mine->state))
    for (const auto& review : unit.submissions().reviews_of(mine->id))
      if (!review.to_author.empty() && review.state != ReviewState::conflict)
        view.comments.push_back(review.to_author);
  view.mine = std::move(*mine);
  return view;
}

Deferred<CallOffer> call_offer(Context& context, EventId event, Language language) {
  return context.store.read([event, language,
                             now = context.clock.now()](db::Unit& unit) -> Result<CallOffer> {
    auto asked = asked_paper(unit, event);
    if (!asked) return asked.error();
    CallOffer offer;
    offer.door = door_now(*asked, now);
    if (offer.door == RegistrationDoor::off)
      return Error(Errc::not_found, "there is no call for papers for this event");
    offer.association = association_of(unit, asked->event);
    offer.consent = call_consent_text(*asked, offer.association, language);
    const auto last = last_moment(asked->event);
    offer.until = asked->call.closes && (!last || *asked->call.closes < *last) ? asked->call.closes : last;
    if (const auto key = signing_key(unit); !key.empty()) offer.key = new_form_key(key, event, now);
    offer.event = std::move(asked->event);
    offer.call = std::move(asked->call);
    return offer;
  });
}

Deferred<RegistrationDoor> call_door(Context& context, EventId event) {
  return context.store.read([event, now = context.clock.now()](db::Unit& unit) -> Result<RegistrationDoor> {
    const auto asked = asked_paper(unit, event);
    return asked ? door_now(*asked, now) : RegistrationDoor::off;
  });
}

Deferred<PaperOutcome> send_in(Context& context, EventId event, PaperForm form) {
  const Instant now = context.clock.now();
  auto work = [event, form = std::move(form), now, domain = context.settings.mail_domain](db::Unit& unit) {
    return enter_form(RegistrationWork(unit, domain, now), event, form);
  };
  return context.store.write(author_at(now), std::move(work));
}

Deferred<PaperView> view_paper(Context& context, std::string token) {
  return context.store.read([token = std::move(token), now = context.clock.now()](db::Unit& unit) {
    return paper_behind(unit, token, now);
  });
}

Deferred<PaperActed> act_on_paper(Context& context, std::string token, PaperAct act) {
  return acting(context, std::move(token),
                [act = std::move(act)](const PaperWork& work, PaperActed& acted) mutable {
                  return act_now(work, acted, act);
                });
}

// Bytes are looked at where long work runs; what came of it and
// the row are all that the transaction has to do.
Deferred<PaperActed> add_paper_file(Context& context, std::string token, std::string name,
                                    std::string bytes) {
  auto sent = std::make_shared<const std::string>(std::move(bytes));
  return when_found<PaperActed>(
      view_paper(context, token), [&context, token, name = std::move(name), sent](PaperView view) {
        return begun_elsewhere<PaperActed>(
            context, [&context, token, name, sent, call = std::move(view.call), editable = view.editable] {
              const auto checked =
                  editable ? check_paper_file(call, name, *sent) : CheckedFile(PaperProblem::closed);
              return acting(context, token,
                            [checked, sent](const PaperWork& work, PaperActed& acted) -> Result<void> {
                              add_file(work, acted, checked, *sent);
                              return {};
                            });
            });
      });
}

Deferred<PaperFile> paper_file(Context& context, std::string token, SubmittedFileId file) {
  return context.store.read(
      [token = std::move(token), file, now = context.clock.now()](db::Unit& unit) -> Result<PaperFile> {
        const auto view = paper_behind(unit, token, now);
        if (!view) return view.error();
        const auto found = std::ranges::find(view->files, file, &SubmittedFile::id);
        if (found == view->files.end()) return Error(Errc::not_found, "there is no such file");
        PaperFile given;
        given.name = found->name;
        given.kind = found->kind;
        given.bytes = unit.submissions().bytes_of(file);
        return given;
      });
}

}  // namespace convoke::service
