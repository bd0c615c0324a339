#include "web/pages/registration_invitations_page.hpp"

#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::GuestFate;

const char* fate_words(GuestFate fate) {
  switch (fate) {
    case GuestFate::registered:
      return "is registered already";
    case GuestFate::before:
      return "was invited before";
    case GuestFate::no_address:
      return "has no address";
    case GuestFate::unreachable:
      return "mail to this address comes back";
    case GuestFate::opted_out:
      return "wants no invitations";
    case GuestFate::erased:
      return "had their data erased and is not invited anew";
    case GuestFate::wrong:
      return "this is no address";
    case GuestFate::too_many:
      return "the event has as many invitations as there may be";
    case GuestFate::invited:
      break;
  }
  return "gets a mail";
}

const char* answer_words(InvitationAnswer answer) {
  switch (answer) {
    case InvitationAnswer::registered:
      return "has registered";
    case InvitationAnswer::declined:
      return "cannot come";
    case InvitationAnswer::silent:
      break;
  }
  return "has not answered";
}

const char* answer_look(InvitationAnswer answer) {
  if (answer == InvitationAnswer::registered) return "chip chip-held";
  return answer == InvitationAnswer::silent ? "chip chip-open" : "chip";
}

void fill_figures(TemplateDictionary& values, const InvitationsPage& page, Language language) {
  const auto& desk = *page.desk;
  if (desk.people.empty()) return;
  auto& figures = *values.AddSectionDictionary("FIGURES");
  const auto count = [&](const std::string& label, int number) {
    auto& one = *figures.AddSectionDictionary("COUNT");
    one["NUMBER"] = std::to_string(number);
    one["LABEL"] = label;
  };
  count(tr(language, "invited"), static_cast<int>(desk.people.size()));
  for (const auto answer : all_invitation_answers) {
    const auto found = desk.counts.find(answer);
    count(tr(language, answer_words(answer)), found == desk.counts.end() ? 0 : found->second);
  }
  const bool silent = desk.counts.contains(InvitationAnswer::silent);
  if (desk.door == RegistrationDoor::open && desk.may_be_reminded > 0)
    (*figures.AddSectionDictionary("REMIND"))["TEXT"] =
        tr(language, "Remind those who have not answered ({count})",
           {{"count", std::to_string(desk.may_be_reminded)}});
  else if (silent)
    figures.ShowSection("TOO_EARLY");
}

void fill_wish(TemplateDictionary& values, const InvitationsPage& page, Language language) {
  const auto& desk = *page.desk;
  auto& wish = *values.AddSectionDictionary("WISH");
  auto* groups = desk.groups.empty() ? nullptr : wish.AddSectionDictionary("GROUPS");
  for (std::size_t i = 0; i < desk.groups.size(); ++i) {
    auto& one = *groups->AddSectionDictionary("GROUP");
    one["VALUE"] = std::to_string(desk.groups[i].id.value);
    one["LABEL"] = desk.groups[i].name + " (" + std::to_string(desk.group_sizes[i]) + ")";
    if (desk.groups[i].id == page.wish.group) one.ShowSection("SELECTED");
  }
  for (const auto& organisation : desk.organisations) {
    auto& one = *wish.AddSectionDictionary("ORGANISATION");
    one["VALUE"] = std::to_string(organisation.id.value);
    one["LABEL"] = organisation.name;
    if (organisation.id == page.wish.organisation) one.ShowSection("SELECTED");
  }
  wish["ADDRESSES"] = page.wish.addresses;
  if (desk.people.empty() && !page.preview) wish.ShowSection("OPEN");
  if (!page.problem.empty()) wish.ShowSection("OPEN");
  wish["SUMMARY"] = tr(language, desk.people.empty() ? "Whom to invite" : "Invite more people");
}

void fill_guest(TemplateDictionary& list, const service::Guest& guest, Language language) {
  auto& row = *list.AddSectionDictionary("GUEST");
  row["NAME"] = guest.who.name.empty() ? guest.who.email : guest.who.name;
  if (!guest.who.name.empty()) show_text(row, "EMAIL", guest.who.email);
  show_text(row, "INSTITUTION", guest.who.institution);
  row["LOOK"] = guest.fate == GuestFate::invited ? "chip chip-held" : "chip";
  row["FATE"] = tr(language, fate_words(guest.fate));
}

void fill_preview(TemplateDictionary& values, const InvitationsPage& page, const Frame& frame) {
  const auto& preview = *page.preview;
  const Language language = frame.language;
  auto& section = *values.AddSectionDictionary("PREVIEW");
  const auto left_out = static_cast<int>(preview.guests.size()) - preview.invited;
  section["HEADING"] = tr(language, "Who gets a mail: {count}; who does not: {others}",
                          {{"count", std::to_string(preview.invited)}, {"others", std::to_string(left_out)}});
  if (preview.no_room) section.ShowSection("NO_ROOM");
  if (preview.invited > 0 && page.desk->door == RegistrationDoor::open) {
    auto& send = *section.AddSectionDictionary("SEND");
    send["GROUP"] = std::to_string(page.wish.group.value);
    send["ORGANISATION"] = std::to_string(page.wish.organisation.value);
    send["ADDRESSES"] = page.wish.addresses;
    send["TEXT"] = tr(language, "Send the mails ({count})", {{"count", std::to_string(preview.invited)}});
  }
  // Those who get none first: it is they about whom something is to be done.
  for (const auto& guest : preview.guests)
    if (guest.fate != GuestFate::invited) fill_guest(section, guest, language);
  for (const auto& guest : preview.guests)
    if (guest.fate == GuestFate::invited) fill_guest(section, guest, language);
}

void fill_people(TemplateDictionary& values, const service::InvitationDesk& desk, Language language) {
  if (desk.people.empty()) return;
  const auto zone = service::zone_of(desk.event);
  auto& people = *values.AddSectionDictionary("PEOPLE");
  for (const auto& one : desk.people) {
    const auto& who = one.invitation;
    auto& row = *people.AddSectionDictionary("ROW");
    row["NAME"] = who.email.empty() ? tr(language, "(erased)") : who.name.empty() ? who.email : who.name;
    if (!who.name.empty()) show_text(row, "EMAIL", who.email);
    show_text(row, "INSTITUTION", who.institution);
    row["LOOK"] = answer_look(one.answer);
    row["ANSWER"] = tr(language, answer_words(one.answer));
    row["AT"] = tr(language, "invited {when}", {{"when", local_moment(who.invited, zone, language)}});
    if (who.reminded)
      show_text(row, "REMINDED",
                tr(language, "reminded {when}", {{"when", local_moment(*who.reminded, zone, language)}}));
  }
}

}  // namespace

std::string registration_invitations_path(EventId event) {
  return registration_desk_path(event) + "/invitations";
}

std::string render_registration_invitations(const InvitationsPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  TemplateDictionary values("manage_registration_invitations");
  fill_manage_frame(values, frame, tr(language, "Invitations") + ": " + desk.event.title, Desk::plans);
  values["TITLE"] = desk.event.title;
  values["DESK_HREF"] = registration_desk_path(desk.event.id);
  values["ACTION"] = registration_invitations_path(desk.event.id);
  values["CSRF"] = frame.csrf;
  show_text(values, "PROBLEM", page.problem);
  if (desk.door != RegistrationDoor::open) values.ShowSection("CLOSED");
  if (page.sent && page.preview)
    show_text(values, "GOOD",
              tr(language, "The mails are on their way: {count}.",
                 {{"count", std::to_string(page.preview->invited)}}));
  if (page.reminded)
    show_text(
        values, "GOOD",
        tr(language, "Reminders are on their way: {count}.", {{"count", std::to_string(*page.reminded)}}));
  fill_figures(values, page, language);
  if (page.preview && !page.sent) fill_preview(values, page, frame);
  fill_wish(values, page, language);
  fill_people(values, desk, language);
  return render_template("manage_registration_invitations.html", language, values);
}

}  // namespace convoke::web
