#include "web/i18n.hpp"
#include "base/text.hpp"
#include "tests/support/catch.hpp"
#include "web/templates.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace convoke;
using namespace convoke::web;

namespace {

// What a catalog says, read as text so that nothing of the program stands between.
struct Catalog {
  std::map<std::string, std::vector<std::string>> messages;  // msgid: its translation, or every plural form
  std::map<std::string, std::string> plurals;                // msgid: msgid_plural
  int forms = 0;
  bool fuzzy = false;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string unquoted(const std::string& line) {
  const auto begin = line.find('"'), end = line.rfind('"');
  std::string out;
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (line[i] == '\\' && i + 1 < end) ++i;
    out += line[i];
  }
  return out;
}

Catalog read_catalog(Language language) {
  Catalog catalog;
  std::istringstream lines(read_file(std::string(CONVOKE_SOURCE_DIR "/web/translations/") +
                                     std::string(tag_of(language)) + ".po"));
  std::string id;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#,") && line.find("fuzzy") != std::string::npos) catalog.fuzzy = true;
    if (const auto at = line.find("nplurals="); at != std::string::npos) catalog.forms = line[at + 9] - '0';
    if (line.starts_with("msgid_plural"))
      catalog.plurals[id] = unquoted(line);
    else if (line.starts_with("msgid"))
      id = unquoted(line);
    else if (line.starts_with("msgstr") && !id.empty())
      catalog.messages[id].push_back(unquoted(line));
  }
  return catalog;
}

std::set<std::string> placeholders(const std::string& text) {
  static const std::regex shape("\\{[a-z]+\\}");
  return {std::sregex_token_iterator(text.begin(), text.end(), shape), std::sregex_token_iterator()};
}

// Every text literal of the pages' sources that is handed to tr() or trn(), or stands in a table of words.
std::set<std::string> ids_in_sources() {
  std::set<std::string> ids;
  static const std::regex call("\\btrn?\\(\\s*\\w+,\\s*(?:[\\w.]+\\s*\\?\\s*)?\"((?:[^\"\\\\]|\\\\.)*)\"");
  static const std::regex seam("\"\\s*\\n\\s*\"");  // literals that stand side by side are one
  for (const char* folder : {"/web/pages", "/web/kinds", "/web/handlers"})
    for (const auto& entry : std::filesystem::directory_iterator(CONVOKE_SOURCE_DIR + std::string(folder))) {
      const auto text = std::regex_replace(read_file(entry.path()), seam, "");
      for (std::sregex_iterator i(text.begin(), text.end(), call), end; i != end; ++i) ids.insert((*i)[1]);
    }
  return ids;
}

}  // namespace

TEST_CASE("every word of the interface is there in all four languages") {
  const auto english = read_catalog(Language::en);
  REQUIRE(english.messages.size() > 80);
  for (const Language language : all_languages) {
    CAPTURE(tag_of(language));
    const auto catalog = read_catalog(language);
    CHECK_FALSE(catalog.fuzzy);
    CHECK(catalog.messages.size() == english.messages.size());
    for (const auto& [id, forms] : english.messages) {
      CAPTURE(id);
      const auto found = catalog.messages.find(id);
      REQUIRE(found != catalog.messages.end());
      const bool plural = catalog.plurals.count(id) > 0;
      CHECK(found->second.size() == static_cast<std::size_t>(plural ? catalog.forms : 1));
      for (const auto& text : found->second) {
        CHECK_FALSE(trim(text).empty());
        CHECK(placeholders(text) == placeholders(id));
      }
    }
  }
}

TEST_CASE("every word that a template or a page asks for stands in the catalogs") {
  const auto catalog = read_catalog(Language::uk);
  const auto templates = message_ids_of_templates();
  REQUIRE(templates.size() > 40);
  for (const auto& id : templates) {
    CAPTURE(id);
    CHECK(catalog.messages.count(id) == 1);
  }
  const auto sources = ids_in_sources();
  REQUIRE(sources.size() > 20);
  for (const auto& id : sources) {
    CAPTURE(id);
    CHECK(catalog.messages.count(id) == 1);
  }
}

TEST_CASE("no template puts a text into a field that would lose its line ends") {
  // ctemplate's own escaping makes a space of every line end; pre_escape keeps them.
  static const std::regex field(
      "<textarea(?:[^>\"]|\"[^\"]*\")*>\\s*\\{\\{([A-Z_]+)(:pre_escape)?\\}\\}</textarea>");
  int fields = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CONVOKE_SOURCE_DIR "/web/templates")) {
    const auto text = read_file(entry.path());
    CAPTURE(entry.path());
    for (std::sregex_iterator i(text.begin(), text.end(), field), end; i != end; ++i, ++fields)
      CHECK((*i)[2].matched);
  }
  CHECK(fields > 8);
}

TEST_CASE("words come from the catalog of the language that is asked for") {
  CHECK(tr(Language::uk, "Plans") == "Плани");
  CHECK(tr(Language::be, "Plans") == "Планы");
  CHECK(tr(Language::ru, "Subscribe") == "Подписаться");
  CHECK(tr(Language::en, "Subscribe") == "Subscribe");
  CHECK(tr(Language::uk, "nobody translated this") == "nobody translated this");
  CHECK(tr(Language::en, "Read from the file {file}", {{"file", "{file}{month}"}}) ==
        "Read from the file {file}{month}");
}

TEST_CASE("numbers of events are declined as each language wants") {
  struct Row {
    Language language;
    long n;
    const char* expected;
  };
  const Row rows[] = {
      {Language::uk, 1, "1 подія"},     {Language::uk, 2, "2 події"},    {Language::uk, 5, "5 подій"},
      {Language::uk, 11, "11 подій"},   {Language::uk, 21, "21 подія"},  {Language::uk, 112, "112 подій"},
      {Language::be, 3, "3 падзеі"},    {Language::be, 14, "14 падзей"}, {Language::be, 101, "101 падзея"},
      {Language::ru, 1, "1 событие"},   {Language::ru, 4, "4 события"},  {Language::ru, 0, "0 событий"},
      {Language::ru, 22, "22 события"}, {Language::en, 1, "1 event"},    {Language::en, 0, "0 events"},
  };
  for (const auto& row : rows) CHECK(trn(row.language, "{n} event", "{n} events", row.n) == row.expected);
}

TEST_CASE("the language is the one a browser prefers") {
  struct Row {
    const char* header;
    std::optional<Language> expected;
  };
  const Row rows[] = {
      {"uk", Language::uk},
      {"ru-BY,ru;q=0.9,en;q=0.8", Language::ru},
      {"en;q=0.5, be;q=0.9", Language::be},
      {"de, uk;q=0.1", Language::uk},
      {"ru;q=0, uk;q=0.2", Language::uk},
      {"BE-by", Language::be},
      {"en, uk", Language::en},
      {"uk;q=0.333, ru;q=0.334", Language::ru},
      {"de-AT, fr", std::nullopt},
      {"*", Language::uk},
      {"uk;q=0, *", Language::be},
      {"*;q=0", std::nullopt},
      {"ru;q=2", std::nullopt},
      {"ru;q=abc, en;q=0.1", Language::en},
      {"ru;q=0.12345", std::nullopt},
      {"", std::nullopt},
      {",,;q=1,", std::nullopt},
      {"rus", std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(row.header);
    CHECK(negotiate_language(row.header) == row.expected);
  }
}

TEST_CASE("a choice of language is kept without a script and wins over the browser") {
  Request request;
  request.headers = {{"accept-language", "en"}};
  CHECK(language_of_reader(request) == Language::en);
  request.headers.emplace_back("cookie", "a=b; lang=be");
  CHECK(language_of_reader(request) == Language::be);
  request.query = {{"lang", "ru"}};
  CHECK(language_of_reader(request) == Language::ru);
  Reply reply;
  set_language_headers(reply, request, Language::ru);
  CHECK(reply.header("Set-Cookie") == "lang=ru; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
  CHECK(reply.header("Vary") == "Accept-Language, Cookie");
  CHECK(reply.header("Content-Language") == "ru");

  request.query = {{"lang", "xx\r\nSet-Cookie: evil=1"}};
  CHECK(language_of_reader(request) == Language::be);
  Reply plain;
  set_language_headers(plain, request, Language::be);
  CHECK(plain.header("Set-Cookie").empty());

  Request bare;
  CHECK(language_of_reader(bare) == Language::uk);
  bare.headers = {{"accept-language", "de"}};
  CHECK(language_of_reader(bare) == Language::en);
}
