#include "web/pages/submissions_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/submission_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::CallSettings;
using service::SubmissionRow;

CallSettings stored(const service::SubmissionDesk& desk) {
  CallSettings settings;
  if (!desk.call) return settings;
  const auto& call = *desk.call;
  const auto zone = service::zone_of(desk.event);
  settings.on = call.on;
  set_moment(call.opens, zone, settings.opens_date, settings.opens_time);
  set_moment(call.closes, zone, settings.closes_date, settings.closes_time);
  set_moment(call.review_by, zone, settings.review_date, settings.review_time);
  settings.longest_abstract = std::to_string(call.longest_abstract);
  settings.file_required = call.file_required;
  settings.kinds = call.kinds;
  settings.sections = call.sections;
  for (const auto& one : call.criteria) settings.criteria.push_back(one.label);
  settings.scale = name_of(call.scale);
  settings.anonymous = call.anonymous;
  settings.guidance = call.guidance;
  settings.consent = call.consent;
  settings.keep_months = std::to_string(call.keep_months);
  return settings;
}

void fill_texts(TemplateDictionary& values, const char* section, const std::array<std::string, 4>& texts) {
  for (const auto language : all_languages) {
    const auto at = static_cast<std::size_t>(language);
    auto& one = *values.AddSectionDictionary(section);
    one["TAG"] = std::string(tag_of(language));
    one["LANGUAGE_NAME"] = own_name(language);
    one["VALUE"] = texts.at(at);
  }
}

void fill_settings(TemplateDictionary& values, const CallSettings& settings) {
  if (settings.on) values.ShowSection("ON");
  values["OPENS_DATE"] = settings.opens_date;
  values["OPENS_TIME"] = settings.opens_time;
  values["CLOSES_DATE"] = settings.closes_date;
  values["CLOSES_TIME"] = settings.closes_time;
  values["REVIEW_DATE"] = settings.review_date;
  values["REVIEW_TIME"] = settings.review_time;
  values["LONGEST_ABSTRACT"] = settings.longest_abstract;
  values["SECTION_LINES"] = join(settings.sections, "\n");
  values["CRITERIA"] = join(settings.criteria, "\n");
  values["KEEP_MONTHS"] = settings.keep_months;
  if (settings.file_required) values.ShowSection("FILE_REQUIRED");
  if (settings.scale == name_of(MarkScale::ten)) values.ShowSection("TEN");
  if (settings.anonymous) values.ShowSection("ANONYMOUS");
  for (const auto kind : all_submitted_kinds) {
    auto& one = *values.AddSectionDictionary("KIND");
    one["VALUE"] = std::string(name_of(kind));
    one["TEXT"] = "." + std::string(name_of(kind));
    if (settings.kinds.at(static_cast<std::size_t>(kind))) one.ShowSection("CHECKED");
  }
  fill_texts(values, "GUIDANCE", settings.guidance);
  fill_texts(values, "CONSENT", settings.consent);
}

std::string reviews_text(const SubmissionRow& row, Language language) {
  const auto given = std::ranges::count(row.reviews, ReviewState::given, &Review::state);
  return tr(language, "reviews: {given} of {asked}",
            {{"given", std::to_string(given)}, {"asked", std::to_string(row.reviews.size())}});
}

bool may_be_given(SubmissionState state) {
  return next_state(state, SubmissionStep::assign, true).has_value();
}

void fill_row(TemplateDictionary& papers, const SubmissionRow& row, Language language) {
  auto& one = *papers.AddSectionDictionary("ROW");
  const auto& paper = row.paper;
  one["ID"] = std::to_string(paper.id.value);
  one["HREF"] = submission_path(paper);
  one["PAPER_TITLE"] = paper.title.empty() ? tr(language, "(erased)") : paper.title;
  one["STATE"] = state_text(paper.state, language);
  one["STATE_CLASS"] = state_class(paper.state);
  one["AUTHORS"] = authors_text(paper);
  show_text(one, "SECTION", paper.section);
  if (!row.files.empty())
    show_text(one, "FILES", trn(language, "{n} file", "{n} files", static_cast<long>(row.files.size())));
  if (!row.reviews.empty()) show_text(one, "REVIEWS", reviews_text(row, language));
  if (may_be_given(paper.state)) one.ShowSection("CHOOSE");
  if (!row.mean) return;
  auto& mean = *one.AddSectionDictionary("MEAN");
  mean["MEAN_TEXT"] = mark_text(*row.mean);
  if (row.place > 0)
    show_text(mean, "RANK", tr(language, "place {place}", {{"place", std::to_string(row.place)}}));
}

void fill_choices(TemplateDictionary& papers, const SubmissionsPage& page, Language language) {
  papers["Q"] = page.words;
  for (std::size_t i = 0; i < submission_state_count; ++i) {
    const auto state = static_cast<SubmissionState>(i);
    auto& one = *papers.AddSectionDictionary("STATE_CHOICE");
    one["VALUE"] = std::string(name_of(state));
    one["TEXT"] = state_text(state, language);
    if (page.state == state) one.ShowSection("SELECTED");
  }
  if (page.by_place) papers.ShowSection("BY_PLACE");
  if (page.desk->call->sections.empty()) return;
  auto& sections = *papers.AddSectionDictionary("SECTIONS");
  for (const auto& section : page.desk->call->sections) {
    auto& one = *sections.AddSectionDictionary("SECTION_CHOICE");
    one["VALUE"] = section;
    if (section == page.section) one.ShowSection("SELECTED");
  }
}

void fill_assignment(TemplateDictionary& papers, const SubmissionsPage& page, Language language) {
  const auto& desk = *page.desk;
  const bool any =
      std::ranges::any_of(desk.rows, [](const SubmissionRow& row) { return may_be_given(row.paper.state); });
  if (!any) return;
  auto& assign = *papers.AddSectionDictionary("ASSIGN");
  assign["R_EMAIL"] = page.assigning.email;
  assign["R_NAME"] = page.assigning.name;
  for (const auto& choice : desk.choices) {
    auto& one = *assign.AddSectionDictionary("COLLEAGUE");
    one["EMAIL"] = choice.email;
    one["NAME"] = choice.name;
  }
  if (desk.reviewers.empty()) return;
  auto& reviewers = *assign.AddSectionDictionary("REVIEWERS");
  for (const auto& reviewer : desk.reviewers) {
    auto& one = *reviewers.AddSectionDictionary("REVIEWER");
    const auto load = desk.loads.find(reviewer.id);
    const auto [given, asked] = load == desk.loads.end() ? std::pair(0, 0) : load->second;
    one["ID"] = std::to_string(reviewer.id.value);
    one["TEXT"] = reviewer.name + " (" +
                  tr(language, "reviews: {given} of {asked}",
                     {{"given", std::to_string(given)}, {"asked", std::to_string(asked)}}) +
                  ")";
  }
}

void fill_papers(TemplateDictionary& values, const SubmissionsPage& page, const Frame& frame) {
  const auto& desk = *page.desk;
  const Language language = frame.language;
  auto& papers = *values.AddSectionDictionary("PAPERS");
  for (const auto& [state, count] : desk.counts) {
    auto& one = *papers.AddSectionDictionary("FIGURE");
    one["LABEL"] = state_text(state, language);
    one["COUNT"] = std::to_string(count);
  }
  fill_choices(papers, page, language);
  if (desk.rows.empty()) papers.ShowSection("NONE");
  for (const auto& row : desk.rows) fill_row(papers, row, language);
  fill_assignment(papers, page, language);
}

const char* door_words(RegistrationDoor door) {
  switch (door) {
    case RegistrationDoor::open:
      return "Works are taken.";
    case RegistrationDoor::not_yet:
      return "Works are not taken yet.";
    case RegistrationDoor::closed:
      return "Works are not taken any more.";
    case RegistrationDoor::off:
      break;
  }
  return "The call is switched off.";
}

}  // namespace

std::string render_submissions(const SubmissionsPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  TemplateDictionary values("manage_submissions");
  const auto heading = call_heading(desk.event, language);
  fill_manage_frame(values, frame, heading + ": " + desk.event.title, Desk::plans);
  values["HEADING"] = heading;
  values["TITLE"] = desk.event.title;
  values["EVENT_HREF"] = event_path(desk.event.id);
  values["ACTION"] = submissions_path(desk.event.id);
  values["CSRF"] = frame.csrf;
  values["DOOR"] = tr(language, door_words(desk.door));
  values["ZONE"] = zone_text(service::zone_of(desk.event));
  if (desk.door != RegistrationDoor::off)
    show_text(values, "ADDRESS", frame.base_url + call_path(desk.event.id));
  if (page.saved) values.ShowSection("SAVED");
  show_text(values, "PROBLEM", page.problem);
  fill_settings(values, page.entered ? *page.entered : stored(desk));
  if (desk.call) fill_papers(values, page, frame);
  return render_template("manage_submissions.html", language, values);
}

std::string render_protocol(const service::SubmissionDesk& desk, const std::string& association,
                            const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("submissions_protocol");
  const auto protocol = tr(language, "Protocol of the marks");
  fill_frame(values, frame, protocol + ": " + desk.event.title, Place::workplace);
  values["PROTOCOL"] = protocol;
  values["HEADING"] = call_heading(desk.event, language);
  values["BACK"] = submissions_path(desk.event.id);
  values["TITLE"] = desk.event.title;
  values["WHEN"] = when_text(desk.event.period, language);
  show_text(values, "ASSOCIATION", association);
  if (desk.call)
    for (const auto& criterion : desk.call->criteria)
      (*values.AddSectionDictionary("CRITERION"))["LABEL"] = criterion.label;
  for (const auto& row : desk.rows) {
    if (row.paper.state == SubmissionState::draft || row.paper.state == SubmissionState::withdrawn) continue;
    auto& one = *values.AddSectionDictionary("ROW");
    one["PLACE"] = row.place > 0 ? std::to_string(row.place) : std::string("–");
    one["PAPER_TITLE"] = row.paper.title;
    one["AUTHORS"] = authors_text(row.paper);
    for (const auto& mean : row.marks)
      (*one.AddSectionDictionary("MARK"))["VALUE"] = mean ? mark_text(*mean) : std::string("–");
    one["MEAN"] = row.mean ? mark_text(*row.mean) : std::string("–");
    one["COUNT"] = std::to_string(std::ranges::count(row.reviews, ReviewState::given, &Review::state));
    one["STATE"] = state_text(row.paper.state, language);
  }
  for (const auto& reviewer : desk.reviewers) (*values.AddSectionDictionary("JUROR"))["NAME"] = reviewer.name;
  return render_template("submissions_protocol.html", language, values);
}

service::PaperExportWords paper_export_words(Language language) {
  service::PaperExportWords words;
  words.headings.emplace_back("№");
  for (const char* heading : {"Title of the work", "Section of the conference", "Authors", "Institution",
                              "E-mail address", "State", "Sent in", "Files", "Reviews", "Mean", "Place"})
    words.headings.push_back(tr(language, heading));
  for (std::size_t i = 0; i < submission_state_count; ++i) {
    const auto state = static_cast<SubmissionState>(i);
    words.states[state] = state_text(state, language);
  }
  return words;
}

}  // namespace convoke::web
