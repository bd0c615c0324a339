// A draft of the minutes of a meeting, as a document to be filled in: who was there, the agenda, and for each
// of its points who was heard and what was decided. The words are the caller's, in the language of the
// association.
#pragma once

#include <string>
#include <vector>

namespace convoke::documents {

struct MinutesDocument {
  std::string language;  // BCP 47
  std::string association;
  std::string title;              // "Minutes No. ____"
  std::vector<std::string> head;  // below: the event, when, where
  struct Fact {
    std::string label, text;  // no text: a line to write on
  };
  std::vector<Fact> facts;  // chair, secretary, who was there
  std::string agenda_heading;
  std::vector<std::string> points;  // none: three empty ones
  std::vector<std::string>
      headings;  // below each: "Heard", "Spoke", "Decided"; the first one repeats the point
  std::vector<std::string> signers;  // each with a line
};

// A4 upright. The same words give the same bytes.
std::string write_minutes_docx(const MinutesDocument& minutes);

}  // namespace convoke::documents
