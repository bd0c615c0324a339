// What the pages of calls for papers share: addresses, states and problems in words, and the fields of a
// paper.
#pragma once

#include "model/event.hpp"
#include "model/submission.hpp"
#include "service/submissions.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

std::string call_path(EventId event);             // "/events/7/call"
std::string submissions_path(EventId event);      // "/manage/events/7/submissions"
std::string submission_path(const Submission& paper);  // "/manage/events/7/submissions/3"

// "Call for papers"; a competition calls for entries.
std::string call_heading(const Event& event, Language language);
std::string state_text(SubmissionState state, Language language);
std::string state_class(SubmissionState state);
std::string review_state_text(ReviewState state, Language language);
std::string problem_text(service::PaperProblem problem, const Call& call, Language language);

// "1.4 MB", "12 KB"
std::string size_text(std::size_t bytes, Language language);
// "PDF, DOCX; up to 10 MB each, five at most"; what may be attached.
std::string files_text(const Call& call, Language language);
// ".pdf,.docx": for the browser's own choice.
std::string accepted_files(const Call& call);
// "Sent-in works are taken until 1 November 2026, 23:59 (was 20 October 2026, 23:59)."; empty when it is not
// known until when.
std::string until_text(const Event& event, const Call& call, const std::optional<Instant>& until,
                       Language language);
// "Surname N. (Institution); …"
std::string authors_text(const Submission& paper);

// Fills part_paper_fields.html.
void fill_paper_fields(ctemplate::TemplateDictionary& values, const Call& call,
                       const service::PaperEntry& entry, Language language);
// Title, time and place of the event, in a card.
void fill_call_event(ctemplate::TemplateDictionary& values, const Event& event,
                     const std::string& association, Language language);

}  // namespace convoke::web
