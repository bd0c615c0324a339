#include "documents/docx_parts.hpp"
#include "documents/minutes_document.hpp"

namespace convoke::documents {
namespace {

constexpr std::size_t empty_points = 3;
// A tab that draws a line to the right margin: to write on.
constexpr const char* ruled =
    "<w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"9920\"/></w:tabs>";
constexpr const char* with_next = "<w:keepNext/>";

std::string to_write_on(const std::string& label) {
  return docx::paragraph(label.empty() ? "\t" : label + ": \t", "left", false, ruled);
}

std::string point_of(const MinutesDocument& minutes, std::size_t number, const std::string& point) {
  std::string out;
  for (std::size_t i = 0; i < minutes.headings.size(); ++i) {
    const auto& heading = minutes.headings[i];
    if (i == 0 && !point.empty())
      out +=
          docx::paragraph(std::to_string(number) + ". " + heading + ": " + point, "both", false, with_next);
    else if (i == 0)
      out += to_write_on(std::to_string(number) + ". " + heading);
    else
      out += to_write_on(heading);
  }
  return out + docx::paragraph("");
}

}  // namespace

std::string write_minutes_docx(const MinutesDocument& minutes) {
  std::string body;
  if (!minutes.association.empty()) body += docx::paragraph(minutes.association, "center");
  body += docx::paragraph(minutes.title, "center", true, "", 28);
  for (const auto& line : minutes.head) body += docx::paragraph(line, "center");
  body += docx::paragraph("");
  for (const auto& fact : minutes.facts)
    body +=
        fact.text.empty() ? to_write_on(fact.label) : docx::paragraph(fact.label + ": " + fact.text, "both");
  const std::vector<std::string> blank(empty_points);
  const auto& points = minutes.points.empty() ? blank : minutes.points;
  body += docx::paragraph("") + docx::paragraph(minutes.agenda_heading, "center", true, with_next);
  for (std::size_t i = 0; i < points.size(); ++i)
    body += points[i].empty() ? to_write_on(std::to_string(i + 1))
                              : docx::paragraph(std::to_string(i + 1) + ". " + points[i], "both");
  body += docx::paragraph("");
  for (std::size_t i = 0; i < points.size(); ++i) body += point_of(minutes, i + 1, points[i]);
  for (const auto& signer : minutes.signers) body += to_write_on(signer);
  return docx::package(body, minutes.language, docx::Sheet::portrait);
}

}  // namespace convoke::documents
