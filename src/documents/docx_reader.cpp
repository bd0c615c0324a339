#include "base/text.hpp"
#include "documents/list_labels.hpp"
#include "documents/readers.hpp"
#include "documents/table_builder.hpp"
#include "documents/xml.hpp"

#include <vector>

namespace convoke::documents {
namespace {

// Half-way through a document a table may hang no deeper than a person can draw one.
constexpr std::size_t endless_rows = 100'000;

LabelFormat label_format(std::string_view name) {
  if (name == "bullet") return LabelFormat::bullet;
  if (name == "upperRoman") return LabelFormat::upper_roman;
  if (name == "lowerRoman") return LabelFormat::lower_roman;
  if (name == "upperLetter" || name == "russianUpper") return LabelFormat::upper_letter;
  if (name == "lowerLetter" || name == "russianLower") return LabelFormat::lower_letter;
  return name == "none" ? LabelFormat::none : LabelFormat::decimal;
}

// word/numbering.xml: the definition of each list by its w:numId.
class Numbering {
 public:
  void load(const pugi::xml_document& part) {
    const auto root = child(part, "numbering");
    std::map<std::string, ListDefinition, std::less<>> abstract;
    for (const auto node : root.children())
      if (local_name(node) == "abstractNum")
        abstract[std::string(attribute(node, "abstractNumId"))] = definition(node);
    for (const auto node : root.children()) {
      if (local_name(node) != "num") continue;
      const auto found = abstract.find(attribute(child(node, "abstractNumId"), "val"));
      if (found != abstract.end())
        lists_[std::string(attribute(node, "numId"))] = {found->first, found->second};
    }
  }

  // The label of the next paragraph of list `id`; "•" for a list that is not defined.
  std::string next(std::string_view id, std::size_t level) {
    const auto found = lists_.find(id);
    if (found == lists_.end()) return "•";
    return counters_[found->second.first].next(found->second.second, level);
  }

 private:
  static ListDefinition definition(pugi::xml_node abstract) {
    ListDefinition out;
    for (const auto level : abstract.children()) {
      if (local_name(level) != "lvl") continue;
      auto& shape = out.levels[count_attribute(level, "ilvl", 0, list_levels - 1)];
      shape.format = label_format(attribute(child(level, "numFmt"), "val"));
      if (const auto pattern = child(level, "lvlText")) shape.pattern = attribute(pattern, "val");
      shape.start = count_attribute(child(level, "start"), "val", 1, 10'000);
    }
    return out;
  }

  std::map<std::string, std::pair<std::string, ListDefinition>, std::less<>> lists_;
  std::map<std::string, ListCounter, std::less<>> counters_;  // lists of one definition count on
};

class DocxReader {
 public:
  explicit DocxReader(Archive& archive) : archive_(archive) {}

  Result<Document> read() {
    auto main = part("word/document.xml");
    if (!main) return main.error();
    if (archive_.has("word/numbering.xml")) {
      auto numbering = part("word/numbering.xml");
      if (!numbering) return numbering.error();
      numbering_.load(**numbering);
    }
    if (archive_.has("word/styles.xml")) {
      auto styles = part("word/styles.xml");
      if (!styles) return styles.error();
      load_styles(**styles);
    }
    blocks(child(child(**main, "document"), "body"));
    return std::move(builder_).finish();
  }

 private:
  Result<std::unique_ptr<pugi::xml_document>> part(std::string_view name) {
    auto bytes = archive_.read(name);
    if (!bytes) return bytes.error();
    return parse_xml(*bytes);
  }

  void load_styles(const pugi::xml_document& styles) {
    for (const auto style : child(styles, "styles").children()) {
      const auto id = attribute(child(child(child(style, "pPr"), "numPr"), "numId"), "val");
      if (!id.empty()) style_lists_[std::string(attribute(style, "styleId"))] = id;
    }
  }

  void blocks(pugi::xml_node parent) {
    for (const auto node : parent.children()) {
      if (builder_.full()) return;
      const auto name = local_name(node);
      if (name == "p")
        paragraph(node);
      else if (name == "tbl")
        table(node);
      else if (name == "sdt" || name == "sdtContent" || name == "ins" || name == "customXml" ||
               name == "smartTag" || name == "txbxContent")
        blocks(node);
    }
  }

  std::string label_of(pugi::xml_node paragraph) {
    const auto properties = child(paragraph, "pPr");
    const auto own = child(properties, "numPr");
    std::string_view id = attribute(child(own, "numId"), "val");
    if (id.empty()) {
      const auto style = style_lists_.find(attribute(child(properties, "pStyle"), "val"));
      if (style != style_lists_.end()) id = style->second;
    }
    if (id.empty() || id == "0") return {};
    return numbering_.next(id, count_attribute(child(own, "ilvl"), "val", 0, list_levels - 1));
  }

  void paragraph(pugi::xml_node node) {
    std::vector<pugi::xml_node> boxes;
    Paragraph out;
    runs(node, out.text, boxes);
    // Word numbers empty paragraphs too, but nobody writes them to be read.
    if (!trim(out.text).empty()) out.marker = label_of(node);
    for (const auto box : boxes) blocks(box);
    builder_.paragraph(std::move(out));
  }

  // Text of runs; what hangs in text boxes is collected, to stand as paragraphs of its own.
  void runs(pugi::xml_node parent, std::string& text, std::vector<pugi::xml_node>& boxes) {
    for (const auto node : parent.children()) {
      const auto name = local_name(node);
      if (name == "t")
        text += node.text().get();
      else if (name == "tab")
        text += '\t';
      else if (name == "br" || name == "cr")
        text += '\n';
      else if (name == "noBreakHyphen")
        text += '-';
      else if (name == "txbxContent")
        boxes.push_back(node);
      else if (name == "AlternateContent")
        runs(child(node, "Choice") ? child(node, "Choice") : child(node, "Fallback"), text, boxes);
      else if (name != "pPr" && name != "rPr" && name != "del" && name != "moveFrom" && name != "instrText")
        runs(node, text, boxes);
    }
  }

  // The paragraphs of a cell, a line each; a table inside a cell becomes lines too.
  void cell_lines(pugi::xml_node parent, std::string& out) {
    for (const auto node : parent.children()) {
      const auto name = local_name(node);
      if (out.size() > max_cell_bytes) return;
      if (name == "p") {
        std::vector<pugi::xml_node> boxes;
        std::string text;
        runs(node, text, boxes);
        const std::string label = label_of(node);
        for (const auto box : boxes) cell_lines(box, out);
        if (!label.empty()) text = text.empty() ? label : label + " " + text;
        if (trim(text).empty()) continue;
        if (!out.empty()) out += '\n';
        out += text;
      } else if (name == "tbl" || name == "tr" || name == "tc" || name == "sdt" || name == "sdtContent" ||
                 name == "ins" || name == "txbxContent") {
        cell_lines(node, out);
      }
    }
  }

  void table(pugi::xml_node node) {
    builder_.begin_table();
    row_.reset();
    rows(node);
  }

  void rows(pugi::xml_node parent) {
    for (const auto node : parent.children()) {
      const auto name = local_name(node);
      if (name == "sdt" || name == "sdtContent" || name == "ins" || name == "customXml") rows(node);
      if (name != "tr" || child(child(node, "trPr"), "del")) continue;
      const auto before = count_attribute(child(child(node, "trPr"), "gridBefore"), "val", 0, max_columns);
      for (std::size_t i = 0; i < before; ++i) row_.cell("");
      cells(node);
      builder_.row(row_.take());
      if (builder_.full()) return;
    }
  }

  void cells(pugi::xml_node parent) {
    for (const auto node : parent.children()) {
      const auto name = local_name(node);
      if (name == "sdt" || name == "sdtContent" || name == "customXml") cells(node);
      if (name != "tc") continue;
      const auto properties = child(node, "tcPr");
      const auto span = count_attribute(child(properties, "gridSpan"), "val", 1, max_columns);
      const auto merge = child(properties, "vMerge");
      std::string text;
      cell_lines(node, text);
      if (merge && attribute(merge, "val") != "restart") {
        for (std::size_t i = 0; i < span; ++i) row_.covered();
      } else {
        row_.cell(std::move(text), span, merge ? endless_rows : 1);
      }
    }
  }

  Archive& archive_;
  Numbering numbering_;
  std::map<std::string, std::string, std::less<>> style_lists_;
  DocumentBuilder builder_;
  RowBuilder row_;
};

}  // namespace

Result<Document> read_docx(Archive& archive) {
  return DocxReader(archive).read();
}

}  // namespace convoke::documents
