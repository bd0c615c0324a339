#include "documents/plan_walk.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/prose.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr std::size_t longest_label = 70;
constexpr std::size_t longest_numbered_caption = 120;

// "Цель: …", "Методическая тема: …": a label and its text on one line.
bool is_labelled(const std::string& line, std::string& label, std::string& text) {
  const auto colon = line.find(':');
  if (colon == std::string::npos || colon + 1 >= line.size()) return false;
  label = std::string(trim(std::string_view(line).substr(0, colon)));
  text = std::string(trim(std::string_view(line).substr(colon + 1)));
  if (text.empty() || length(label) > longest_label) return false;
  return is_goal_caption(label) ||
         has_stem(fold(label), {"тема", "тэма", "проблема", "праблема", "theme", "topic", "девіз", "девиз"});
}

class Walker {
 public:
  Walker(const std::vector<Part>& parts, const TitleReading& title, const WalkContext& context)
      : parts_(parts), title_(title), context_(context) {}

  Walk run() {
    for (at_ = 0; at_ < parts_.size(); ++at_) {
      if (title_.found && at_ >= title_.first && at_ <= title_.last) continue;
      if (const auto* table = std::get_if<TablePart>(&parts_[at_]))
        this->table(*table);
      else
        paragraph(std::get<Paragraph>(parts_[at_]));
    }
    return std::move(out_);
  }

 private:
  void paragraph(const Paragraph& paragraph) {
    const std::string line = plain_line(paragraph.text);
    if (line.empty()) return;
    std::string label, text;
    const auto mark = mark_of(paragraph);
    const bool listed = mark.kind == ListMark::Kind::bullet || mark.kind == ListMark::Kind::arabic;
    if (!listed && is_labelled(line, label, text)) {
      leave_list();
      out_.preamble.push_back({label, text});
    } else if ((!listed || line.ends_with(':')) && is_goal_caption(line)) {
      leave_list();
      in_goals_ = true;
      caption_ = caption_text(line);
    } else if (in_goals_ && goal(paragraph, line, mark, listed)) {
      return;
    } else if (is_month_caption(line) || (is_caption(paragraph) && mark.kind != ListMark::Kind::bullet)) {
      caption(line);
    } else if (before_table() && (!listed || is_numbered_caption(line, mark))) {
      caption_before_table(line, mark);
    } else {
      prose(paragraph, line, mark, listed);
    }
  }

  void leave_list() {
    in_goals_ = false;
    goals_here_ = 0;
    group_ = false;
    open_title_ = false;
    pending_.clear();
  }

  // A line under "Задачи:"; false when the list is over.
  bool goal(const Paragraph& paragraph, const std::string& line, const ListMark& mark, bool listed) {
    auto* last = goals_here_ > 0 ? &out_.drafts.back().entry : nullptr;
    if (!listed && last != nullptr && !paragraph.after_empty && starts_lower(line) &&
        paragraph.marker.empty()) {
      last->title += " " + line;
      out_.preamble.back().text = last->title;
      return true;
    }
    const bool plain_item = !listed && !bulleted_goals_ &&
                            (line.ends_with(';') || line.ends_with('.') || line.ends_with(',')) &&
                            mark.kind == ListMark::Kind::none;
    if (!listed && !plain_item) {
      leave_list();
      return false;
    }
    bulleted_goals_ = goals_here_ == 0 ? listed : bulleted_goals_;
    Draft draft;
    draft.origin = Draft::Origin::goal;
    draft.entry.section = caption_;
    draft.entry.number = mark.kind == ListMark::Kind::arabic ? mark.number : "";
    draft.entry.title = listed ? mark.rest : line;
    out_.preamble.push_back({caption_, draft.entry.title});
    out_.drafts.push_back(std::move(draft));
    ++goals_here_;
    ++out_.directions;
    return true;
  }

  void caption(const std::string& line) {
    leave_list();
    bulleted_goals_ = false;
    pending_ = line;
    caption_ = caption_text(line);
    out_.caption_names_plan = out_.caption_names_plan || names_plan(fold(line));
    if (!is_month_caption(line)) {
      const auto mark = read_list_mark(caption_);
      if (mark.kind == ListMark::Kind::roman || !prose_.month().empty()) prose_.clear();
    }
    prose_.enter(line, is_month_caption(line));
    prose_.item_follows();
  }

  // "1. Методическая работа" right above its table.
  static bool is_numbered_caption(const std::string& line, const ListMark& mark) {
    return mark.kind == ListMark::Kind::arabic && length(line) <= longest_numbered_caption &&
           !line.ends_with('.') && !line.ends_with(';');
  }

  bool before_table() const {
    for (auto next = at_ + 1; next < parts_.size(); ++next) {
      if (const auto* paragraph = std::get_if<Paragraph>(&parts_[next])) {
        if (!trim(paragraph->text).empty()) return false;
        continue;
      }
      return true;
    }
    return false;
  }

  // A plain line right above a table: its caption, unless it is the tail of the title.
  void caption_before_table(const std::string& line, const ListMark& mark) {
    const bool numbered = mark.kind == ListMark::Kind::roman || mark.kind == ListMark::Kind::arabic ||
                          begins_with(fold(line), {"раздел", "розділ", "раздзел", "section"});
    leave_list();
    if (length(line) <= 160 && (numbered || tables_ > 0) && !line.ends_with('.'))
      pending_ = line;
    else
      out_.preamble.push_back({"", line});
  }

  void table(const TablePart& table) {
    std::optional<Columns> columns = table.heading;
    if (columns) {
      const auto title = std::find_if(columns->begin(), columns->end(),
                                      [](const Column& c) { return c.role == Role::title; });
      out_.strong_table = out_.strong_table || (title != columns->end() && title->strong) ||
                          has_role(*columns, Role::responsible);
      if (!has_role(*columns, Role::period)) find_period_column(table, *columns);
    } else if (!columns_.empty() && columns_.size() == table.width) {
      columns = columns_;
    } else if (context_.is_titled_plan) {
      columns = guess_columns(table.rows, context_.reader, context_.language, context_.year);
      if (columns)
        out_.warnings.push_back(
            "columns: a table has no heading row; its columns were told by their content");
    }
    if (!columns) {
      leave_list();
      return;
    }
    if (!pending_.empty()) sections_.enter(pending_, is_month_caption(pending_));
    sections_.item_follows();
    leave_list();
    columns_ = *columns;
    ++tables_;
    for (auto& entry : read_rows(table, columns_, sections_, out_.tail)) {
      Draft draft;
      draft.entry = std::move(entry);
      out_.drafts.push_back(std::move(draft));
    }
  }

  // A heading named no period: perhaps one of the columns it did not explain holds them.
  void find_period_column(const TablePart& table, Columns& columns) {
    if (!context_.is_titled_plan) return;
    const auto guess = guess_columns(table.rows, context_.reader, context_.language, context_.year);
    if (!guess) return;
    for (std::size_t i = 0; i < columns.size() && i < guess->size(); ++i)
      if ((*guess)[i].role == Role::period && columns[i].role == Role::other) {
        columns[i].role = Role::period;
        out_.warnings.push_back("columns: the periods were found by their content, no heading names them");
      }
  }

  void prose(const Paragraph& paragraph, const std::string& line, const ListMark& mark, bool listed) {
    pending_.clear();
    const std::string& text = mark.kind == ListMark::Kind::none ? line : mark.rest;
    // Items counted like the meeting itself stand beside it, not on its agenda.
    if (group_ && numbered_group_ && mark.kind == ListMark::Kind::arabic) group_ = false;
    const auto roman = mark.kind == ListMark::Kind::roman && mark.rest.empty() ? std::optional(mark.number)
                                                                               : lone_roman(text);
    if (roman) {
      numbered_meeting(*roman);
    } else if (opens_meeting(text)) {
      entry(prose_entry(text, context_), mark.kind == ListMark::Kind::arabic ? mark.number : "");
      group_ = true;
      numbered_group_ = mark.kind == ListMark::Kind::arabic;
    } else if (listed && group_) {
      out_.drafts.back().entry.agenda.push_back(text);
    } else if (listed || (paragraph.tab_led && length(line) > 20)) {
      entry(prose_entry(text, context_), mark.kind == ListMark::Kind::arabic ? mark.number : "");
      if (!listed)
        out_.drafts.back().entry.section.clear();  // indented like a caption, it stands beside them
      group_ = false;
      open_title_ = true;
    } else if (open_title_ && (starts_with_quote(line) || is_lower(decode(line)[0]))) {
      auto& last = out_.drafts.back().entry;
      (group_ && !last.agenda.empty() ? last.agenda.back() : last.title) += " " + line;
      last.warnings.push_back("joined: a title broken over two paragraphs was put together");
    } else if (in_plan_ && names_work(line)) {
      entry(prose_entry(line, context_), "");
      out_.drafts.back().entry.section.clear();
      group_ = false;
    } else if (auto dated = prose_entry(line, context_); !dated.period.empty() && !caption_.empty()) {
      entry(std::move(dated), "");
    } else {
      open_title_ = false;
      const bool letterhead = title_.found && at_ < title_.first;
      if (!letterhead) out_.preamble.push_back({"", line});
    }
  }

  static std::optional<std::string> lone_roman(std::string text) {
    while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
    return roman_number(text);
  }

  void numbered_meeting(const std::string& number) {
    Entry made;
    made.title = meeting_title(caption_, number);
    made.raw.push_back(number);
    made.warnings.push_back("title: the document has only the number " + number +
                            "; the title was made from the caption");
    entry(std::move(made), number);
    group_ = true;
    numbered_group_ = false;
  }

  void entry(Entry made, const std::string& number) {
    Draft draft;
    draft.origin = Draft::Origin::prose;
    draft.entry = std::move(made);
    draft.entry.number = number;
    draft.entry.section = prose_.path();
    draft.entry.month = prose_.month();
    out_.drafts.push_back(std::move(draft));
    open_title_ = true;
    in_plan_ = true;
  }

  // A paragraph among the lists of a plan that is work by its first word.
  static bool names_work(const std::string& line) {
    return length(line) > 20 &&
           begins_with(fold(line), {"організація ", "проведення ", "участь ", "підготовка ", "организация ",
                                    "проведение ", "участие ", "подготовка ", "арганізацыя ", "правядзенне ",
                                    "удзел ", "падрыхтоўка ", "organisation of ", "organization of ",
                                    "participation in ", "preparation of "});
  }

  const std::vector<Part>& parts_;
  const TitleReading& title_;
  const WalkContext& context_;
  Walk out_;
  std::size_t at_ = 0, tables_ = 0, goals_here_ = 0;
  bool in_goals_ = false, bulleted_goals_ = false;
  bool group_ = false;           // bullets are the agenda of the last entry
  bool numbered_group_ = false;  // that entry is an item of a numbered list
  bool in_plan_ = false;         // an entry in prose stands before
  bool open_title_ = false;      // the last entry's title may go on in the next paragraph
  std::string caption_, pending_;
  SectionStack sections_, prose_;
  Columns columns_;  // of the last table with a heading
};

}  // namespace

Walk walk(const std::vector<Part>& parts, const TitleReading& title, const WalkContext& context) {
  return Walker(parts, title, context).run();
}

}  // namespace convoke::documents
