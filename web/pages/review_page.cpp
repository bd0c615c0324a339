#include "web/pages/review_page.hpp"

#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/submission_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::AssignedPaper;

service::ReviewEntry stored(const Review& review) {
  service::ReviewEntry entry;
  entry.marks = review.marks;
  entry.to_author = review.to_author;
  entry.to_organiser = review.to_organiser;
  return entry;
}

void fill_criteria(TemplateDictionary& form, const Call& call, const Marks& marks) {
  for (const auto& criterion : call.criteria) {
    auto& one = *form.AddSectionDictionary("CRITERION");
    one["LABEL"] = criterion.label;
    const auto given =
        std::ranges::find_if(marks, [&](const auto& mark) { return mark.first == criterion.key; });
    for (int value = least_mark(call.scale); value <= best_mark(call.scale); ++value) {
      auto& mark = *one.AddSectionDictionary("MARK");
      mark["KEY"] = criterion.key;
      mark["VALUE"] = std::to_string(value);
      if (given != marks.end() && given->second == value) mark.ShowSection("CHECKED");
    }
  }
}

void fill_form(TemplateDictionary& more, const ReviewPage& page, const AssignedPaper& paper,
               const Frame& frame) {
  auto& form = *more.AddSectionDictionary("FORM");
  const bool again = page.entered && page.open == paper.paper.id;
  const auto entry = again ? *page.entered : stored(paper.mine);
  form["ACTION"] = with_query(frame.address, "lang", tag_of(frame.language));
  form["ID"] = std::to_string(paper.paper.id.value);
  form["TO_AUTHOR"] = entry.to_author;
  form["TO_ORGANISER"] = entry.to_organiser;
  fill_criteria(form, page.desk->call, entry.marks);
}

void fill_row(TemplateDictionary& values, const ReviewPage& page, const AssignedPaper& paper, bool open,
              const Frame& frame) {
  const Language language = frame.language;
  const auto id = std::to_string(paper.paper.id.value);
  auto& row = *values.AddSectionDictionary("PAPER");
  row["ID"] = id;
  row["PAPER_TITLE"] = paper.paper.title;
  const bool given = paper.mine.state == ReviewState::given;
  row["STATE"] = paper.open || given ? review_state_text(paper.mine.state, language)
                                     : state_text(paper.paper.state, language);
  row["STATE_CLASS"] = given ? "chip chip-held" : paper.mine.state == ReviewState::asked ? "chip chip-open" : "chip";
  show_text(row, "SECTION", paper.paper.section);
  show_text(row, "AUTHORS", authors_text(paper.paper));
  auto& more = *row.AddSectionDictionary("MORE");
  if (open) more.ShowSection("OPEN");
  more["ABSTRACT"] = paper.paper.abstract;
  if (paper.mine.state != ReviewState::conflict)
    for (const auto& file : paper.files) {
      auto& one = *more.AddSectionDictionary("FILE");
      one["NAME"] = file.name;
      one["HREF"] = frame.address + "/papers/" + id + "/files/" + std::to_string(file.id.value);
      one["SIZE"] = size_text(file.size, language);
    }
  if (paper.open) fill_form(more, page, paper, frame);
}

SubmissionId first_that_waits(const service::ReviewDesk& desk) {
  for (const auto& one : desk.papers)
    if (one.open && one.mine.state == ReviewState::asked) return one.paper.id;
  return {};
}

}  // namespace

std::string render_reviews(const ReviewPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  TemplateDictionary values("review");
  fill_frame(values, frame, tr(language, "Works to review"), Place::elsewhere);
  fill_call_event(values, desk.event, desk.association, language);
  values["REVIEWER"] = desk.reviewer.name;
  if (desk.call.review_by)
    show_text(values, "UNTIL",
              tr(language, "Please review until {when}.",
                 {{"when", local_moment(*desk.call.review_by, service::zone_of(desk.event), language)}}));
  if (page.saved) show_text(values, "GOOD", tr(language, "Saved. Thank you!"));
  show_text(values, "PROBLEM", page.problem);
  if (desk.papers.empty()) values.ShowSection("NONE");
  const auto open = page.problem.empty() ? first_that_waits(desk) : page.open;
  for (const auto& paper : desk.papers) fill_row(values, page, paper, paper.paper.id == open, frame);
  return render_template("review.html", language, values);
}

}  // namespace convoke::web
