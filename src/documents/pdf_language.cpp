// Cairo 1.16 cannot say in which language a document is.
#include "documents/pdf_canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace convoke::documents {
namespace {

// The number after the last "/Root " and the like; 0: none.
std::size_t number_after(std::string_view text, std::string_view name) {
  const auto at = text.rfind(name);
  if (at == std::string_view::npos) return 0;
  std::size_t begin = at + name.size();
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\n')) ++begin;
  std::size_t number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

}  // namespace

std::string with_language(std::string pdf, std::string_view language) {
  const bool tag = !language.empty() && std::ranges::all_of(language, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  const auto trailer_at = pdf.rfind("trailer");
  if (!tag || trailer_at == std::string::npos) return pdf;
  const std::string trailer = pdf.substr(trailer_at);
  const auto root = number_after(trailer, "/Root"), size = number_after(trailer, "/Size"),
             info = number_after(trailer, "/Info"), before = number_after(trailer, "startxref");
  const auto begin = pdf.rfind(fmt::format("\n{} 0 obj", root));
  if (root == 0 || size == 0 || before == 0 || begin == std::string::npos) return pdf;
  const auto end = pdf.find("endobj", begin), close = pdf.rfind(">>", end);
  if (end == std::string::npos || close == std::string::npos || close < begin) return pdf;
  const auto at = pdf.size();
  std::string update = pdf.substr(begin + 1, close - begin - 1);
  update += fmt::format("   /Lang ({})\n>>\nendobj\n", language);
  const auto table = at + update.size();
  update += fmt::format("xref\n{} 1\n{:010} 00000 n \ntrailer\n<< /Size {}\n   /Root {} 0 R\n", root, at,
                        size, root);
  if (info != 0) update += fmt::format("   /Info {} 0 R\n", info);
  update += fmt::format("   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n", before, table);
  return pdf + update;
}

}  // namespace convoke::documents
