// What is printed around an event: certificates, badges, the list to sign. Words come ready, in the language
// of their reader; how they stand on the paper is decided here. A4; the same words give the same bytes.
// Throws std::runtime_error when memory is out.
#pragma once

#include "documents/picture.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::documents {

struct CertificateSheet {
  std::string association;  // above all
  std::string title;        // "Certificate"
  std::string lead;         // "is awarded to"
  std::string name;         // large; made smaller and broken when it is long
  struct Line {
    std::string text;
    bool strong = false;
  };
  std::vector<Line> lines;  // below the name
  std::string signatory;    // below the line for a signature; empty: no line
  std::string date;
  std::string number;   // "No. 12/2026"
  std::string address;  // where it is verified: the code's text, and printed below
  std::string hint;     // above the address: "Verify:"
};

struct Certificates {
  std::string title, language;
  std::shared_ptr<const Picture> background;  // null: a plain frame
  std::vector<CertificateSheet> sheets;       // a page each
};
std::string write_certificates(const Certificates& certificates);

struct Badge {
  std::string event, name, institution, format;
  std::string address;  // the code's text; empty: none
};

inline constexpr double badge_width = 90, badge_height = 55;  // millimetres
inline constexpr std::size_t badges_a_page = 10;
// Two by five on a page, with marks to cut along.
std::string write_badges(const std::string& title, const std::string& language,
                         const std::vector<Badge>& badges);

struct AttendanceList {
  std::string title, language;
  std::vector<std::string> head;      // below the title: when, where, by whom
  std::vector<std::string> headings;  // number, name, institution; then one or more to sign below
  struct Row {
    std::string name, institution;
  };
  std::vector<Row> rows;
  std::size_t empty_rows = 0;  // at the end, numbered on
};
std::string write_attendance_list(const AttendanceList& list);

}  // namespace convoke::documents
