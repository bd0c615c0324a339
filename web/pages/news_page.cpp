#include "web/pages/news_page.hpp"

#include "web/i18n.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>
#include <utility>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using State = NewsPage::State;

void fill_groups(TemplateDictionary& form, const std::vector<FeedChoiceGroup>& groups) {
  for (const auto& group : groups) {
    auto& fields = *form.AddSectionDictionary("GROUP");
    fields["LABEL"] = group.label;
    for (const auto& choice : group.choices) {
      auto& box = *fields.AddSectionDictionary("BOX");
      box["KEY"] = group.key;
      box["VALUE"] = choice.value;
      box["TEXT"] = choice.text;
      if (choice.chosen) box.ShowSection("CHECKED");
    }
  }
}

struct Words {
  const char *heading, *text, *button;
};

// What the page of a link says before and after its button was pressed.
Words words_of(const service::SubscriptionView& view) {
  if (view.of_person)
    return {
        "How often mails come",
        "Mails about work that is entrusted to you come until it is done; they cannot be ended. Choose how "
        "often they come.",
        "Keep this choice"};
  if (view.purpose == notify::LinkPurpose::confirm)
    return {"News by mail", "Press the button, and the news will come to this address.", "Yes, send them"};
  return {"No more news by mail", "Press the button, and no more news will come to this address.",
          "Unsubscribe"};
}

const char* done_text(const service::SubscriptionView& view) {
  if (view.of_person) return "Your choice is kept. Mails about your work come as you chose.";
  if (view.purpose == notify::LinkPurpose::confirm)
    return "Thank you: it is confirmed. The first mail comes when something has changed.";
  return "You are unsubscribed. No more news will come to this address.";
}

void fill_rhythms(TemplateDictionary& form, MailRhythm chosen, Language language) {
  constexpr std::array<std::pair<MailRhythm, const char*>, 3> rhythms = {{
      {MailRhythm::each, "each mail by itself"},
      {MailRhythm::daily, "one mail a day"},
      {MailRhythm::weekly, "one mail a week, on Mondays"},
  }};
  for (const auto& [rhythm, text] : rhythms) {
    auto& one = *form.AddSectionDictionary("RHYTHM");
    one["VALUE"] = std::string(name_of(rhythm));
    one["TEXT"] = tr(language, text);
    if (rhythm == chosen) one.ShowSection("CHECKED");
  }
}

}  // namespace

std::string render_news(const NewsPage& page, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("news");
  fill_frame(values, frame, tr(language, "News by mail"), Place::subscribe);
  if (page.state == State::taken) {
    values.ShowSection("TAKEN");
    return render_template("news.html", language, values);
  }
  auto& form = *values.AddSectionDictionary("FORM");
  form["CSRF"] = frame.csrf;
  form["EMAIL"] = page.email;
  form["Q"] = page.words;
  if (page.daily) form.ShowSection("DAILY");
  if (page.state == State::bad_address)
    show_text(form, "PROBLEM", tr(language, "This is not an address that mail can be sent to."));
  if (page.state == State::bad_filter)
    show_text(form, "PROBLEM", tr(language, "Something in this choice could not be understood."));
  fill_groups(form, page.groups);
  return render_template("news.html", language, values);
}

std::string render_subscription(const service::SubscriptionView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto words = words_of(view);
  TemplateDictionary values("subscription");
  fill_frame(values, frame, tr(language, words.heading), Place::elsewhere);
  values["HEADING"] = tr(language, words.heading);
  show_text(values, "ASSOCIATION", view.association);
  if (view.done) show_text(values, "DONE", tr(language, done_text(view)));
  if (view.done && !view.of_person) return render_template("subscription.html", language, values);
  auto& form = *values.AddSectionDictionary("FORM");
  form["ACTION"] = frame.address;
  form["TEXT"] = tr(language, words.text);
  form["BUTTON"] = tr(language, words.button);
  show_text(form, "FILTER", view.filter);
  if (view.of_person) fill_rhythms(form, view.rhythm, language);
  return render_template("subscription.html", language, values);
}

}  // namespace convoke::web
