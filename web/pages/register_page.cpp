#include "web/pages/register_page.hpp"

#include "base/text.hpp"
#include "model/door_address.hpp"
#include "model/registration_file.hpp"
#include "service/presentation.hpp"
#include "service/registration_consent.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/links.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/when.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

void fill_formats(TemplateDictionary& form, const RegisterPage& page, Language language) {
  const auto& offer = *page.offer;
  if (!std::ranges::all_of(offer.form.formats, &FormatPlaces::offered)) return;
  auto& formats = *form.AddSectionDictionary("FORMATS");
  for (const auto format : all_attendance_formats) {
    auto& one = *formats.AddSectionDictionary("FORMAT");
    one["VALUE"] = std::string(name_of(format));
    one["TEXT"] = format_text(format, language) + (offer.full.at(static_cast<std::size_t>(format))
                                                       ? " (" + tr(language, "every place is taken") + ")"
                                                       : std::string());
    if (page.entered.format == format) one.ShowSection("CHECKED");
  }
}

const char* state_hint(const service::RegistrationLinkView& view) {
  switch (view.mine.state) {
    case RegistrationState::submitted:
      return view.mine.holds_place ? "Press the button, and the place is yours."
                                   : "Press the button to join the waiting list.";
    case RegistrationState::pending:
      return "The organiser decides, and you will get a mail.";
    case RegistrationState::lapsed:
      return "The place was held for 24 hours. If there is still room, the button brings it back.";
    default:
      return "";
  }
}

void fill_person(TemplateDictionary& values, const RegistrationLinkPage& page, const Registration& one,
                 const Frame& frame) {
  const auto& view = *page.view;
  const Language language = frame.language;
  auto& person = *values.AddSectionDictionary("PERSON");
  person["NAME"] = one.name;
  person["STATE"] = state_text(one.state, language);
  person["FORMAT"] = format_text(one.format, language);
  show_text(person, "INSTITUTION", one.institution);
  if (one.state == RegistrationState::registered && one.format == AttendanceFormat::hall && !page.moved) {
    const auto code = qr_svg(door_address(frame.base_url, one.code), tr(language, "Ticket for the door"));
    if (code) {
      auto& ticket = *person.AddSectionDictionary("TICKET");
      ticket["CODE"] = *code;
      ticket["HREF"] = door_address({}, one.code);
    }
  }
  for (const auto& certificate : page.certificates) {
    if (certificate.registration != one.id) continue;
    auto& given = *person.AddSectionDictionary("CERTIFICATE");
    given["FILE"] = frame.address + "/certificate/" + certificate.code;
    given["NUMBER"] = number_text(certificate);
  }
  const bool alive = is_alive(one.state) && one.state != RegistrationState::attended;
  if (!alive || page.moved || view.event.status == EventStatus::cancelled) return;
  auto& acts = *person.AddSectionDictionary("ACTS");
  acts["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  acts["WHO"] = std::to_string(one.id.value);
  acts["PLACE_OF_WORK"] = one.institution;
  if (!view.form.fields.empty() && one.id == view.mine.id)
    fill_fields(*acts.AddSectionDictionary("OWN_FIELDS"), view.form, one.answers, language, false);
  if (one.confirmed) acts.ShowSection("HAND");
  acts.ShowSection("GIVE_UP");
}

// The files of whoever has the link, one form each.
void fill_files(TemplateDictionary& values, const RegistrationLinkPage& page, const Frame& frame) {
  const auto& view = *page.view;
  const auto& mine = view.mine;
  if (!is_alive(mine.state) || !is_open(view.event.status) || !asks_for_files(view.form)) return;
  auto& files = *values.AddSectionDictionary("FILES");
  files["SCRIPT"] = asset_address("files.js");
  for (const auto& field : view.form.fields) {
    if (field.kind != FieldKind::file) continue;
    auto& one = *files.AddSectionDictionary("ONE");
    one["ACTION"] = with_query(frame.address + "/files", "lang", tag_of(frame.language));
    one["KEY"] = field.key;
    one["LABEL"] = label_in(field, frame.language);
    show_text(one, "HELP", help_in(field, frame.language));
    fill_file(one, frame.language);
    const auto sent =
        std::ranges::find_if(mine.answers, [&](const auto& pair) { return pair.first == field.key; });
    const bool there = sent != mine.answers.end();
    if (there) {
      auto& has = *one.AddSectionDictionary("HAS");
      has["HREF"] = frame.address + "/files/" + field.key;
      has["FILE_NAME"] = sent->second;
    } else {
      one.ShowSection(field.required ? "MISSING" : "NONE");
    }
    one["BUTTON"] = tr(frame.language, there ? "Replace the file" : "Send the file");
  }
}

// Of whoever was handed a place.
void fill_agreement(TemplateDictionary& values, const RegistrationLinkPage& page, const Frame& frame) {
  const auto& view = *page.view;
  if (!service::lacks_consent(view.mine)) return;
  const auto text = service::consent_text(view.form, view.association, frame.language);
  auto& agree = *values.AddSectionDictionary("AGREE");
  agree["ACTION"] = with_query(frame.address, "lang", tag_of(frame.language));
  agree["VERSION"] = service::consent_version(text);
  agree["CONSENT"] = text;
}

std::string good_text(const RegistrationLinkPage& page, Language language) {
  if (page.erased) return tr(language, "Your data are erased. This link leads nowhere any more.");
  if (page.moved)
    return tr(
        language,
        "Done. This address is written to: the place is theirs, unless they had one already; then it goes to "
        "whoever waits. Your link acts no more.");
  if (page.handed)
    return tr(
        language,
        "Done. This address is written to: the place is theirs, unless they had one already; then it goes to "
        "whoever waits.");
  if (page.file_sent) return tr(language, "The file is there.");
  if (page.agreed) return tr(language, "Noted with today's date: you agree. Thank you.");
  if (!page.done) return {};
  switch (page.view->mine.state) {
    case RegistrationState::registered:
      return tr(language, "You are registered. A mail with the calendar entry is on its way.");
    case RegistrationState::waiting:
      return tr(language, "You are in the waiting list. A mail comes as soon as a place is free.");
    case RegistrationState::pending:
      return tr(language, "Confirmed. The organiser decides, and you will get a mail.");
    case RegistrationState::cancelled:
      return tr(language,
                "The registration is cancelled. Thank you for saying so: the place goes to somebody else.");
    default:
      return tr(language, "Saved.");
  }
}

}  // namespace

void fill_register_event(TemplateDictionary& values, const Event& event, const std::string& association,
                         Language language) {
  show_text(values, "ASSOCIATION", association);
  values["TITLE"] = event.title;
  values["HREF"] = event_path(event.id);
  values["WHEN"] = when_text(event.period, language);
  show_text(values, "PLACE", event.place);
}

std::string closed_text(const service::RegistrationOffer& offer, Language language) {
  if (offer.event.status == EventStatus::cancelled) return tr(language, "This event does not take place.");
  if (offer.door == RegistrationDoor::not_yet && offer.form.opens)
    return tr(language, "Registration opens {when}.",
              {{"when", local_moment(*offer.form.opens, service::zone_of(offer.event), language)}});
  return tr(language, "Registration is closed.");
}

void fill_register_form(TemplateDictionary& form, const RegisterPage& page, const Frame& frame) {
  const auto& offer = *page.offer;
  const Language language = frame.language;
  const auto zone = service::zone_of(offer.event);
  form["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  form["CSRF"] = frame.csrf;
  form["KEY"] = offer.key;
  form["VERSION"] = service::consent_version(offer.consent);
  form["CONSENT"] = offer.consent;
  form["NAME"] = page.entered.name;
  form["EMAIL"] = page.entered.email;
  form["INSTITUTION"] = page.entered.institution;
  form["COLLEAGUES"] = join(page.entered.colleagues, "\n");
  if (!page.entered.colleagues.empty()) form.ShowSection("COLLEAGUES_OPEN");
  if (page.problem) show_text(form, "PROBLEM", problem_text(*page.problem, page.field, offer.form, language));
  if (page.busy) show_text(form, "PROBLEM", busy_text(language));
  if (offer.until)
    show_text(form, "UNTIL",
              tr(language, "Registration is open until {when}.",
                 {{"when", closing_moment(*offer.until, zone, language)}}));
  if (offer.form.first_closes && offer.form.closes && *offer.form.closes > *offer.form.first_closes)
    show_text(form, "EXTENDED",
              tr(language, "Extended: until {when}.",
                 {{"when", closing_moment(*offer.form.closes, zone, language)}}));
  const bool full = nothing_free(offer);
  if (full)
    show_text(form, "FULL",
              tr(language,
                 "Every place is taken. You can join the waiting list: whoever comes first gets the "
                 "next free place."));
  if (asks_for_files(offer.form)) {
    form.ShowSection("FILES");
    show_text(form, "SCRIPT", asset_address("files.js"));
    if (page.problem || page.busy) form.ShowSection("CHOOSE_AGAIN");
  }
  form["BUTTON"] = tr(language, full ? "Join the waiting list" : "Register");
  fill_formats(form, page, language);
  fill_fields(form, offer.form, page.entered.answers, language);
}

std::string render_register(const RegisterPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& offer = *page.offer;
  TemplateDictionary values("register");
  fill_frame(values, frame, tr(language, "Registration") + ": " + offer.event.title, Place::elsewhere);
  fill_register_event(values, offer.event, offer.association, language);
  const bool no_room = nothing_free(offer) && !offer.form.waiting_list;
  if (page.taken) {
    auto& taken = *values.AddSectionDictionary("TAKEN");
    if (page.files_left_out) taken.ShowSection("LEFT_OUT");
  } else if (offer.door != RegistrationDoor::open)
    show_text(values, "CLOSED", closed_text(offer, language));
  else if (no_room)
    show_text(values, "CLOSED", tr(language, "Every place is taken."));
  else
    fill_register_form(*values.AddSectionDictionary("FORM"), page, frame);
  return render_template("register.html", language, values);
}

std::string render_registration_link(const RegistrationLinkPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& view = *page.view;
  TemplateDictionary values("registration_link");
  const auto heading = tr(language, "Your registration");
  fill_frame(values, frame, heading, Place::elsewhere);
  values["HEADING"] = heading;
  fill_register_event(values, view.event, view.association, language);
  if (takes_part(view.mine.state) && !page.moved && !page.erased)
    show_text(values, "ONLINE", view.event.online_url);
  show_text(values, "GOOD", good_text(page, language));
  if (page.problem)
    show_text(values, "PROBLEM", problem_text(*page.problem, page.field, view.form, language));
  if (page.busy) show_text(values, "PROBLEM", busy_file_text(language));
  if (page.moved || page.erased) return render_template("registration_link.html", language, values);
  show_text(values, "STATE", capitalise(state_text(view.mine.state, language)));
  if (view.mine.state == RegistrationState::waiting)
    show_text(values, "HINT",
              tr(language, "Waiting in front of you: {count}", {{"count", std::to_string(view.before)}}));
  else if (const std::string hint = state_hint(view); !hint.empty())
    show_text(values, "HINT", tr(language, hint.c_str()));
  const bool may_confirm =
      view.mine.state == RegistrationState::submitted ||
      (view.mine.state == RegistrationState::lapsed && view.door == RegistrationDoor::open);
  if (may_confirm && view.event.status != EventStatus::cancelled)
    (*values.AddSectionDictionary("CONFIRM"))["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  fill_agreement(values, page, frame);
  if (takes_part(view.mine.state) && view.in_calendar)
    show_text(values, "ADD", event_path(view.event.id) + ".ics");
  for (const auto& one : view.party) fill_person(values, page, one, frame);
  fill_files(values, page, frame);
  auto& own = *values.AddSectionDictionary("OWN_DATA");
  own["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  own["DATA_HREF"] = frame.address + "/data";
  const bool gone = !is_alive(view.mine.state) && !may_confirm;
  if (gone && view.door == RegistrationDoor::open) show_text(values, "AGAIN", register_path(view.event.id));
  return render_template("registration_link.html", language, values);
}

}  // namespace convoke::web
