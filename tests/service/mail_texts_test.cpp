#include "service/mail_texts.hpp"

#include "db/store.hpp"
#include "notify/mail_texts.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const MailTextKey of_all{OrganisationId{}, ReminderReason::deadline, Language::uk};

OrganisationId organisation(Fixture& fixture) {
  return fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [](db::Unit& unit) {
               Organisation one;
               one.name = "Об'єднання";
               return unit.organisations().insert(one);
             })
      .wait()
      .value();
}

notify::TemplateText shipped() {
  return notify::shipped_text(ReminderReason::deadline, Language::uk);
}

notify::TemplateText greeting(const std::string& word) {
  auto text = shipped();
  text.subject = word + " {title}";
  return text;
}

MailTextState state(Fixture& fixture, MailTextKey key) {
  return mail_text(fixture.context, editor, key).wait().value();
}

}  // namespace

TEST_CASE("an association's own text goes before that of all and that before the shipped one") {
  Fixture fixture;
  auto ours = of_all;
  ours.organisation = organisation(fixture);
  CHECK(state(fixture, ours).text == shipped());
  CHECK_FALSE(state(fixture, ours).own);
  REQUIRE(save_mail_text(fixture.context, editor, of_all, greeting("Усім")).wait());
  CHECK(state(fixture, ours).text == greeting("Усім"));
  CHECK_FALSE(state(fixture, ours).own);
  CHECK(state(fixture, of_all).own);
  REQUIRE(save_mail_text(fixture.context, editor, ours, greeting("Нам")).wait());
  CHECK(state(fixture, ours).text == greeting("Нам"));
  CHECK(state(fixture, ours).own);
  CHECK(state(fixture, of_all).text == greeting("Усім"));
  // Other languages and kinds are as they were.
  auto other = ours;
  other.language = Language::ru;
  CHECK_FALSE(state(fixture, other).own);

  CHECK(reset_mail_text(fixture.context, editor, ours).wait().value());
  CHECK(state(fixture, ours).text == greeting("Усім"));
  CHECK(reset_mail_text(fixture.context, editor, of_all).wait().value());
  CHECK(state(fixture, ours).text == shipped());
  CHECK_FALSE(reset_mail_text(fixture.context, editor, of_all).wait().value());
}

TEST_CASE("a text with a place that is none is not kept and the place is named") {
  Fixture fixture;
  auto wrong = shipped();
  wrong.body = "Вітаємо, {user.name}!\n" + wrong.body;
  const auto refused = save_mail_text(fixture.context, editor, of_all, wrong).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid_input);
  CHECK(refused.error().message == "{user.name} in the text, line 1, column 10: there is no such place");
  for (const auto* subject : {"", "Два\nрядки"}) {
    auto text = shipped();
    text.subject = subject;
    CHECK(save_mail_text(fixture.context, editor, of_all, text).wait().error().code == Errc::invalid_input);
  }
  CHECK_FALSE(state(fixture, of_all).own);
}

TEST_CASE("a text of the longest subject is kept and one letter more is not") {
  Fixture fixture;
  auto text = shipped();
  text.subject = std::string(notify::longest_subject_text, 'a');
  CHECK(save_mail_text(fixture.context, editor, of_all, text).wait());
  text.subject += 'a';
  CHECK_FALSE(save_mail_text(fixture.context, editor, of_all, text).wait());
  text = shipped();
  text.body += std::string(notify::longest_body_text, 'a');
  CHECK_FALSE(save_mail_text(fixture.context, editor, of_all, text).wait());
}

TEST_CASE("a text without its answers is kept with a warning that says what is missing") {
  Fixture fixture;
  auto text = shipped();
  const auto at = text.body.find("{answers}");
  REQUIRE(at != std::string::npos);
  text.body.erase(at, 9);
  const auto left = save_mail_text(fixture.context, editor, of_all, text).wait();
  REQUIRE(left);
  REQUIRE_FALSE(left->empty());
  CHECK(std::ranges::all_of(*left, [](const auto& one) { return one.is_warning(); }));
  CHECK(describe(left->front()).starts_with("{answers} does not stand in the text"));
  CHECK(state(fixture, of_all).own);
}

TEST_CASE("the preview shows the next event of the association and keeps nothing") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto shown = preview_mail_text(fixture.context, editor, of_all, greeting("Спроба:")).wait();
  REQUIRE(shown);
  CHECK(shown->subject.starts_with("Спроба: "));
  CHECK(shown->text.find("Установче засідання") != std::string::npos);
  CHECK(shown->html.find("Установче засідання") != std::string::npos);
  CHECK_FALSE(state(fixture, of_all).own);
  // Without any event an invented one stands in.
  Fixture empty;
  CHECK_FALSE(preview_mail_text(empty.context, editor, of_all, shipped()).wait().value().text.empty());
}

TEST_CASE("texts of mails are the organisers' and a kind that is no mail is not found") {
  Fixture fixture;
  const Actor reader("token:1", Role::reader), nobody;
  auto hook = of_all;
  hook.kind = ReminderReason::hook;
  CHECK(mail_text(fixture.context, editor, hook).wait().error().code == Errc::not_found);
  CHECK(save_mail_text(fixture.context, editor, hook, shipped()).wait().error().code == Errc::not_found);
  for (const auto& [actor, code] :
       {std::pair{reader, Errc::forbidden}, std::pair{nobody, Errc::unauthenticated}}) {
    CHECK(mail_text(fixture.context, actor, of_all).wait().error().code == code);
    CHECK(save_mail_text(fixture.context, actor, of_all, shipped()).wait().error().code == code);
    CHECK(reset_mail_text(fixture.context, actor, of_all).wait().error().code == code);
    CHECK(preview_mail_text(fixture.context, actor, of_all, shipped()).wait().error().code == code);
    CHECK(list_mail_texts(fixture.context, actor, {}).wait().error().code == code);
  }
  const auto all = list_mail_texts(fixture.context, editor, {}).wait().value();
  CHECK(all.size() == 4 * (reminder_reason_count - 1));  // every kind but the webhook's
}
