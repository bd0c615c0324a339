#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/register_page.hpp"
#include "web/pages/registration_invitations_page.hpp"
#include "web/pages/registration_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string good_text(const InvitedPage& page, Language language) {
  const auto& view = *page.view;
  if (!page.done) return {};
  if (page.erased)
    return tr(language,
              "Your data are erased, and you are not invited any more. This link leads nowhere now.");
  if (view.opted_out)
    return tr(language, "Noted: you are not invited any more. What you register for yourself still works.");
  if (page.resumed) return tr(language, "Noted: you can be invited again.");
  if (view.answer == InvitationAnswer::declined)
    return tr(language, "Thank you for saying so. If things change, you can still register here.");
  if (!view.registration) return {};
  if (view.registration->state == RegistrationState::waiting)
    return tr(language, "You are in the waiting list. A mail comes as soon as a place is free.");
  if (view.registration->state == RegistrationState::pending)
    return tr(language, "Sent. The organiser decides, and you will get a mail.");
  return tr(language, "You are registered. A mail with the calendar entry is on its way.");
}

void fill_answers(TemplateDictionary& values, const InvitedPage& page, const Frame& frame) {
  const auto& view = *page.view;
  const Language language = frame.language;
  const bool open = view.offer.door == RegistrationDoor::open;
  if (!open || (nothing_free(view.offer) && !view.offer.form.waiting_list)) {
    show_text(values, "CLOSED",
              open ? tr(language, "Every place is taken.") : closed_text(view.offer, language));
  } else {
    RegisterPage form;
    form.offer = &view.offer;
    form.entered = page.entered;
    form.problem = page.problem;
    form.field = page.field;
    form.busy = page.busy;
    auto& section = *values.AddSectionDictionary("FORM");
    fill_register_form(section, form, frame);
    section["EMAIL"] = view.mine.email;
  }
  if (view.mine.declined) return;
  auto& no = *values.AddSectionDictionary(page.says_no ? "NO_FIRST" : "NO");
  no["ACTION"] = with_query(frame.address, "lang", tag_of(language));
}

}  // namespace

std::string render_invited(const InvitedPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& view = *page.view;
  TemplateDictionary values("invited");
  const auto heading = tr(language, "Invitation");
  fill_frame(values, frame, heading + ": " + view.offer.event.title, Place::elsewhere);
  values["HEADING"] = heading;
  fill_register_event(values, view.offer.event, view.offer.association, language);
  show_text(values, "GOOD", good_text(page, language));
  if (page.erased) return render_template("invited.html", language, values);
  if (view.answer == InvitationAnswer::registered) {
    if (view.registration) {
      show_text(values, "STATE", capitalise(state_text(view.registration->state, language)));
      show_text(values, "OWN", "/register/link/" + view.registration_token);
    } else {
      show_text(values, "STATE", capitalise(state_text(RegistrationState::registered, language)));
    }
  } else {
    if (view.answer == InvitationAnswer::declined && !page.done) values.ShowSection("DECLINED");
    fill_answers(values, page, frame);
  }
  (*values.AddSectionDictionary(view.opted_out ? "RESUME" : "STOP"))["ACTION"] =
      with_query(frame.address, "lang", tag_of(language));
  // Whoever is registered finds the same on the page of the registration.
  if (view.answer != InvitationAnswer::registered)
    (*values.AddSectionDictionary("ERASE"))["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  return render_template("invited.html", language, values);
}

}  // namespace convoke::web
