#include "web/pages/programme_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>

#include <vector>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string clock_text(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

void fill_row(TemplateDictionary& section, const ProgrammeRow& row, const Stretch& time, bool dated) {
  auto& out = *section.AddSectionDictionary("ROW");
  out["HOURS"] = hours_text(time);
  out["BEGIN"] = clock_text(time.begin);
  if (row.is_break) {
    (*out.AddSectionDictionary("PAUSE"))["TITLE"] = row.title;
    return;
  }
  auto& talk = *out.AddSectionDictionary("TALK");
  talk["TITLE"] = row.title;
  talk["HREF"] = event_path(row.talk);
  for (const auto& one : row.speakers) (*talk.AddSectionDictionary("SPEAKER"))["NAME"] = one;
  show_text(talk, "ABSTRACT", row.abstract);
  if (row.cancelled) {
    out.ShowSection("OFF");
    talk.ShowSection("CANCELLED");
  } else if (dated) {
    (*talk.AddSectionDictionary("TALK_FILE"))["HREF"] = event_path(row.talk) + ".ics";
  }
}

void fill_section(TemplateDictionary& band, const ProgrammeSection& section, bool dated) {
  auto& out = *band.AddSectionDictionary("SECTION");
  out["NUMBER"] = std::to_string(section.number);
  out["TITLE"] = section.title;
  out["HOURS"] = hours_text(span_of(section));
  show_text(out, "ROOM", section.room);
  show_text(out, "CHAIR", section.chair);
  if (section.rows.empty()) out.ShowSection("EMPTY");
  const auto times = times_of(section);
  for (std::size_t i = 0; i < section.rows.size(); ++i) fill_row(out, section.rows[i], times[i], dated);
}

}  // namespace

std::string programme_path(EventId event) {
  return event_path(event) + "/programme";
}

std::string programme_desk_path(EventId event) {
  return "/manage" + programme_path(event);
}

std::string hours_text(const Stretch& stretch) {
  if (stretch.begin == stretch.end) return clock_text(stretch.begin);
  return clock_text(stretch.begin) + "–" + clock_text(stretch.end);
}

std::string programme_day(const Event& conference, int day, Language language) {
  if (days_of(conference) == 0) return tr(language, "Day {number}", {{"number", std::to_string(day)}});
  return capitalise(day_label(add_days(*conference.period.first, day - 1), language));
}

std::string render_programme(const ProgrammePage& page, const Frame& frame) {
  const Language language = frame.language;
  const Event& conference = page.programme->conference;
  const Programme& programme = page.programme->programme;
  TemplateDictionary values("programme");
  fill_frame(values, frame, tr(language, "Programme") + ": " + conference.title, Place::elsewhere);
  values["TITLE"] = conference.title;
  values["EVENT_HREF"] = event_path(conference.id);
  values["WHEN"] = when_text(conference.period, language);
  values["ZONE"] = zone_text(service::zone_of(conference));
  show_text(values, "PLACE", conference.place);
  if (conference.status == EventStatus::cancelled) values.ShowSection("CANCELLED");
  if (page.has_file) (*values.AddSectionDictionary("FILE"))["HREF"] = programme_path(conference.id) + ".ics";
  values["DOCX_HREF"] = programme_path(conference.id) + ".docx";
  if (page.edits) (*values.AddSectionDictionary("EDIT"))["HREF"] = programme_desk_path(conference.id);
  TemplateDictionary* day = nullptr;
  int last = 0;
  for (const auto& band : bands_of(programme)) {
    if (day == nullptr || band.day != last) {
      day = values.AddSectionDictionary("DAY");
      (*day)["DAY_LABEL"] = programme_day(conference, band.day, language);
      last = band.day;
    }
    auto& out = *day->AddSectionDictionary("BAND");
    for (const auto at : band.sections) fill_section(out, programme.sections[at], page.has_file);
  }
  return render_template("programme.html", language, values);
}

documents::ReportDocument programme_document(const service::PublishedProgramme& page, Language language) {
  documents::ReportDocument document;
  document.language = std::string(tag_of(language));
  document.title = page.conference.title;
  document.head = {tr(language, "Programme"), when_text(page.conference.period, language)};
  if (!page.conference.place.empty()) document.head.push_back(page.conference.place);
  for (const auto& band : bands_of(page.programme))
    for (const auto at : band.sections) {
      const auto& section = page.programme.sections[at];
      documents::ReportTable table;
      std::vector<std::string> caption = {programme_day(page.conference, section.day, language),
                                          hours_text(span_of(section)), section.title};
      if (!section.room.empty()) caption.push_back(section.room);
      if (!section.chair.empty()) caption.push_back(tr(language, "Chair:") + " " + section.chair);
      table.caption = join(caption, " · ");
      table.headings = {tr(language, "Time"), tr(language, "Talk"), tr(language, "Speakers")};
      table.shares = {2, 8, 6};
      const auto times = times_of(section);
      for (std::size_t i = 0; i < section.rows.size(); ++i) {
        const auto& row = section.rows[i];
        documents::ReportTable::Line line;
        const auto title = row.cancelled ? tr(language, "cancelled") + ": " + row.title : row.title;
        line.cells = {hours_text(times[i]), title, join(row.speakers, "; ")};
        table.lines.push_back(std::move(line));
      }
      document.tables.push_back(std::move(table));
    }
  return document;
}

}  // namespace convoke::web
