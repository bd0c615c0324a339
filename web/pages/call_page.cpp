#include "web/pages/call_page.hpp"

#include "service/presentation.hpp"
#include "service/registration_consent.hpp"
#include "service/submission_entry.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/submission_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string closed_text(const service::CallOffer& offer, Language language) {
  if (offer.event.status == EventStatus::cancelled) return tr(language, "This event does not take place.");
  if (offer.door == RegistrationDoor::not_yet && offer.call.opens)
    return tr(language, "Works are taken from {when}.",
              {{"when", local_moment(*offer.call.opens, service::zone_of(offer.event), language)}});
  return tr(language, "No works are taken any more.");
}

void fill_form(TemplateDictionary& form, const CallPage& page, const Frame& frame) {
  const auto& offer = *page.offer;
  const Language language = frame.language;
  form["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  form["CSRF"] = frame.csrf;
  form["KEY"] = offer.key;
  form["VERSION"] = service::consent_version(offer.consent);
  form["CONSENT"] = offer.consent;
  form["EMAIL"] = page.entered.email;
  form["FILES_TEXT"] = files_text(offer.call, language);
  if (page.problem) show_text(form, "PROBLEM", problem_text(*page.problem, offer.call, language));
  show_text(form, "UNTIL", until_text(offer.event, offer.call, offer.until, language));
  show_text(form, "GUIDANCE", guidance_in(offer.call, language));
  if (offer.call.anonymous) form.ShowSection("ANONYMOUS");
  fill_paper_fields(form, offer.call, page.entered.paper, language);
}

const char* hint_of(const service::PaperView& view) {
  switch (view.mine.state) {
    case SubmissionState::draft:
      return view.editable ? "It is not sent in yet: add your files, look it over and press the button below."
                           : "It was not sent in in time.";
    case SubmissionState::submitted:
      return view.editable ? "Until the deadline you can change it and add files."
                           : "The organiser decides, and you will get a mail.";
    case SubmissionState::in_review:
    case SubmissionState::resubmitted:
      return "The organiser decides, and you will get a mail.";
    case SubmissionState::revise:
      return "Put it right and send it in again.";
    case SubmissionState::accepted:
      return "Congratulations!";
    default:
      return "";
  }
}

const char* good_of(const PaperPage& page) {
  if (page.gone) return "Everything is erased. This link acts no more.";
  if (!page.done) return "";
  switch (page.view->mine.state) {
    case SubmissionState::withdrawn:
      return "It is withdrawn. Thank you for saying so.";
    case SubmissionState::resubmitted:
      return "It is sent in again. Thank you!";
    default:
      return "Saved.";
  }
}

void fill_files(TemplateDictionary& paper, const service::PaperView& view, const Frame& frame) {
  const Language language = frame.language;
  for (const auto& file : view.files) {
    auto& one = *paper.AddSectionDictionary("FILE");
    const auto id = std::to_string(file.id.value);
    one["NAME"] = file.name;
    one["HREF"] = frame.address + "/files/" + id;
    one["SIZE"] = size_text(file.size, language);
    if (!view.editable) continue;
    auto& remove = *one.AddSectionDictionary("REMOVE");
    remove["ACTION"] = with_query(frame.address, "lang", tag_of(language));
    remove["ID"] = id;
  }
  const auto accepted = accepted_files(view.call);
  if (!view.editable || accepted.empty()) return;
  auto& add = *paper.AddSectionDictionary("ADD");
  add["UPLOAD"] = with_query(frame.address + "/files", "lang", tag_of(language));
  add["ACCEPT"] = accepted;
  add["FILES_TEXT"] = files_text(view.call, language);
  if (view.call.anonymous) add.ShowSection("ANONYMOUS");
}

void fill_work(TemplateDictionary& paper, const PaperPage& page, const Frame& frame) {
  const auto& view = *page.view;
  const Language language = frame.language;
  if (!view.editable) {
    auto& shown = *paper.AddSectionDictionary("SHOWN");
    shown["PAPER_TITLE"] = view.mine.title;
    show_text(shown, "PAPER_SECTION", view.mine.section);
    shown["AUTHORS"] = authors_text(view.mine);
    shown["ABSTRACT_TEXT"] = view.mine.abstract;
    return;
  }
  auto& edit = *paper.AddSectionDictionary("EDIT");
  edit["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  fill_paper_fields(edit, view.call, page.entered ? *page.entered : service::entry_of(view.mine), language);
  const bool draft = view.mine.state == SubmissionState::draft;
  if (!draft && view.mine.state != SubmissionState::revise) return;
  auto& send = *edit.AddSectionDictionary("SEND");
  send["VALUE"] = draft ? "submit" : "resubmit";
  send["TEXT"] = draft ? tr(language, "Send the work in") : tr(language, "Send it in again");
}

void fill_paper(TemplateDictionary& values, const PaperPage& page, const Frame& frame) {
  const auto& view = *page.view;
  auto& paper = *values.AddSectionDictionary("PAPER");
  fill_files(paper, view, frame);
  fill_work(paper, page, frame);
  const auto action = with_query(frame.address, "lang", tag_of(frame.language));
  paper["DATA_HREF"] = frame.address + "/data";
  if (next_state(view.mine.state, SubmissionStep::withdraw, true))
    (*paper.AddSectionDictionary("WITHDRAW"))["ACTION"] = action;
  if (view.mine.state != SubmissionState::accepted) (*paper.AddSectionDictionary("ERASE"))["ACTION"] = action;
}

}  // namespace

std::string render_call(const CallPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& offer = *page.offer;
  TemplateDictionary values("call");
  const auto heading = call_heading(offer.event, language);
  fill_frame(values, frame, heading + ": " + offer.event.title, Place::elsewhere);
  values["HEADING"] = heading;
  fill_call_event(values, offer.event, offer.association, language);
  if (page.taken)
    values.ShowSection("TAKEN");
  else if (offer.door != RegistrationDoor::open)
    show_text(values, "CLOSED", closed_text(offer, language));
  else
    fill_form(*values.AddSectionDictionary("FORM"), page, frame);
  return render_template("call.html", language, values);
}

std::string render_paper(const PaperPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& view = *page.view;
  TemplateDictionary values("paper_link");
  const auto heading = tr(language, "Your work");
  fill_frame(values, frame, heading, Place::elsewhere);
  values["HEADING"] = heading;
  fill_call_event(values, view.event, view.association, language);
  if (const std::string good = good_of(page); !good.empty())
    show_text(values, "GOOD", tr(language, good.c_str()));
  if (page.problem) show_text(values, "PROBLEM", problem_text(*page.problem, view.call, language));
  if (page.busy) show_text(values, "PROBLEM", busy_file_text(language));
  if (page.gone) return render_template("paper_link.html", language, values);
  show_text(values, "STATE",
            "№ " + std::to_string(view.mine.id.value) + ": " + state_text(view.mine.state, language));
  if (const std::string hint = hint_of(view); !hint.empty())
    show_text(values, "HINT", tr(language, hint.c_str()));
  if (view.editable && view.mine.state != SubmissionState::revise)
    show_text(values, "UNTIL", until_text(view.event, view.call, view.call.closes, language));
  if (is_decided(view.mine.state) || view.mine.state == SubmissionState::revise)
    show_text(values, "NOTE", view.mine.decision_note);
  if (!view.comments.empty()) {
    auto& comments = *values.AddSectionDictionary("COMMENTS");
    for (const auto& text : view.comments) (*comments.AddSectionDictionary("COMMENT"))["TEXT"] = text;
  }
  fill_paper(values, page, frame);
  return render_template("paper_link.html", language, values);
}

}  // namespace convoke::web
