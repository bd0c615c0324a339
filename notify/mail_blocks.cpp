#include "notify/mail_blocks.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace convoke::notify {
namespace {

// Mail programs drop style sheets and the styles of <body>: what is seen stands on each element, in tables.
constexpr std::string_view colour = "#1a5276";

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

struct TextWriter {
  std::string out;

  void operator()(const Paragraph& block) { out += block.text + "\n\n"; }
  void operator()(const Heading& block) { out += block.text + "\n\n"; }
  void operator()(const Facts& block) {
    for (const auto& row : block.rows) out += row.label + ": " + row.value + "\n";
    out += "\n";
  }
  void operator()(const NumberedList& block) {
    out += block.label + ":\n";
    std::size_t number = 0;
    for (const auto& item : block.items) out += fmt::format("  {}. {}\n", ++number, item);
    out += "\n";
  }
  void operator()(const Button& block) { out += block.label + ": " + block.url + "\n\n"; }
  void operator()(const QuietLink& block) { out += block.label + ": " + block.url + "\n\n"; }
  // The address on a line of its own: programs make it a link and do not break it.
  void operator()(const Buttons& block) {
    for (const auto& row : block.rows) out += row.label + ":\n" + row.url + "\n\n";
  }
  void operator()(const Items& block) {
    for (const auto& item : block.rows) {
      out += "* " + item.title + "\n";
      for (const auto& line : item.lines) out += "  " + line + "\n";
      if (!item.url.empty()) out += "  " + item.url + "\n";
      for (const auto& link : item.links) out += "  " + link.label + ":\n  " + link.url + "\n";
      out += "\n";
    }
  }
  // "-- " and a line break begin a signature (RFC 3676 4.3): programs fold it away.
  void operator()(const Footer& block) { out += "-- \n" + block.text + "\n"; }
};

struct HtmlWriter {
  std::string out;

  static std::string link(const std::string& url, const std::string& label) {
    if (!is_web_address(url)) return escape_html(label);
    return fmt::format("<a href=\"{}\" style=\"color:{}\">{}</a>", escape_html(url), colour,
                       escape_html(label));
  }

  // A table of one cell: Outlook gives padding to cells only.
  void button(const Button& one, bool first) {
    if (!is_web_address(one.url)) return;
    out += fmt::format(
        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
        "style=\"margin:0 0 10px\"><tr><td align=\"center\" bgcolor=\"{0}\" "
        "style=\"border:2px solid {1};border-radius:6px\"><a href=\"{2}\" style=\"display:block;"
        "padding:13px 16px;font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:22px;"
        "font-weight:bold;color:{3};text-decoration:none\">{4}</a></td></tr></table>\n",
        first ? colour : "#ffffff", colour, escape_html(one.url), first ? "#ffffff" : colour,
        escape_html(one.label));
  }

  void operator()(const Paragraph& block) {
    out += fmt::format("<p style=\"margin:0 0 16px\">{}</p>\n", escape_html(block.text));
  }
  void operator()(const Heading& block) {
    const bool large = block.level == 1;
    out += fmt::format(
        "<h{0} style=\"margin:{1} 0 12px;font-size:{2}px;line-height:1.3;color:{3}\">{4}</h{0}>\n",
        large ? 1 : 2, large ? "0" : "24px", large ? 21 : 18, colour, escape_html(block.text));
  }
  void operator()(const Facts& block) {
    out +=
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
        "style=\"margin:0 0 16px;border-collapse:collapse;font-size:16px;line-height:1.5\">\n";
    for (const auto& row : block.rows) {
      out += fmt::format(
          "<tr><td style=\"padding:2px 16px 2px 0;color:#5f6a6a;vertical-align:top\">{}</td>"
          "<td style=\"padding:2px 0;vertical-align:top\">{}</td></tr>\n",
          escape_html(row.label), row.is_link ? link(row.value, row.value) : escape_html(row.value));
    }
    out += "</table>\n";
  }
  void operator()(const NumberedList& block) {
    out += fmt::format(
        "<p style=\"margin:0 0 4px;color:#5f6a6a\">{}</p>\n<ol style=\"margin:0 0 16px 24px;"
        "padding:0\">\n",
        escape_html(block.label));
    for (const auto& item : block.items) out += "<li>" + escape_html(item) + "</li>\n";
    out += "</ol>\n";
  }
  void operator()(const Button& block) { button(block, true); }
  void operator()(const Buttons& block) {
    for (std::size_t i = 0; i < block.rows.size(); ++i) button(block.rows[i], i == 0);
    out += "<p style=\"margin:0 0 6px;font-size:6px;line-height:6px\">&nbsp;</p>\n";
  }
  void operator()(const Items& block) {
    for (const auto& item : block.rows) {
      out +=
          "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
          "style=\"margin:0 0 14px\"><tr><td style=\"padding:2px 0 2px 12px;border-left:3px solid "
          "#aeb6bf;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1c2833\">";
      out += "<b>" + link(item.url, item.title) + "</b>";
      for (const auto& line : item.lines) out += "<br>" + escape_html(line);
      std::string links;
      for (const auto& one : item.links)
        links += (links.empty() ? "" : " &nbsp;·&nbsp; ") + link(one.url, one.label);
      if (!links.empty()) out += "<br><span style=\"line-height:2.2\">" + links + "</span>";
      out += "</td></tr></table>\n";
    }
  }
  void operator()(const QuietLink& block) {
    if (!is_web_address(block.url)) return;
    out += "<p style=\"margin:0 0 16px\">" + link(block.url, block.label) + "</p>\n";
  }
  void operator()(const Footer& block) {
    out += fmt::format(
        "<p style=\"margin:24px 0 0;padding-top:12px;border-top:1px solid #d5d8dc;font-size:13px;"
        "color:#5f6a6a\">{}</p>\n",
        escape_html(block.text));
  }
};

}  // namespace

std::string render_text(const std::vector<Block>& blocks) {
  TextWriter writer;
  for (const auto& block : blocks) std::visit(writer, block);
  return std::move(writer.out);
}

// Outlook knows no max-width: for it alone the mail stands in a table of that width.
std::string render_html(const std::vector<Block>& blocks, Language language) {
  HtmlWriter writer;
  writer.out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"></head>\n"
      "<body style=\"margin:0;padding:0;background:#ffffff\">\n"
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
      "bgcolor=\"#ffffff\"><tr><td style=\"padding:16px\">\n"
      "<!--[if mso]><table role=\"presentation\" width=\"600\"><tr><td><![endif]-->\n"
      "<div style=\"max-width:600px;font-family:Arial,Helvetica,sans-serif;font-size:16px;"
      "line-height:1.5;color:#1c2833\">\n",
      tag_of(language));
  for (const auto& block : blocks) std::visit(writer, block);
  writer.out += "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n";
  return std::move(writer.out);
}

}  // namespace convoke::notify
