#include "base/text.hpp"
#include "documents/list_labels.hpp"
#include "documents/readers.hpp"
#include "documents/table_builder.hpp"
#include "documents/xml.hpp"

#include <algorithm>
#include <vector>

namespace convoke::documents {
namespace {

constexpr std::size_t max_repeats = 1000;  // of one row or cell; sheets repeat empty ones to their far end

LabelFormat label_format(std::string_view format) {
  if (format == "I") return LabelFormat::upper_roman;
  if (format == "i") return LabelFormat::lower_roman;
  if (format == "A") return LabelFormat::upper_letter;
  if (format == "a") return LabelFormat::lower_letter;
  return format.empty() ? LabelFormat::none : LabelFormat::decimal;
}

class OdfReader {
 public:
  explicit OdfReader(Archive& archive) : archive_(archive) {}

  Result<Document> read() {
    auto bytes = archive_.read("content.xml");
    if (!bytes) return bytes.error();
    auto content = parse_xml(*bytes);
    if (!content) return content.error();
    const auto root = child(**content, "document-content");
    load_lists(child(root, "automatic-styles"));
    const auto body = child(root, "body");
    if (const auto text = child(body, "text"))
      blocks(text);
    else if (const auto sheets = child(body, "spreadsheet"))
      blocks(sheets);
    else
      return Error{Errc::unsupported_format, "the OpenDocument file is neither a text nor a spreadsheet"};
    return std::move(builder_).finish();
  }

 private:
  void load_lists(pugi::xml_node styles) {
    for (const auto style : styles.children()) {
      if (local_name(style) != "list-style") continue;
      ListDefinition definition;
      for (const auto level : style.children()) {
        auto& shape =
            definition.levels[std::max<std::size_t>(count_attribute(level, "level", 1, list_levels), 1) - 1];
        if (local_name(level) != "list-level-style-number") continue;
        shape.format = label_format(attribute(level, "num-format"));
        shape.start = count_attribute(level, "start-value", 1, 10'000);
        // Upper levels shown before the own one: display-levels counts them.
        const auto shown = std::max<std::size_t>(count_attribute(level, "display-levels", 1, list_levels), 1);
        const auto own = count_attribute(level, "level", 1, list_levels);
        shape.pattern = std::string(attribute(level, "num-prefix"));
        for (std::size_t i = own >= shown ? own - shown + 1 : 1; i <= own; ++i)
          shape.pattern += "%" + std::to_string(i) + (i < own ? "." : "");
        shape.pattern += attribute(level, "num-suffix");
      }
      definitions_[std::string(attribute(style, "name"))] = definition;
    }
  }

  void blocks(pugi::xml_node parent) {
    for (const auto node : parent.children()) {
      if (builder_.full()) return;
      const auto name = local_name(node);
      if (name == "p" || name == "h")
        paragraph(node, {});
      else if (name == "list")
        list(node, std::string(attribute(node, "style-name")), 0);
      else if (name == "table")
        table(node);
      else if (name == "section" || name == "text-box" || name == "index-body")
        blocks(node);
      else if (name == "frame")
        blocks(node);
    }
  }

  void paragraph(pugi::xml_node node, std::string marker) {
    Paragraph out;
    std::vector<pugi::xml_node> boxes;
    inline_text(node, out.text, boxes);
    out.marker = std::move(marker);
    for (const auto box : boxes) blocks(box);
    if (!trim(out.text).empty() || out.marker.empty()) builder_.paragraph(std::move(out));
  }

  void inline_text(pugi::xml_node parent, std::string& text, std::vector<pugi::xml_node>& boxes) {
    for (const auto node : parent.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        // Line breaks inside the XML text are spaces (ODF 1.2 part 1, 6.1.2).
        for (const char c : std::string_view(node.value())) text += c == '\n' || c == '\t' ? ' ' : c;
        continue;
      }
      const auto name = local_name(node);
      if (name == "s")
        text.append(count_attribute(node, "c", 1, max_repeats), ' ');
      else if (name == "tab")
        text += '\t';
      else if (name == "line-break")
        text += '\n';
      else if (name == "frame" || name == "text-box")
        boxes.push_back(node);
      else if (name != "annotation" && name != "note" && name != "bookmark")
        inline_text(node, text, boxes);
    }
  }

  // Calls `item(node, label)` for each paragraph of the list; only the first of an item carries the label.
  template<class Item>
  void list_items(pugi::xml_node node, const std::string& style, std::size_t level, const Item& item) {
    const std::string own =
        attribute(node, "style-name").empty() ? style : std::string(attribute(node, "style-name"));
    auto& counter = counters_[own];
    if (level == 0 && attribute(node, "continue-numbering") != "true" &&
        attribute(node, "continue-list").empty())
      counter = ListCounter{};
    const auto found = definitions_.find(own);
    ListDefinition definition;
    if (found != definitions_.end()) definition = found->second;
    for (const auto entry : node.children()) {
      const bool header = local_name(entry) == "list-header";
      if (local_name(entry) != "list-item" && !header) continue;
      bool first = !header;
      for (const auto part : entry.children()) {
        if (local_name(part) == "list") list_items(part, own, level + 1, item);
        if (local_name(part) != "p" && local_name(part) != "h") continue;
        item(part, first ? counter.next(definition, level) : std::string());
        first = false;
      }
    }
  }

  void list(pugi::xml_node node, const std::string& style, std::size_t level) {
    list_items(node, style, level,
               [this](pugi::xml_node part, std::string label) { paragraph(part, std::move(label)); });
  }

  void cell_line(pugi::xml_node node, std::string label, std::string& out) {
    std::vector<pugi::xml_node> boxes;
    std::string text;
    inline_text(node, text, boxes);
    for (const auto box : boxes) cell_lines(box, out);
    if (!label.empty()) text = text.empty() ? label : label + " " + text;
    if (trim(text).empty()) return;
    if (!out.empty()) out += '\n';
    out += text;
  }

  void cell_lines(pugi::xml_node parent, std::string& out) {
    for (const auto node : parent.children()) {
      if (out.size() > max_cell_bytes) return;
      const auto name = local_name(node);
      if (name == "p" || name == "h")
        cell_line(node, {}, out);
      else if (name == "list")
        list_items(node, {}, 0,
                   [&](pugi::xml_node part, std::string label) { cell_line(part, std::move(label), out); });
      else if (name != "annotation")
        cell_lines(node, out);
    }
  }

  void table(pugi::xml_node node) {
    builder_.begin_table();
    row_.reset();
    rows(node);
  }

  void rows(pugi::xml_node parent) {
    for (const auto node : parent.children()) {
      if (builder_.full()) return;
      const auto name = local_name(node);
      if (name == "table-header-rows" || name == "table-rows" || name == "table-row-group") rows(node);
      if (name != "table-row" || attribute(node, "visibility") == "collapse") continue;
      cells(node);
      auto made = row_.take();
      const bool empty =
          std::all_of(made.begin(), made.end(), [](const Cell& c) { return trim(c.text).empty(); });
      const auto repeats = empty ? 1 : count_attribute(node, "number-rows-repeated", 1, max_repeats);
      for (std::size_t i = 0; i < repeats && !builder_.full(); ++i) builder_.row(made);
    }
  }

  // The text of a date cell of a sheet is its value, so that a reader's own date format does not matter.
  static std::string cell_value(pugi::xml_node node, std::string text) {
    if (attribute(node, "value-type") != "date") return text;
    std::string value(attribute(node, "date-value"));
    if (const auto t = value.find('T'); t != std::string::npos) {
      const std::string time = value.substr(t + 1, 5);
      value = value.substr(0, t) + (time == "00:00" ? "" : " " + time);
    }
    return value.empty() ? text : value;
  }

  void cells(pugi::xml_node parent) {
    std::size_t covered_by_span = 0;
    for (const auto node : parent.children()) {
      const auto name = local_name(node);
      const auto repeats = count_attribute(node, "number-columns-repeated", 1, max_columns);
      if (name == "covered-table-cell") {
        for (std::size_t i = 0; i < repeats; ++i) {
          if (covered_by_span > 0)
            --covered_by_span;
          else
            row_.covered();
        }
      }
      if (name != "table-cell") continue;
      std::string text;
      cell_lines(node, text);
      text = cell_value(node, std::move(text));
      const auto columns = count_attribute(node, "number-columns-spanned", 1, max_columns);
      for (std::size_t i = 0; i < repeats; ++i)
        row_.cell(text, columns, count_attribute(node, "number-rows-spanned", 1, max_repeats));
      covered_by_span = columns - std::min<std::size_t>(columns, 1);
    }
  }

  Archive& archive_;
  std::map<std::string, ListDefinition, std::less<>> definitions_;
  std::map<std::string, ListCounter, std::less<>> counters_;
  DocumentBuilder builder_;
  RowBuilder row_;
};

}  // namespace

Result<Document> read_odf(Archive& archive) {
  return OdfReader(archive).read();
}

}  // namespace convoke::documents
