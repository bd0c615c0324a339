#include "notify/mail_blocks.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace convoke::notify {
namespace {

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
  // "-- " and a line break begin a signature (RFC 3676 4.3): programs fold it away.
  void operator()(const Footer& block) { out += "-- \n" + block.text + "\n"; }
};

struct HtmlWriter {
  std::string out;

  static std::string link(const std::string& url) {
    const std::string safe = escape_html(url);
    if (!is_web_address(url)) return safe;
    return fmt::format("<a href=\"{0}\" style=\"color:#1a5276\">{0}</a>", safe);
  }

  void operator()(const Paragraph& block) {
    out += fmt::format("<p style=\"margin:0 0 16px\">{}</p>\n", escape_html(block.text));
  }
  void operator()(const Heading& block) {
    out += fmt::format("<h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3;color:#1a5276\">{}</h1>\n",
                       escape_html(block.text));
  }
  void operator()(const Facts& block) {
    out +=
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
        "style=\"margin:0 0 16px;border-collapse:collapse\">\n";
    for (const auto& row : block.rows) {
      out += fmt::format(
          "<tr><td style=\"padding:2px 16px 2px 0;color:#5f6a6a;vertical-align:top\">{}</td>"
          "<td style=\"padding:2px 0;vertical-align:top\">{}</td></tr>\n",
          escape_html(row.label), row.is_link ? link(row.value) : escape_html(row.value));
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
  void operator()(const Button& block) {
    if (!is_web_address(block.url)) return;
    out += fmt::format(
        "<p style=\"margin:0 0 16px\"><a href=\"{}\" style=\"display:inline-block;padding:10px 18px;"
        "background:#1a5276;color:#ffffff;text-decoration:none\">{}</a></p>\n",
        escape_html(block.url), escape_html(block.label));
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

std::string render_html(const std::vector<Block>& blocks, Language language) {
  HtmlWriter writer;
  writer.out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"></head>\n"
      "<body style=\"margin:0;padding:16px;background:#ffffff;color:#1c2833;"
      "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5\">\n"
      "<div style=\"max-width:600px\">\n",
      tag_of(language));
  for (const auto& block : blocks) std::visit(writer, block);
  writer.out += "</div>\n</body>\n</html>\n";
  return std::move(writer.out);
}

}  // namespace convoke::notify
