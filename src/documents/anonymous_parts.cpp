#include "documents/anonymous_parts.hpp"

#include "base/text.hpp"
#include "documents/archive.hpp"
#include "documents/xml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <vector>

namespace convoke::documents {
namespace {

// Valid parts that say nothing. The names of Office's parts know no case: all are compared in small letters.
struct Part {
  std::string_view start, end, bare;
};

constexpr std::string_view bare_core =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties "
    "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>";

// Properties alone: nobody looks at what stands in them.
constexpr std::array office_properties = std::to_array<Part>({
    {"docprops/core", ".xml", bare_core},
    {"", ".psmdcp", bare_core},
    {"docprops/app", ".xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
     "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>"},
    {"docprops/custom", ".xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
     "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>"},
    {"docmetadata/labelinfo", ".xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<clbl:labelList "
     "xmlns:clbl=\"http://schemas.microsoft.com/office/2020/mipLabelMetadata\"/>"},
});
constexpr std::string_view bare_meta =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta "
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "office:version=\"1.2\"><office:meta/></office:document-meta>";

// Lists beside the text that are made anonymous where they can be read and emptied where they cannot. The
// first that fits counts.
constexpr std::array lists = std::to_array<Part>({
    {"word/", "/commentsextended.xml",
     "<w15:commentsEx xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/>"},
    {"word/", "/commentsids.xml",
     "<w16cid:commentsIds xmlns:w16cid=\"http://schemas.microsoft.com/office/word/2016/wordml/cid\"/>"},
    {"word/", "/commentsextensible.xml",
     "<w16cex:commentsExtensible "
     "xmlns:w16cex=\"http://schemas.microsoft.com/office/word/2018/wordml/cex\"/>"},
    {"word/", "/comments.xml",
     "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"},
    {"word/", "/people.xml",
     "<w15:people xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/>"},
    {"ppt/", "/commentauthors.xml",
     "<p:cmAuthorLst xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"},
    {"ppt/", "/authors.xml",
     "<p188:authorLst xmlns:p188=\"http://schemas.microsoft.com/office/powerpoint/2018/8/main\"/>"},
    {"ppt/comments/moderncomment", ".xml",
     "<p188:cmLst xmlns:p188=\"http://schemas.microsoft.com/office/powerpoint/2018/8/main\"/>"},
    {"ppt/comments/", ".xml",
     "<p:cmLst xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"},
    {"ppt/changesinfos/", ".xml",
     "<pc:chgInfo xmlns:pc=\"http://schemas.microsoft.com/office/powerpoint/2013/main/command\"/>"},
    {"ppt/", "/revisioninfo.xml",
     "<p1510:revInfo xmlns:p1510=\"http://schemas.microsoft.com/office/powerpoint/2015/10/main\"/>"},
});

// Who wrote a comment or changed a word: attributes of Office, elements of ODF and of properties that stand
// elsewhere than they use to.
constexpr std::array author_attributes = std::to_array<std::string_view>({"author", "initials", "userId"});
constexpr std::array author_elements =
    std::to_array<std::string_view>({"creator", "initial-creator", "creator-initials", "sender-initials",
                                     "printed-by", "lastModifiedBy", "Company", "Manager"});
constexpr std::string_view nobody = "-";
// What word processors write where there is no other template. The real one is a path of its author's disk.
constexpr std::string_view usual_template = "Normal.dotm";

const Part* find_in(const auto& parts, std::string_view name) {
  const auto* const found = std::ranges::find_if(parts, [name](const Part& part) {
    // "word/comments.xml" has one slash, which is its folder's and the beginning of the end.
    const auto least = std::max(part.start.size(), part.end.size());
    return name.size() >= least && name.starts_with(part.start) && name.ends_with(part.end);
  });
  return found == parts.end() ? nullptr : found;
}

// Who signed stands in the certificate, and no signature holds for a copy that is another document.
bool is_signature(std::string_view name, UploadFormat format) {
  if (format == UploadFormat::odt)
    return name.starts_with("meta-inf/") && name.find("signatures") != std::string_view::npos;
  return name.starts_with("_xmlsignatures/") || name.starts_with("package/services/digital-signature/") ||
         name.ends_with(".psdsor") || name.ends_with(".psdsxs");
}

std::optional<std::string_view> bare_properties(std::string_view name, UploadFormat format) {
  if (format == UploadFormat::odt)
    return name == "meta.xml" || name.ends_with("/meta.xml") ? std::optional(bare_meta) : std::nullopt;
  const auto* const found = find_in(office_properties, name);
  return found == nullptr ? std::nullopt : std::optional(found->bare);
}

bool may_name_authors(std::string_view name, UploadFormat format) {
  if (format == UploadFormat::odt)
    return name == "content.xml" || name == "styles.xml" || name.ends_with("/content.xml") ||
           name.ends_with("/styles.xml");
  // Data that forms are filled in with are text, and may be in any encoding.
  if (name.starts_with("customxml/")) return false;
  return name.ends_with(".xml") || name.ends_with(".rels");
}

// A list of the people who commented or changed something: their names are attributes of its entries.
bool lists_people(std::string_view name) {
  return name.ends_with("/commentauthors.xml") || name.ends_with("/people.xml") ||
         name.ends_with("/authors.xml") || name.starts_with("ppt/changesinfos/");
}

bool hide_attributes(pugi::xml_node node, bool people) {
  bool changed = false;
  for (auto attribute : node.attributes()) {
    std::string_view name = attribute.name();
    name.remove_prefix(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    const bool names_somebody =
        std::ranges::find(author_attributes, name) != author_attributes.end() || (people && name == "name");
    if (!names_somebody || nobody == attribute.value()) continue;
    attribute.set_value(std::string(nobody).c_str());
    changed = true;
  }
  return changed;
}

class AuthorHider : public pugi::xml_tree_walker {
 public:
  explicit AuthorHider(bool people) : people_(people) {}
  bool for_each(pugi::xml_node& node) override {
    if (node.type() != pugi::node_element) return true;
    changed = hide_attributes(node, people_) || changed;
    if (std::ranges::find(author_elements, local_name(node)) == author_elements.end()) return true;
    node.remove_children();
    node.append_child(pugi::node_pcdata).set_value(std::string(nobody).c_str());
    return changed = true;
  }
  bool changed = false;

 private:
  bool people_;
};

// Nothing points to a signature any more, and to no template on its author's disk.
bool mend_relationships(pugi::xml_node root) {
  bool changed = false;
  std::vector<pugi::xml_node> gone;
  for (auto relation : root.children()) {
    const auto type = attribute(relation, "Type");
    if (type.find("/digital-signature/") != std::string_view::npos) gone.push_back(relation);
    if (!type.ends_with("/attachedTemplate") || usual_template == relation.attribute("Target").value())
      continue;
    while (auto target = relation.attribute("Target")) relation.remove_attribute(target);
    relation.append_attribute("Target").set_value(std::string(usual_template).c_str());
    changed = true;
  }
  for (const auto relation : gone) root.remove_child(relation);
  return changed || !gone.empty();
}

bool forget_signatures(pugi::xml_node types, UploadFormat format) {
  std::vector<pugi::xml_node> gone;
  for (auto type : types.children()) {
    auto name = to_lower(attribute(type, "PartName"));
    if (name.starts_with('/')) name.erase(0, 1);
    if (is_signature(name, format)) gone.push_back(type);
  }
  for (const auto type : gone) types.remove_child(type);
  return !gone.empty();
}

// Nothing: it says nothing of anybody. Errors: those of parse_xml().
Result<std::optional<std::string>> without_authors(const std::string& xml, std::string_view name,
                                                   UploadFormat format) {
  using Text = std::optional<std::string>;
  auto parsed = parse_xml(xml);
  if (!parsed) return parsed.error();
  AuthorHider hider(lists_people(name));
  (*parsed)->traverse(hider);
  bool changed = hider.changed;
  const auto root = (*parsed)->document_element();
  if (name.ends_with(".rels")) changed = mend_relationships(root) || changed;
  if (name == "[content_types].xml") changed = forget_signatures(root, format) || changed;
  if (!changed) return Text();
  std::ostringstream out;
  (*parsed)->save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return Text(std::move(out).str());
}

// A formula as OpenOffice once wrote it: its document type is refused everywhere, and it has no authors.
bool is_old_formula(std::string_view name, std::string_view xml) {
  return name.ends_with("/content.xml") && xml.find("<!DOCTYPE math") != std::string_view::npos;
}

Result<void> judge_part(Archive& archive, const std::string& name, UploadFormat format,
                        PartChanges& changes) {
  const auto lower = to_lower(name);
  if (is_signature(lower, format)) {
    changes.dropped.insert(name);
    return {};
  }
  if (const auto bare = bare_properties(lower, format)) {
    changes.fresh.emplace(name, *bare);
    return {};
  }
  if (!may_name_authors(lower, format)) return {};
  const auto xml = archive.read(name);
  if (xml && format == UploadFormat::odt && is_old_formula(lower, *xml)) return {};
  using Hidden = Result<std::optional<std::string>>;
  auto hidden = xml ? without_authors(*xml, lower, format) : Hidden(xml.error());
  if (!hidden) {
    const auto* const list = find_in(lists, lower);
    if (list == nullptr) return hidden.error();
    changes.fresh.emplace(name, list->bare);
    return {};
  }
  if (*hidden) changes.fresh.emplace(name, std::move(**hidden));
  return {};
}

}  // namespace

Result<PartChanges> parts_without_authors(std::string_view bytes, UploadFormat format) {
  auto archive = Archive::open(bytes);
  if (!archive) return archive.error();
  PartChanges changes;
  std::set<std::string> seen;
  for (const auto& name : archive->names()) {
    // Programs differ in which of two they show: the other one would be nobody's to look at.
    if (!seen.insert(name).second)
      return Error(Errc::invalid_input, "the archive is broken: a part stands in it twice");
    if (const auto judged = judge_part(*archive, name, format, changes); !judged) return judged.error();
  }
  return changes;
}

}  // namespace convoke::documents
