#include "web/templates.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "web/i18n.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>

#include <memory>
#include <stdexcept>

namespace convoke::embedded {
std::span<const EmbeddedFile> web_templates();
}

namespace convoke::web {
namespace {

constexpr std::string_view layout = "layout.html";
// A file begins with a lower-case letter and is a page of its own unless its name begins with "part_"; one that
// begins with "bare_" is a whole document, without the layout of the site.
constexpr std::string_view part_prefix = "part_";
constexpr std::string_view bare_prefix = "bare_";

std::string_view source_of(std::string_view name) {
  const auto text = find_embedded(embedded::web_templates(), name);
  if (text.empty()) throw std::logic_error("no template named " + std::string(name));
  return text;
}

// Calls `on_text` with what stands between the marks and `on_mark` with what is inside [[…]].
template<class OnText, class OnMark>
void scan(std::string_view text, OnText on_text, OnMark on_mark) {
  while (!text.empty()) {
    const auto begin = text.find("[[");
    on_text(text.substr(0, begin));
    if (begin == std::string_view::npos) return;
    const auto end = text.find("]]", begin);
    if (end == std::string_view::npos) throw std::logic_error("a template has [[ without ]]");
    on_mark(text.substr(begin + 2, end - begin - 2));
    text.remove_prefix(end + 2);
  }
}

std::string with_parts(std::string_view text, std::string_view body) {
  std::string out;
  scan(
      text, [&](std::string_view plain) { out += plain; },
      [&](std::string_view mark) {
        if (mark.starts_with('>')) {
          const auto name = mark.substr(1);
          out += with_parts(source_of(name == "body" ? body : name), body);
        } else {
          out += "[[" + std::string(mark) + "]]";
        }
      });
  return out;
}

std::string translated(std::string_view text, Language language) {
  std::string out;
  scan(
      text, [&](std::string_view plain) { out += plain; },
      [&](std::string_view mark) { out += escape_html(tr(language, std::string(mark).c_str())); });
  return out;
}

std::string key_of(std::string_view body, Language language) {
  return std::string(tag_of(language)) + "/" + std::string(body);
}

std::unique_ptr<const ctemplate::TemplateCache> load_all() {
  auto cache = std::make_unique<ctemplate::TemplateCache>();
  for (const auto& file : embedded::web_templates()) {
    if (file.name == layout || file.name.starts_with(part_prefix)) continue;
    const bool bare = file.name.starts_with(bare_prefix);
    const auto page = with_parts(source_of(bare ? file.name : layout), file.name);
    for (const Language language : all_languages) {
      const auto text = translated(page, language);
      if (!cache->StringToTemplateCache(key_of(file.name, language), text.data(), text.size(),
                                        ctemplate::STRIP_BLANK_LINES))
        throw std::logic_error("the template " + std::string(file.name) + " is not well-formed");
    }
  }
  cache->Freeze();  // from here on threads only read it
  return cache;
}

}  // namespace

std::string render_template(std::string_view body, Language language,
                            const ctemplate::TemplateDictionary& values) {
  static const auto cache = load_all();
  std::string out;
  if (!cache->ExpandNoLoad(key_of(body, language), ctemplate::STRIP_BLANK_LINES, &values, nullptr, &out))
    throw std::logic_error("the template " + std::string(body) + " cannot be filled");
  return out;
}

std::vector<std::string> message_ids_of_templates() {
  std::vector<std::string> ids;
  for (const auto& file : embedded::web_templates())
    scan(
        file.bytes, [](std::string_view) {},
        [&](std::string_view mark) {
          if (!mark.starts_with('>')) ids.emplace_back(mark);
        });
  return ids;
}

}  // namespace convoke::web
