#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/submission_words.hpp"
#include "web/pages/submissions_page.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::array<std::pair<SubmissionStep, const char*>, 4> decisions = {
    {{SubmissionStep::accept, "Accept"},
     {SubmissionStep::revise, "Send back for revision"},
     {SubmissionStep::reject, "Do not accept"},
     {SubmissionStep::reopen, "Decide anew"}}};

void fill_reviews(TemplateDictionary& values, const service::PaperDesk& desk, const Frame& frame) {
  if (desk.row.reviews.empty()) return;
  const Language language = frame.language;
  auto& reviews = *values.AddSectionDictionary("REVIEWS");
  if (desk.row.mean)
    show_text(reviews, "MEAN", tr(language, "Mean") + " " + mark_text(*desk.row.mean));
  for (const auto& review : desk.row.reviews) {
    auto& one = *reviews.AddSectionDictionary("REVIEW");
    const auto who = std::ranges::find(desk.reviewers, review.reviewer, &Reviewer::id);
    one["REVIEWER"] = who == desk.reviewers.end() ? std::string() : who->name;
    one["REVIEWER_ID"] = std::to_string(review.reviewer.value);
    one["REVIEW_STATE"] = review_state_text(review.state, language);
    one["ACTION"] = submission_path(desk.row.paper);
    one["CSRF"] = frame.csrf;
    for (const auto& [key, value] : review.marks) {
      const auto criterion = std::ranges::find(desk.call.criteria, key, &Criterion::key);
      if (criterion == desk.call.criteria.end()) continue;
      auto& mark = *one.AddSectionDictionary("MARK");
      mark["LABEL"] = criterion->label;
      mark["VALUE"] = std::to_string(value);
    }
    show_text(one, "TO_AUTHOR", review.to_author);
    show_text(one, "TO_ORGANISER", review.to_organiser);
  }
}

void fill_decision(TemplateDictionary& values, const SubmissionPage& page, const Frame& frame) {
  const auto& paper = page.desk->row.paper;
  TemplateDictionary* decide = nullptr;
  for (const auto& [step, word] : decisions) {
    if (!next_state(paper.state, step, true)) continue;
    if (decide == nullptr) {
      decide = values.AddSectionDictionary("DECIDE");
      (*decide)["ACTION"] = submission_path(paper);
      (*decide)["CSRF"] = frame.csrf;
      (*decide)["ENTERED_NOTE"] = page.note;
      show_text(*decide, "NOTE", paper.decision_note);
    }
    auto& button = *decide->AddSectionDictionary("STEP");
    button["VALUE"] = std::string(name_of(step));
    button["TEXT"] = tr(frame.language, word);
    if (step != SubmissionStep::accept) button.ShowSection("QUIET");
  }
}

}  // namespace

std::string render_submission(const SubmissionPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  const auto& paper = desk.row.paper;
  TemplateDictionary values("manage_submission");
  fill_manage_frame(values, frame, paper.title, Desk::plans);
  values["BACK"] = submissions_path(desk.event.id);
  values["HEADING"] = call_heading(desk.event, language) + ": " + desk.event.title;
  values["PAPER_TITLE"] = paper.title.empty() ? tr(language, "(erased)") : paper.title;
  values["ID"] = std::to_string(paper.id.value);
  values["STATE"] = state_text(paper.state, language);
  values["STATE_CLASS"] = state_class(paper.state);
  show_text(values, "SECTION", paper.section);
  show_text(values, "EMAIL", paper.email);
  values["AT"] = local_moment(paper.confirmed.value_or(paper.created), service::zone_of(desk.event), language);
  if (page.saved) values.ShowSection("SAVED");
  show_text(values, "PROBLEM", page.problem);
  for (const auto& author : paper.authors) {
    auto& one = *values.AddSectionDictionary("AUTHOR");
    one["NAME"] = author.name;
    show_text(one, "INSTITUTION", author.institution);
  }
  values["ABSTRACT"] = paper.abstract;
  for (const auto& file : desk.row.files) {
    auto& one = *values.AddSectionDictionary("FILE");
    one["NAME"] = file.name;
    one["HREF"] = submission_path(paper) + "/files/" + std::to_string(file.id.value);
    one["SIZE"] = size_text(file.size, language);
  }
  if (paper.talk) show_text(values, "TALK", event_path(paper.talk));
  fill_reviews(values, desk, frame);
  fill_decision(values, page, frame);
  return render_template("manage_submission.html", language, values);
}

}  // namespace convoke::web
