#include "notify/mail_template.hpp"

#include "notify/mail_places.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mail_words.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <set>

using namespace convoke;
using namespace convoke::notify;

namespace {

const auto kind = ReminderReason::overdue;

MailValues values() {
  MailValues values;
  values.set("name", "Ярмак О.П.");
  values.set("title", "Звіт");
  values.set("facts", std::vector<Block>{Facts{{{"Що", "звіт"}}}});
  return values;
}

std::string filled(std::string_view body) {
  return render_text(fill_template({"Тема", std::string(body)}, kind, values()).blocks);
}

std::string subject(std::string_view text) {
  return fill_template({std::string(text), ""}, kind, values()).subject;
}

std::string told(const TemplateProblem& one) {
  return std::to_string(static_cast<int>(one.kind)) + " " + one.place + (one.in_subject ? " subject " : " ") +
         std::to_string(one.line) + ":" + std::to_string(one.column);
}

// What keeps a text from being saved.
std::vector<std::string> refusals(const TemplateText& text) {
  std::vector<std::string> lines;
  for (const auto& one : check_template(text, kind))
    if (!one.is_warning()) lines.push_back(told(one));
  return lines;
}

std::vector<ReminderReason> mail_kinds() {
  std::vector<ReminderReason> kinds;
  for (std::size_t i = 0; i < reminder_reason_count; ++i)
    if (const auto one = static_cast<ReminderReason>(i); one != ReminderReason::hook) kinds.push_back(one);
  return kinds;
}

}  // namespace

TEST_CASE("a mail's text becomes paragraphs and headings and blocks") {
  struct Row {
    const char *body, *text;
  };
  const std::vector<Row> rows = {
      {"Вітаємо, {name}!", "Вітаємо, Ярмак О.П.!\n\n"},
      {"Один\nі той самий\n\n\n\nІнший", "Один і той самий\n\nІнший\n\n"},
      {"Один\r\nі той самий\r\n\r\nІнший\r", "Один і той самий\n\nІнший\n\n"},
      {"# {title}\n\n## Менший", "Звіт\n\nМенший\n\n"},
      {"{facts}", "Що: звіт\n\n"},
      {"  {facts}  \nслова", "Що: звіт\n\nслова\n\n"},
      {"Ось:\n{facts}", "Ось:\n\nЩо: звіт\n\n"},
      {"Ось: {facts}", "Ось: {facts}\n\n"},
      {"-- Підпис\n\nСлова", "Слова\n\n-- \nПідпис\n"},
      {"#Не заголовок", "#Не заголовок\n\n"},
      {"", ""},
      {"\n\n  \n", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(filled(row.body) == row.text);
  }
}

TEST_CASE("a paragraph with a place that has nothing to say is left out and the rest stays") {
  CHECK(filled("Відповідає {who}. Термін минув.\n\nСлова") == "Слова\n\n");
  CHECK(filled("# {who}\n\n## {date}\n\n-- {association}\n\nСлова") == "Слова\n\n");
  CHECK(filled("Натисніть:\n{answers}\n\nСлова") == "Слова\n\n");
  CHECK(filled("{agenda}\n\nСлова") == "Слова\n\n");
  CHECK(filled("Для {who}:\n{facts}") == "Що: звіт\n\n");
  CHECK(subject("{days} — {title}") == "— Звіт");
}

TEST_CASE("what is in braces and no place of the kind stays as it is written") {
  for (const std::string text :
       {"{nobody}", "{user.name}", "{7*7}", "{{7*7}}", "{name:>10}", "{}", "{ name }", "{name", "name}",
        "{not a place}", "{answer}", "%n {0} ${x}", "{NAME}"}) {
    CAPTURE(text);
    CHECK(filled(text) == text + "\n\n");
    CHECK(subject(text) == text);
  }
  CHECK(filled("{{name}}") == "{Ярмак О.П.}\n\n");
}

TEST_CASE("what stands in a place is never read as a text of its own") {
  auto hostile = values();
  hostile.set("name", "{title} # {facts}");
  hostile.set("title", "# заголовок\r\n\r\n{facts}\n\n-- підпис");
  const auto mail = fill_template({"{title}", "{name}\n\n{title}"}, kind, hostile);
  CHECK(mail.subject == "# заголовок {facts} -- підпис");
  CHECK(render_text(mail.blocks) == "{title} # {facts}\n\n# заголовок {facts} -- підпис\n\n");
  hostile.set("name", std::string(1001, 'w'));
  CHECK(hostile.text("name").size() == 1000 - 1 + std::string_view("…").size());
  hostile.set("name", std::string(1000, 'w'));
  CHECK(hostile.text("name").size() == 1000);
}

TEST_CASE("a text with a place that there is not is refused by its name and where it stands") {
  const std::string body = "Вітаємо, {name}!\n\n{facts}\n\nЦе {user.name} і {nobody}\n{answers}";
  CHECK(refusals({"{title}", body}) == std::vector<std::string>{"0 {user.name} 5:4", "0 {nobody} 5:18"});
  CHECK(refusals({"Ні: {count}", "{facts}"}) == std::vector<std::string>{"0 {count} subject 1:5"});
  CHECK(refusals({"{title}", "Ось {facts}"}) == std::vector<std::string>{"1 {facts} 1:5"});
  CHECK(refusals({"{facts}", "{facts}"}) == std::vector<std::string>{"1 {facts} subject 1:1"});
  CHECK(refusals({"", "{facts}"}) == std::vector<std::string>{"2  subject 0:0"});
  CHECK(refusals({"{title}\nBcc: a@b", "{facts}"}) == std::vector<std::string>{"4  subject 0:0"});
  CHECK(refusals({"{title}", " \n "}) == std::vector<std::string>{"5  0:0"});
  CHECK(refusals({"{title}", "Фігурні { дужки } і {\n}"}) == std::vector<std::string>{"0 { дужки } 1:9"});
}

TEST_CASE("the length of a text has a limit and what fills it exactly is taken") {
  const auto letters = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "ї";
    return text;
  };
  CHECK(refusals({letters(longest_subject_text), "a"}).empty());
  CHECK(refusals({letters(longest_subject_text + 1), "a"}) == std::vector<std::string>{"3  subject 0:0"});
  CHECK(refusals({"a", letters(longest_body_text)}).empty());
  CHECK(refusals({"a", letters(longest_body_text + 1)}) == std::vector<std::string>{"6  0:0"});
}

TEST_CASE("a text without what its reader needs is taken with a warning") {
  std::vector<std::string> missing;
  for (const auto& one : check_template({"{title}", "Слова"}, kind)) {
    CHECK(one.is_warning());
    missing.push_back(one.place);
  }
  CHECK(missing == std::vector<std::string>{"{facts}", "{answers}"});
  CHECK(check_template({"{title}", "{facts}\n\nОсь:\n{answers}"}, kind).empty());
}

TEST_CASE("every kind of mail has a sound text in every language") {
  for (const auto one : mail_kinds())
    for (const auto language : all_languages) {
      CAPTURE(name_of(one), tag_of(language));
      const auto text = shipped_text(one, language);
      std::vector<std::string> problems;
      for (const auto& problem : check_template(text, one)) problems.push_back(told(problem));
      CHECK(problems.empty());
      CHECK(text.body.find("-- ") != std::string::npos);
    }
}

TEST_CASE("the texts of a kind use the same places in every language") {
  for (const auto one : mail_kinds()) {
    const auto used = [&](Language language) {
      const auto text = shipped_text(one, language);
      std::set<std::string> names;
      for (const auto& place : places_of(one))
        if ((text.subject + text.body).find("{" + std::string(place.name) + "}") != std::string::npos)
          names.insert(std::string(place.name));
      return names;
    };
    for (const auto language : all_languages) {
      CAPTURE(name_of(one), tag_of(language));
      CHECK(used(language) == used(Language::uk));
    }
  }
}

TEST_CASE("the words of the mails have the same places in every language") {
  const auto places = [](std::string_view text) {
    std::multiset<std::string> found;
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
      found.insert(std::string(text.substr(at, text.find('}', at) - at)));
    return found;
  };
  for (std::size_t i = 0; i < mail_word_count; ++i)
    for (const auto language : all_languages) {
      const auto word = static_cast<MailWord>(i);
      CAPTURE(name_of(word), tag_of(language));
      CHECK_FALSE(mail_word(word, language).empty());
      CHECK(places(mail_word(word, language)) == places(mail_word(word, Language::uk)));
    }
}

TEST_CASE("a text's file is a subject and below it the body") {
  const auto text = read_template_file("Тема {title}\r\n\r\nОдин\r\n\r\nДва\r\n");
  CHECK(text.subject == "Тема {title}");
  CHECK(text.body == "Один\n\nДва");
  CHECK(read_template_file("Лише тема") == TemplateText{"Лише тема", ""});
}

TEST_CASE("an association's own text stands before that of all and before the shipped one") {
  tests::TemporaryStore store;
  const auto text = [&](OrganisationId organisation) {
    return store->read([=](db::Unit& unit) { return text_of(unit, organisation, kind, Language::be); })
        .wait()
        .value()
        .subject;
  };
  const auto save = [&](OrganisationId organisation, const std::string& subject) {
    store
        ->write(db::Author("test", Instant{}),
                [=](db::Unit& unit) {
                  unit.mail_templates().save({organisation, kind, Language::be, subject, "{facts}"});
                  return true;
                })
        .wait()
        .value();
  };
  CHECK(text(OrganisationId{3}) == shipped_text(kind, Language::be).subject);
  save(OrganisationId{}, "усіх");
  CHECK(text(OrganisationId{3}) == "усіх");
  CHECK(text(OrganisationId{}) == "усіх");
  save(OrganisationId{3}, "своя");
  CHECK(text(OrganisationId{3}) == "своя");
  CHECK(text(OrganisationId{4}) == "усіх");
}
