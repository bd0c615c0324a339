#include "web/pages/papers_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>
#include <map>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string problem_text(const Error& error, Language language) {
  constexpr std::array<std::pair<std::string_view, const char*>, 7> known = {{
      {"'title_", "A title is too long or could not be read."},
      {"'lead_", "A line above the name is too long or could not be read."},
      {"'text_", "A text is too long, or it has a place in braces that there is not."},
      {"'signatory_", "Who signs: at most 300 characters."},
      {"'hours'", "Hours: a number such as 8 or 7,5."},
      {"'name'", "A certificate needs a name, and the person's data must not have been erased."},
      {"'background'",
       "The picture could not be used: a PNG or JPEG file in RGB, at most 8 MB and 24 million pixels."},
  }};
  for (const auto& [start, text] : known)
    if (error.message.starts_with(start)) return tr(language, text);
  if (error.code == Errc::conflict)
    return tr(language, "Certificates are given when the event has begun and its days are known.");
  return error.message;
}

std::string places_text() {
  std::string text;
  for (const auto place : certificate_places) text += (text.empty() ? "{" : " {") + std::string(place) + "}";
  return text;
}

void fill_settings(TemplateDictionary& values, const PapersPage& page) {
  const auto& settings = page.entered ? *page.entered : page.desk->settings;
  if (settings.awaited) values.ShowSection("AWAITED");
  if (page.desk->settings.background) values.ShowSection("HAS_BACKGROUND");
  values["HOURS"] = settings.hours;
  values["PLACES"] = places_text();
  const CertificateSettings none;
  for (const auto language : all_languages) {
    const auto& own = settings.words.at(static_cast<std::size_t>(language));
    const auto shipped = words_in(none, language);
    auto& one = *values.AddSectionDictionary("WORDS");
    one["TAG"] = std::string(tag_of(language));
    one["LANGUAGE_NAME"] = own_name(language);
    one["W_TITLE"] = own.title;
    one["W_LEAD"] = own.lead;
    one["W_TEXT"] = own.text;
    one["W_SIGNATORY"] = own.signatory;
    one["OUR_TITLE"] = shipped.title;
    one["OUR_LEAD"] = shipped.lead;
    one["OUR_TEXT"] = shipped.text;
  }
}

std::string fact_text(service::CertificateFact fact, Language language) {
  using service::CertificateFact;
  switch (fact) {
    case CertificateFact::association:
      return tr(language, "Association");
    case CertificateFact::title:
      return tr(language, "Title");
    case CertificateFact::days:
      return tr(language, "Date");
    case CertificateFact::place:
      return tr(language, "Place");
    case CertificateFact::hours:
      return tr(language, "Hours");
    case CertificateFact::institution:
      return tr(language, "Institution");
    case CertificateFact::words:
      break;
  }
  return tr(language, "Text or signature");
}

// "Title, hours": what a certificate says otherwise than its event.
std::string facts_text(const std::vector<service::CertificateFact>& facts, Language language) {
  std::string text;
  for (const auto fact : facts) text += (text.empty() ? "" : ", ") + to_lower(fact_text(fact, language));
  return text;
}

// Which certificates are no longer true: those of one event mostly share what changed.
void fill_outdated(TemplateDictionary& values, const PapersPage& page, const Frame& frame) {
  const auto& outdated = page.desk->outdated;
  if (outdated.empty()) return;
  const auto language = frame.language;
  auto& section = *values.AddSectionDictionary("OUTDATED");
  section["ACTION"] = papers_path(page.desk->event.id);
  section["CSRF"] = frame.csrf;
  const auto count = static_cast<std::int64_t>(outdated.size());
  section["COUNT"] = trn(language, "{n} certificate no longer says what the event says.",
                         "{n} certificates no longer say what the event says.", count);
  section["BUTTON"] = trn(language, "Write {n} certificate anew", "Write all {n} certificates anew", count);
  std::map<std::vector<service::CertificateFact>, std::string> numbers;
  for (const auto& one : page.desk->register_rows) {
    const auto found = outdated.find(one.id);
    if (found == outdated.end()) continue;
    auto& list = numbers[found->second];
    list += (list.empty() ? "" : ", ") + number_text(one);
  }
  for (const auto& [facts, list] : numbers) {
    auto& group = *section.AddSectionDictionary("GROUP");
    group["FACTS"] = facts_text(facts, language);
    group["NUMBERS"] = list;
  }
}

void fill_certificate_row(TemplateDictionary& values, const Certificate& one, const PapersPage& page,
                          const Frame& frame) {
  const Language language = frame.language;
  const auto zone = service::zone_of(page.desk->event);
  auto& row = *values.AddSectionDictionary("ROW");
  const auto action = papers_path(one.event) + "/certificates/" + std::to_string(one.id.value);
  row["NUMBER"] = number_text(one);
  row["NAME"] = one.name.empty() ? tr(language, "name erased") : one.name;
  row["ISSUED"] = date_text(civil_date(one.issued, zone), language);
  row["CHECK"] = std::string(service::certificate_path) + one.code;
  if (one.reissued)
    show_text(row, "REISSUED",
              tr(language, "written anew on {date}",
                 {{"date", date_text(civil_date(*one.reissued, zone), language)}}));
  if (const auto found = page.desk->outdated.find(one.id); found != page.desk->outdated.end())
    show_text(row, "OLD", facts_text(found->second, language));
  if (one.revoked) {
    row.ShowSection("REVOKED");
  } else if (!one.name.empty()) {
    show_text(row, "FILE", action);
  }
  auto& acts = *row.AddSectionDictionary("ACTS");
  acts["ROW_ACTION"] = action;
  acts["CSRF"] = frame.csrf;
  acts["ID"] = std::to_string(one.id.value);
  if (!one.name.empty()) (*acts.AddSectionDictionary("REISSUE"))["NAME_NOW"] = one.name;
  if (!one.revoked) acts.ShowSection("REVOKE");
}

void fill_issue(TemplateDictionary& values, const PapersPage& page, Language language) {
  const auto& desk = *page.desk;
  if (!desk.ready) {
    values.ShowSection("NOT_READY");
    return;
  }
  if (desk.attended + desk.registered == 0) return;
  auto& issue = *values.AddSectionDictionary("ISSUE");
  issue["WAITING"] = trn(language, "{n} person came and has no certificate yet.",
                         "{n} people came and have no certificate yet.", desk.attended);
  if (desk.registered > 0)
    show_text(
        issue, "REGISTERED",
        trn(language, "Also to {n} registered person whom nobody saw at the door (online, too)",
            "Also to {n} registered people whom nobody saw at the door (online, too)", desk.registered));
}

service::PaperWords paper_words(Language language) {
  service::PaperWords words;
  words.language = language;
  for (const auto format : all_attendance_formats) words.formats[format] = format_text(format, language);
  return words;
}

}  // namespace

std::string papers_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/papers";
}

std::string render_papers(const PapersPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  TemplateDictionary values("manage_papers");
  fill_manage_frame(values, frame, tr(language, "Certificates, badges and lists") + ": " + desk.event.title,
                    Desk::plans);
  values["TITLE"] = desk.event.title;
  values["DESK_HREF"] = registration_desk_path(desk.event.id);
  values["ACTION"] = papers_path(desk.event.id);
  values["CSRF"] = frame.csrf;
  values["WHEN"] = when_text(desk.event.period, language);
  if (page.saved) values.ShowSection("SAVED");
  if (page.problem) show_text(values, "PROBLEM", problem_text(*page.problem, language));
  if (page.anew)
    show_text(values, "ANEW",
              trn(language, "{n} certificate was written anew; its number stayed.",
                  "{n} certificates were written anew; their numbers stayed.", *page.anew) +
                  (page.told ? " " + tr(language, "Their holders are told by mail.") : std::string()));
  fill_outdated(values, page, frame);
  fill_issue(values, page, language);
  if (desk.register_rows.empty())
    values.ShowSection("NONE");
  else
    values.ShowSection("ALL_FILES");
  for (const auto& one : desk.register_rows) fill_certificate_row(values, one, page, frame);
  fill_settings(values, page);
  return render_template("manage_papers.html", language, values);
}

std::string render_certificate(const service::CertificateCheck* check, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("certificate");
  const auto heading = tr(language, "Certificate check");
  fill_frame(values, frame, heading, Place::elsewhere);
  values["VERIFY"] = verify_path;
  if (check == nullptr) {
    values.ShowSection("UNKNOWN");
    return render_template("certificate.html", language, values);
  }
  const auto& one = check->certificate;
  auto& known = *values.AddSectionDictionary("KNOWN");
  known.ShowSection(one.revoked ? "REVOKED" : "VALID");
  known["NUMBER"] = number_text(one);
  known["EVENT"] = one.event_title;
  known["WHEN"] = service::certificate_dates(one, language);
  show_text(known, "NAME", one.name);
  if (one.name.empty() && !one.revoked) known.ShowSection("ERASED");
  show_text(known, "ASSOCIATION", check->association);
  if (one.reissued && !one.revoked)
    show_text(
        known, "ANEW",
        tr(language,
           "It was written anew on {date}: an older print may say something else, and this is what counts.",
           {{"date", date_text(civil_date(*one.reissued, check->zone), language)}}));
  return render_template("certificate.html", language, values);
}

std::string render_verify(const VerifyPage& page, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("verify");
  fill_frame(values, frame, tr(language, "Certificate check"), Place::elsewhere);
  values["ACTION"] = verify_path;
  values["TYPED"] = page.typed;
  using Answer = VerifyPage::Answer;
  if (page.answer == Answer::no_code)
    show_text(values, "PROBLEM",
              tr(language,
                 "This is no code of a certificate: it has twenty characters, digits and the letters a to f. "
                 "Compare it with the paper."));
  if (page.answer == Answer::number_alone)
    show_text(values, "PROBLEM",
              tr(language,
                 "The number alone is not enough: type the code, too. It ends the address that is printed "
                 "below the number."));
  if (page.answer == Answer::unknown)
    show_text(
        values, "PROBLEM",
        tr(language,
           "No certificate of ours has this code, or it has another number. Compare both with the paper."));
  return render_template("verify.html", language, values);
}

service::PaperWords badge_words(Language language) {
  auto words = paper_words(language);
  words.title = tr(language, "Badges");
  return words;
}

service::PaperWords attendance_words(Language language) {
  auto words = paper_words(language);
  words.title = tr(language, "Attendance list");
  for (const char* heading : {"No.", "Surname and name", "Institution", "Signature"})
    words.headings.push_back(tr(language, heading));
  return words;
}

}  // namespace convoke::web
