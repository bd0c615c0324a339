#include "web/pages/programme_desk_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/programme_page.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using What = service::ProgrammeEdit::What;

class DeskWriter {
 public:
  DeskWriter(const ProgrammeDeskPage& page, const Frame& frame)
      : page_(page), desk_(*page.desk), programme_(page.desk->programme), language_(frame.language) {}

  void fill(TemplateDictionary& values) {
    for (std::size_t i = 0; i < programme_.sections.size(); ++i) fill_section(values, i);
    if (!programme_.unplaced.empty()) {
      auto& waiting = *values.AddSectionDictionary("WAITING");
      waiting["COUNT"] = std::to_string(programme_.unplaced.size());
      for (std::size_t i = 0; i < programme_.unplaced.size(); ++i)
        fill_row(waiting, programme_.unplaced[i], 0, i, nullptr);
    }
    if (programme_.sections.empty()) values.ShowSection("NO_SECTIONS");
    fill_section_fields(values, fresh_section(), "new");
    if (entered(What::add_section) != nullptr) values.ShowSection("NEW_OPEN");
    if (!programme_.sections.empty()) fill_paste(*values.AddSectionDictionary("PASTE"));
    const auto clashes = desk_.clashes.size() + desk_.outside.size();
    if (clashes > 0) (*values.AddSectionDictionary("CLASHES"))["COUNT"] = std::to_string(clashes);
  }

 private:
  const service::ProgrammeEdit* entered(What what) const {
    return page_.entered && page_.entered->what == what ? &*page_.entered : nullptr;
  }

  ProgrammeSection fresh_section() const {
    if (const auto* edit = entered(What::add_section)) return edit->head;
    ProgrammeSection section;
    if (programme_.sections.empty()) return section;
    section.day = programme_.sections.back().day;
    section.begin = programme_.sections.back().begin;
    return section;
  }

  void fill_section_fields(TemplateDictionary& values, const ProgrammeSection& section,
                           const std::string& key) {
    auto& fields = *values.AddSectionDictionary("HEAD");
    fields["KEY"] = key;
    fields["TITLE"] = section.title;
    fields["ROOM"] = section.room;
    fields["CHAIR"] = section.chair;
    fields["DAY"] = std::to_string(section.day);
    fields["BEGIN"] = format_iso(section.begin);
  }

  void fill_choices(TemplateDictionary& row, int without) {
    for (const auto& section : programme_.sections) {
      if (section.number == without) continue;
      auto& choice = *row.AddSectionDictionary("TO");
      choice["VALUE"] = std::to_string(section.number);
      choice["TEXT"] = section.title;
    }
    if (without != 0) {
      auto& choice = *row.AddSectionDictionary("TO");
      choice["VALUE"] = "0";
      choice["TEXT"] = tr(language_, "not placed yet");
    }
  }

  const std::string& title_at(std::size_t section, std::size_t row) const {
    return programme_.sections[section].rows[row].title;
  }

  std::string clash_text(const ProgrammeClash& clash) const {
    switch (clash.fault) {
      case ProgrammeFault::speaker:
        return tr(language_, "{name} is elsewhere at that time: {title}",
                  {{"name", clash.name}, {"title", title_at(clash.other_section, clash.other_row)}});
      case ProgrammeFault::room:
        return tr(language_, "The room is taken at that time: {title}",
                  {{"title", title_at(clash.other_section, clash.other_row)}});
      case ProgrammeFault::overlap:
        return tr(language_, "It begins before what stands above it is over.");
      case ProgrammeFault::outside:
        return tr(language_, "The event has no such day.");
      case ProgrammeFault::too_late:
        break;
    }
    return tr(language_, "It is not over by midnight.");
  }

  void fill_clashes(TemplateDictionary& row, std::size_t section, std::size_t at) {
    const auto add = [&](const std::string& text) { (*row.AddSectionDictionary("CLASH"))["TEXT"] = text; };
    for (const auto& one : desk_.clashes)
      if (one.section == section && one.row == at) add(clash_text(one));
    for (const auto& one : desk_.outside)
      if (one.section == section && one.row == at)
        add(one.conflict.other->title + ", " + when_text(one.conflict.other->period, language_) + " — " +
            why_text(one.conflict, language_));
  }

  void fill_row_fields(TemplateDictionary& values, const ProgrammeRow& row, const std::string& key) {
    auto& fields = *values.AddSectionDictionary("FIELDS");
    fields["KEY"] = key;
    fields["TITLE"] = row.title;
    fields["MINUTES"] = row.minutes > 0 ? std::to_string(row.minutes) : "";
    if (row.is_break) return;
    auto& talk = *fields.AddSectionDictionary("OF_TALK");
    talk["KEY"] = key;
    talk["SPEAKERS"] = join(row.speakers, "\n");
    talk["ABSTRACT"] = row.abstract;
  }

  TemplateDictionary& fill_row(TemplateDictionary& values, const ProgrammeRow& stored, int section,
                               std::size_t at, const Stretch* time) {
    auto& out = *values.AddSectionDictionary("ROW");
    const auto key = std::to_string(section) + "-" + std::to_string(at);
    out["KEY"] = key;
    out["ROW_INDEX"] = std::to_string(at);
    out["SECTION_NUMBER"] = std::to_string(section);
    ProgrammeRow row = stored;
    const auto* edit = entered(What::save_row);
    const bool open = edit != nullptr && edit->section == section && edit->row == at;
    if (open) {
      row = edit->entry;
      row.is_break = stored.is_break;
      out.ShowSection("OPEN");
    }
    out["TITLE"] = stored.title;
    if (time != nullptr) {
      show_text(out, "HOURS", hours_text(*time));
      auto& own = *out.AddSectionDictionary("AT");
      own["KEY"] = key;
      own["VALUE"] = row.at ? format_iso(*row.at) : "";
    }
    if (stored.is_break) out.ShowSection("PAUSE");
    for (const auto& one : stored.speakers) (*out.AddSectionDictionary("SPEAKER"))["NAME"] = one;
    if (stored.cancelled) out.ShowSection("OFF");
    if (!stored.is_break) {
      if (stored.talk) (*out.AddSectionDictionary("LINK"))["HREF"] = event_path(stored.talk);
      out.ShowSection(stored.cancelled ? "RESTORE" : "CANCEL");
    }
    fill_row_fields(out, row, key);
    if (!stored.is_break || programme_.sections.size() > 1) {
      auto& place = *out.AddSectionDictionary("PLACE");
      place["KEY"] = key;
      fill_choices(place, section);
    }
    return out;
  }

  void fill_section(TemplateDictionary& values, std::size_t at) {
    const auto& section = programme_.sections[at];
    auto& out = *values.AddSectionDictionary("SECTION");
    const auto number = std::to_string(section.number);
    out["NUMBER"] = number;
    out["TITLE"] = section.title;
    out["DAY_LABEL"] = programme_day(desk_.conference, section.day, language_);
    out["HOURS"] = hours_text(span_of(section));
    show_text(out, "ROOM", section.room);
    show_text(out, "CHAIR", section.chair);
    const auto* edit = entered(What::save_section);
    const bool open = edit != nullptr && edit->section == section.number;
    if (open) out.ShowSection("HEAD_OPEN");
    fill_section_fields(out, open ? edit->head : section, number);
    const auto times = times_of(section);
    for (std::size_t i = 0; i < section.rows.size(); ++i)
      fill_clashes(fill_row(out, section.rows[i], section.number, i, &times[i]), at, i);
    const auto* adding = entered(What::add_row);
    const bool adds = adding != nullptr && adding->section == section.number;
    if (adds) out.ShowSection("ADD_OPEN");
    auto& add = *out.AddSectionDictionary("ADD");
    add["NUMBER"] = number;
    fill_row_fields(add, adds ? adding->entry : ProgrammeRow(), "new-" + number);
    if (adds && adding->entry.is_break) add.ShowSection("BREAK");
  }

  void fill_paste(TemplateDictionary& paste) {
    paste["LIST"] = page_.list;
    for (const auto& section : programme_.sections) {
      auto& choice = *paste.AddSectionDictionary("TO");
      choice["VALUE"] = std::to_string(section.number);
      choice["TEXT"] = section.title;
      if (section.number == page_.list_section) choice.ShowSection("SELECTED");
    }
    if (!page_.list.empty()) paste.ShowSection("PASTE_OPEN");
    if (!page_.understood) return;
    auto& seen = *paste.AddSectionDictionary("UNDERSTOOD");
    ProgrammeSection section;
    for (const auto& one : programme_.sections)
      if (one.number == page_.list_section) section = one;
    const auto before = section.rows.size();
    service::ProgrammeEdit edit;
    edit.what = What::append;
    edit.section = section.number;
    edit.rows = page_.understood->rows;
    edit.first = page_.understood->first;
    Programme shown;
    shown.sections.push_back(section);
    auto after = service::edited(std::move(shown), edit);
    if (after) section = after->sections.front();
    const auto times = times_of(section);
    for (std::size_t i = before; i < section.rows.size(); ++i) {
      const auto& row = section.rows[i];
      auto& out = *seen.AddSectionDictionary("LINE");
      out["HOURS"] = hours_text(times[i]);
      out["TITLE"] = row.title;
      out["WHO"] = join(row.speakers, "; ");
      if (row.is_break) out.ShowSection("PAUSE");
      if (!row.is_break && row.speakers.empty()) out.ShowSection("NOBODY");
    }
  }

  const ProgrammeDeskPage& page_;
  const service::ProgrammeDesk& desk_;
  const Programme& programme_;
  Language language_;
};

}  // namespace

std::string render_programme_desk(const ProgrammeDeskPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& conference = page.desk->conference;
  TemplateDictionary values("manage_programme");
  fill_manage_frame(values, frame, tr(language, "Programme") + ": " + conference.title, Desk::plans);
  values["EVENT_TITLE"] = conference.title;
  values["EVENT_HREF"] = event_path(conference.id);
  values["ACTION"] = programme_desk_path(conference.id);
  values["CSRF"] = frame.csrf;
  values["VERSION"] = std::to_string(page.desk->programme.version);
  values["WHEN"] = when_text(conference.period, language);
  if (days_of(conference) == 0) values.ShowSection("NO_DAY");
  if (!page.desk->programme.sections.empty())
    (*values.AddSectionDictionary("PUBLISHED"))["HREF"] = programme_path(conference.id);
  show_text(values, "PROBLEM", page.problem);
  DeskWriter(page, frame).fill(values);
  return render_template("manage_programme.html", language, values);
}

}  // namespace convoke::web
