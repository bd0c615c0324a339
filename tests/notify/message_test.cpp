#include "notify/message.hpp"

#include "base/text.hpp"
#include "notify/mail_words.hpp"
#include "notify/planner.hpp"
#include "tests/notify/child.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <map>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

Reminder reminder_for(const Event& event, const std::string& rule) {
  for (auto& reminder : plan_reminders(event, {"person:12"}, default_rules(), Instant{}))
    if (reminder.key.rule == rule) return reminder;
  throw std::runtime_error("no such reminder: " + rule);
}

// The lines that read_mail.py prints; parts under their types.
std::multimap<std::string, std::string> reread(const OutgoingMail& mail) {
  std::multimap<std::string, std::string> lines;
  const std::string output = tests::run_python(CONVOKE_SOURCE_DIR "/tests/notify/read_mail.py", mail.bytes);
  for (const auto line : split(output, '\n')) {
    const auto equals = line.find('=');
    if (equals != std::string_view::npos)
      lines.emplace(std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  }
  return lines;
}

std::string one(const std::multimap<std::string, std::string>& lines, const std::string& key) {
  REQUIRE(lines.count(key) == 1);
  return lines.find(key)->second;
}

const std::string plain_headers =
    "Date,From,Subject,To,Message-Id,Auto-Submitted,List-Id,MIME-Version,Content-Type";
const std::string headers_with_reply =
    "Date,From,Reply-To,Subject,To,Message-Id,Auto-Submitted,List-Id,List-Unsubscribe,MIME-Version,Content-"
    "Type";

MailSettings settings_with_reply() {
  MailSettings settings = mail_settings();
  settings.reply_to = Mailbox{"Методичний кабінет", "keeper@example.org"};
  return settings;
}

OutgoingMail render(const Event& event, const Person& recipient,
                    const MailSettings& settings = mail_settings()) {
  return render_mail(reminder_for(event, "exact.3d"), event, recipient, settings, at("2024-11-11T06:30:05Z"));
}

}  // namespace

TEST_CASE("days are counted with the right form of the word") {
  struct Row {
    int days;
    const char *uk, *be, *ru, *en;
  };
  const std::vector<Row> rows = {
      {0, "сьогодні", "сёння", "сегодня", "today"},
      {1, "завтра", "заўтра", "завтра", "tomorrow"},
      {2, "через 2 дні", "праз 2 дні", "через 2 дня", "in 2 days"},
      {4, "через 4 дні", "праз 4 дні", "через 4 дня", "in 4 days"},
      {5, "через 5 днів", "праз 5 дзён", "через 5 дней", "in 5 days"},
      {11, "через 11 днів", "праз 11 дзён", "через 11 дней", "in 11 days"},
      {12, "через 12 днів", "праз 12 дзён", "через 12 дней", "in 12 days"},
      {14, "через 14 днів", "праз 14 дзён", "через 14 дней", "in 14 days"},
      {21, "через 21 день", "праз 21 дзень", "через 21 день", "in 21 days"},
      {22, "через 22 дні", "праз 22 дні", "через 22 дня", "in 22 days"},
      {30, "через 30 днів", "праз 30 дзён", "через 30 дней", "in 30 days"},
      {111, "через 111 днів", "праз 111 дзён", "через 111 дней", "in 111 days"},
      {112, "через 112 днів", "праз 112 дзён", "через 112 дней", "in 112 days"},
      {121, "через 121 день", "праз 121 дзень", "через 121 день", "in 121 days"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.days);
    CHECK(in_days(row.days, Language::uk) == row.uk);
    CHECK(in_days(row.days, Language::be) == row.be);
    CHECK(in_days(row.days, Language::ru) == row.ru);
    CHECK(in_days(row.days, Language::en) == row.en);
  }
}

TEST_CASE("a mail that leaves late counts the days that are really left") {
  const Event event = dated_event();
  const auto subject = [&](std::string_view now) {
    return write_mail(reminder_for(event, "exact.14d"), event, person("Ярмак О.П.", "a@b.org"),
                      mail_settings(), at(now))
        .subject;
  };
  CHECK(subject("2024-10-31T06:30:00Z").starts_with("Через 14 днів: "));
  CHECK(subject("2024-11-12T12:00:00Z").starts_with("Через 2 дні: "));
  // 22:30 UTC is past midnight in Kyiv: the day before.
  CHECK(subject("2024-11-12T22:30:00Z").starts_with("Завтра: "));
  CHECK(subject("2024-11-14T05:00:00Z").starts_with("Сьогодні: "));
}

TEST_CASE("a request for a day does not count down to a period that has begun") {
  const Event event = month_event();
  const auto text =
      render_text(write_mail(reminder_for(event, "fix_date.21d"), event, person("Ярмак О.П.", "a@b.org"),
                             mail_settings(), at("2024-11-05T06:30:00Z"))
                      .blocks);
  CHECK(text.find("його період почався 1 листопада 2024 року") != std::string::npos);
  CHECK(text.find("через -") == std::string::npos);
}

TEST_CASE("a reminder of one quarter names the end of that quarter") {
  const Event event = recurring_event(Frequency::quarterly);
  std::vector<std::string> subjects;
  ReminderRules rules = default_rules();
  rules.on_days_off = true;
  std::erase_if(rules.rules, [](const ReminderRule& rule) { return rule.id != "recurring.14d"; });
  for (const auto& reminder : plan_reminders(event, {"person:12"}, rules, Instant{}))
    CHECK(
        write_mail(reminder, event, person("Ярмак О.П.", "a@b.org"), mail_settings(), reminder.due).subject ==
        "Термін через 14 днів: " + event.title);
}

TEST_CASE("the recipient reads what the part is and who else is in it") {
  Event event = dated_event();
  event.responsible = {somebody("Ярмак О.П.", PersonId{12}), somebody("Гнатюк Л.І."), office("бібліотекарі")};
  const auto text_for = [&](Person recipient) {
    return render_text(write_mail(reminder_for(event, "exact.3d"), event, recipient, mail_settings(),
                                  at("2024-11-11T06:30:00Z"))
                           .blocks);
  };
  const auto lead = text_for(person("Ярмак О.П.", "a@b.org"));
  CHECK(lead.find("Ваша роль: відповідаєте за цей пункт\n") != std::string::npos);
  CHECK(lead.find("Разом із Вами: Гнатюк Л.І., бібліотекарі\n") != std::string::npos);
  Person second = person("Л. І. Гнатюк", "a@b.org");
  second.id = PersonId{13};
  CHECK(text_for(second).find("Ваша роль: співвиконавець\n") != std::string::npos);
  Person member = person("Мороз Т.В.", "a@b.org");
  member.id = PersonId{14};
  member.post = "Бібліотекарі";
  CHECK(text_for(member).find("Ваша роль: співвиконавець (бібліотекарі)\n") != std::string::npos);
}

TEST_CASE("a mail is text and HTML and a calendar file for any reader") {
  const auto mail = render(dated_event(), person("Ярмак О.П.", "reader@example.org"));
  const auto lines = reread(mail);
  CHECK(one(lines, "headers") == plain_headers);
  CHECK(one(lines, "From") == "Об'єднання бібліотек Лугового району <plans@example.org>");
  CHECK(one(lines, "to-addresses") == "reader@example.org");
  CHECK(one(lines, "Subject") == "Через 3 дні: Круглий стіл «Бібліотека і громада»");
  CHECK(one(lines, "Date") == "Mon, 11 Nov 2024 06:30:05 +0000");
  CHECK(one(lines, "Message-ID") == mail.message_id);
  CHECK(one(lines, "Auto-Submitted") == "auto-generated");
  CHECK(one(lines, "List-Id") == "Об'єднання бібліотек Лугового району <reminders.plans.example.org>");
  CHECK(one(lines, "ascii") == "True");
  CHECK(one(lines, "bare-line-breaks") == "0");
  CHECK(std::stoi(one(lines, "longest-line")) <= 998);
  std::vector<std::string> multiparts, parts;
  for (auto [at, end] = lines.equal_range("multipart"); at != end; ++at) multiparts.push_back(at->second);
  for (auto [at, end] = lines.equal_range("part"); at != end; ++at) parts.push_back(at->second);
  for (auto [at, end] = lines.equal_range("defects"); at != end; ++at) CHECK(at->second == "[]");
  CHECK(multiparts == std::vector<std::string>{"multipart/mixed", "multipart/alternative"});
  CHECK(parts == std::vector<std::string>{"text/plain;utf-8;None;None;base64",
                                          "text/html;utf-8;None;None;base64",
                                          "text/calendar;utf-8;PUBLISH;event.ics;base64"});
  CHECK(one(lines, "text/plain").find("Вітаємо, Ярмак О.П.!") == 0);
  CHECK(one(lines, "text/calendar").find("BEGIN:VCALENDAR\\r\\n") == 0);
  CHECK(one(lines, "text/calendar").find(dated_event().uid) != std::string::npos);
}

TEST_CASE("a text of any length arrives as it was written") {
  MimeParts parts;
  parts.from = parts.to = {"", "plans@example.org"};
  parts.list_id = "reminders.example.org";
  parts.subject = "s";
  parts.message_id = "<id@example.org>";
  for (std::size_t length = 0; length <= 171; ++length) {
    CAPTURE(length);
    parts.text = std::string(length, 'x');
    const auto mail = to_mime(parts);
    const auto leaf = mail.substr(mail.find("text/plain"));
    const auto begin = leaf.find("\r\n\r\n") + 4;
    std::string digits = leaf.substr(begin, leaf.find("--") - begin);
    CHECK(digits.ends_with("\r\n"));
    std::erase(digits, '\r');
    const auto lines = split(digits, '\n');
    std::string joined;
    for (const auto& line : lines) {
      CHECK(line.size() <= 76);
      joined += line;
    }
    CHECK(joined.size() == (length + 2) / 3 * 4);
    CHECK(std::count(joined.begin(), joined.end(), '=') == static_cast<long>((3 - length % 3) % 3));
    const auto whole = length / 3 * 4;
    std::string expected;
    while (expected.size() < whole) expected += "eHh4";
    CHECK(joined.substr(0, whole) == expected);
    if (length % 3 == 1) CHECK(joined.substr(whole) == "eA==");
    if (length % 3 == 2) CHECK(joined.substr(whole) == "eHg=");
  }
}

TEST_CASE("nothing that a plan or a person is called adds a header or a part") {
  const std::vector<std::string> hostile = {
      "x\r\nBcc: victim@example.org",
      "x\nSubject: other\n\nbody",
      "x\r\n\r\n--boundary\r\nContent-Type: text/html",
      std::string("x\0y\r\nCc: a@b", 12),
      "x\xE2\x80\xA8"
      "Bcc: a@b",
      "x\xC2\x85"
      "Bcc: a@b",
      "=?utf-8?b?DQpCY2M6IGFAYg==?=",
      "\"quoted\", <a@b>, other@example.org",
      "\xff\xfe broken",
      std::string(20'000, 'w'),
      std::string(3'000, '\r'),
      ".\r\n.\r\nMAIL FROM:<a@b>",
      "{name} {} {0} %n %s",
  };
  for (const auto& text : hostile) {
    CAPTURE(text.substr(0, 60));
    Event event = dated_event();
    event.title = event.place = event.note = event.online_url = text;
    event.agenda = {text, text};
    event.responsible.push_back(somebody(text));
    MailSettings settings = settings_with_reply();
    settings.association = settings.reply_to->name = text;
    const auto lines = reread(render(event, person(text, "reader@example.org"), settings));
    CHECK(one(lines, "headers") == headers_with_reply);
    CHECK(one(lines, "reply-to-addresses") == "keeper@example.org");
    CHECK(one(lines, "List-Id").ends_with("<reminders.plans.example.org>"));
    CHECK(lines.count("part") == 3);
    CHECK(lines.count("multipart") == 2);
    CHECK(one(lines, "to-addresses") == "reader@example.org");
    CHECK(one(lines, "ascii") == "True");
    CHECK(one(lines, "bare-line-breaks") == "0");
    CHECK(std::stoi(one(lines, "longest-line")) <= 998);
  }
}

TEST_CASE("a reader who may reply is told who will read it") {
  for (const Language language : all_languages)
    for (const auto& [event, rule] : {std::pair{dated_event(), "exact.3d"},
                                      std::pair{deadline_event(make_date(2025, 5, 15)), "deadline.14d"},
                                      std::pair{month_event(), "fix_date.21d"}}) {
      CAPTURE(tag_of(language), rule);
      const auto reminder = reminder_for(event, rule);
      const auto reader = person("", "a@b.org", language);
      const auto with =
          write_mail(reminder, event, reader, settings_with_reply(), at("2024-10-02T06:30:00Z"));
      const auto without = write_mail(reminder, event, reader, mail_settings(), at("2024-10-02T06:30:00Z"));
      CHECK(with.blocks.size() == without.blocks.size() + 1);
      CHECK(render_text(with.blocks).find("Методичний кабінет") != std::string::npos);
    }
}

TEST_CASE("a mail names where answers go and how to be taken off the list") {
  const auto lines =
      reread(render(dated_event(), person("Ярмак О.П.", "reader@example.org"), settings_with_reply()));
  CHECK(one(lines, "headers") == headers_with_reply);
  CHECK(one(lines, "Reply-To") == "Методичний кабінет <keeper@example.org>");
  CHECK(one(lines, "List-Unsubscribe") == "<mailto:keeper@example.org?subject=unsubscribe>");
  MailSettings odd = settings_with_reply();
  odd.reply_to = Mailbox{"", "a%b?c=d&e+f@example.org"};
  CHECK(one(reread(render(dated_event(), person("", "reader@example.org"), odd)), "List-Unsubscribe") ==
        "<mailto:a%25b%3Fc%3Dd%26e+f@example.org?subject=unsubscribe>");
}

TEST_CASE("the list is named by the host of the pages or else of the sender") {
  MailSettings settings = mail_settings();
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"https://Plans.Example.org", "reminders.plans.example.org"},
      {"https://plans.example.net:8443/base", "reminders.plans.example.net"},
      {"http://192.0.2.7:8080", "reminders.192.0.2.7"},
      {"http://[2001:db8::7]:8080", "reminders.example.org"},
      {"https://бібліотеки.example", "reminders.example.org"},
      {"https://a..b", "reminders.example.org"},
      {"https://a\r\nBcc: x@y", "reminders.example.org"},
      {"https://" + std::string(240, 'a'), "reminders." + std::string(240, 'a')},
      {"https://" + std::string(241, 'a'), "reminders.example.org"},
      {"", "reminders.example.org"},
  };
  for (const auto& [url, id] : rows) {
    CAPTURE(url);
    settings.base_url = url;
    CHECK(list_id_of(settings) == id);
  }
  settings.from.address = "a@b_c";
  CHECK(list_id_of(settings) == "reminders.localhost");
}

TEST_CASE("a long name of an association is shortened in From and whole in the letter") {
  MailSettings settings = mail_settings();
  settings.association =
      "Обласне методичне об'єднання бібліотекарів закладів загальної середньої освіти Лугового району";
  const auto lines = reread(render(dated_event(), person("Ярмак О.П.", "reader@example.org"), settings));
  CHECK(one(lines, "From") == "Обласне методичне об'єднання бібліотекарів закладів… <plans@example.org>");
  CHECK(one(lines, "List-Id").starts_with("Обласне методичне об'єднання бібліотекарів закладів… <"));
  CHECK(one(lines, "text/plain").find(settings.association) != std::string::npos);
  CHECK(ellipsize_words("раз два", 7) == "раз два");
  CHECK(ellipsize_words("раз два три", 8) == "раз два…");
  CHECK(ellipsize_words("разом два", 8) == "разом…");
  CHECK(ellipsize_words(std::string(70, 'a'), 60) == std::string(59, 'a') + "…");
}

TEST_CASE("a message id may end in an address literal and a broken one is made anew the same way each time") {
  for (const std::string good : {"<a@b>", "<a.b@plans.example.org>", "<a@[::1]>", "<a@[192.0.2.1]>"}) {
    CAPTURE(good);
    CHECK(is_message_id(good));
    CHECK(sound_message_id(good, "plans@example.org") == good);
  }
  for (const std::string bad :
       {"", "<>", "a@b", "<a>", "<a@[]>", "<a@[::1>", "<a@[b]c]>", "<a@[b c]>", "<@[::1]>",
        "<a@b\r\nBcc: c@d>", "<a@[b\r\nBcc: c@d]>", "<a@[b]>x>", "<a b@[::1]>"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_message_id(bad));
    const auto made = sound_message_id(bad, "plans@example.org");
    CHECK(is_message_id(made));
    CHECK(made.ends_with("@example.org>"));
    CHECK(made == sound_message_id(bad, "plans@example.org"));
    CHECK(made != sound_message_id(bad + "x", "plans@example.org"));
  }
  CHECK(sound_message_id("", "nobody").ends_with("@localhost>"));
  CHECK(is_message_id("<a@" + std::string(252, 'b') + ">"));
  CHECK_FALSE(is_message_id("<a@" + std::string(253, 'b') + ">"));
}

TEST_CASE("a hostile title is text in the HTML and no address but http becomes a link") {
  Event event = dated_event();
  event.title = "<script>alert(1)</script>\"'&";
  event.online_url = "javascript:alert(1)";
  const auto html =
      render_html(write_mail(reminder_for(event, "exact.3d"), event, person("<img src=x>", "a@b.org"),
                             mail_settings(), at("2024-11-11T06:30:00Z"))
                      .blocks,
                  Language::uk);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("href=\"javascript") == std::string::npos);
  CHECK(html.find("&lt;script&gt;") != std::string::npos);
}

TEST_CASE("a mail fetches nothing from anywhere") {
  const auto html =
      render_html(write_mail(reminder_for(dated_event(), "exact.3d"), dated_event(),
                             person("Ярмак О.П.", "a@b.org"), mail_settings(), at("2024-11-11T06:30:00Z"))
                      .blocks,
                  Language::uk);
  for (const auto* remote : {"<img", "src=", "url(", "<link", "@import", "<iframe"}) {
    CAPTURE(remote);
    CHECK(html.find(remote) == std::string::npos);
  }
}

TEST_CASE("the sender is written as an address alone or with a name") {
  CHECK(parse_mailbox("plans@example.org").value().address == "plans@example.org");
  const auto named = parse_mailbox("\"Об'єднання\" <plans@example.org>").value();
  CHECK(named.name == "Об'єднання");
  CHECK(named.address == "plans@example.org");
  for (const std::string bad :
       {"", "plans", "A <plans@example.org", "A <>", "a@b\r\nBcc: c@d", "<a@b> <c d>"}) {
    CAPTURE(bad);
    CHECK(parse_mailbox(bad).has_error());
  }
}
