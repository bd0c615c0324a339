#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/programme.hpp"
#include "service/talk_list.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/programme.hpp"
#include "web/i18n.hpp"
#include "web/pages/programme_desk_page.hpp"
#include "web/pages/programme_page.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using What = service::ProgrammeEdit::What;

// Zero or more; nothing for anything else.
std::optional<int> whole_in(const std::string& text) {
  const auto clean = trim(text);
  int number = 0;
  const auto parsed = std::from_chars(clean.data(), clean.data() + clean.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != clean.data() + clean.size() || number < 0)
    return std::nullopt;
  return number;
}

// A field that says nothing a number could be read from is refused where it is checked: 0 is no length.
ProgrammeRow row_in(const Request& request) {
  ProgrammeRow row;
  row.title = field_of(request, "title");
  row.is_break = field_of(request, "break") == "yes";
  row.minutes = whole_in(field_of(request, "minutes")).value_or(0);
  const auto speakers = field_of(request, "speakers");
  for (const auto line : split(speakers, '\n'))
    if (!trim(line).empty()) row.speakers.emplace_back(trim(line));
  row.abstract = field_of(request, "abstract");
  if (const auto at = parse_iso_time(field_of(request, "at"))) row.at = *at;
  return row;
}

ProgrammeSection head_in(const Request& request) {
  ProgrammeSection head;
  head.title = field_of(request, "title");
  head.room = field_of(request, "room");
  head.chair = field_of(request, "chair");
  head.day = whole_in(field_of(request, "day")).value_or(0);
  head.begin = TimeOfDay{-1};
  if (const auto begin = parse_iso_time(field_of(request, "begin"))) head.begin = *begin;
  return head;
}

// Errors: invalid_input for a form that none of our pages has.
Result<service::ProgrammeEdit> edit_in(const Request& request) {
  service::ProgrammeEdit edit;
  const auto what = service::programme_edit_of(field_of(request, "do"));
  const auto section = whole_in(field_of(request, "section").empty() ? "0" : field_of(request, "section"));
  const auto row = whole_in(field_of(request, "row").empty() ? "0" : field_of(request, "row"));
  const auto to = whole_in(field_of(request, "to").empty() ? "0" : field_of(request, "to"));
  if (!what || !section || !row || !to) return Error(Errc::invalid_input, "the form is not complete");
  edit.what = *what;
  edit.section = *section;
  edit.row = static_cast<std::size_t>(*row);
  edit.to = *to;
  edit.head = head_in(request);
  edit.entry = row_in(request);
  return edit;
}

std::string problem_of(const Error& error, Language language) {
  constexpr std::array<std::pair<std::string_view, const char*>, 14> known = {{
      {"'title'", "A title is missing, or too long."},
      {"'minutes': the section", "The section is not over by midnight."},
      {"'minutes'", "Minutes: a number from 1 to 720."},
      {"'speakers'", "Speakers: twenty at most, each in one line."},
      {"'abstract'", "The abstract is too long or could not be read."},
      {"'section'", "The section needs a title, and no longer than a line."},
      {"'room'", "The room could not be read."},
      {"'chair'", "The name of who is in the chair could not be read."},
      {"'day'", "Day: a number from 1 to 31."},
      {"'begin'", "The time of the beginning could not be read."},
      {"'list': no line", "Nothing in the list could be understood."},
      {"'list'", "The list is too long."},
      {"'rows'", "A section has a hundred rows at most."},
      {"'break'", "A break belongs into a section."},
  }};
  for (const auto& [start, text] : known)
    if (error.message.starts_with(start)) return tr(language, text);
  if (error.code == Errc::conflict)
    return tr(language,
              "Somebody changed the programme in between. This is how it is now; repeat your step.");
  return error.message;
}

awaitable<Reply> desk_page(Services& services, Request request, EventId event, ProgrammeDeskPage page) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred =
      service::programme_desk(services.context, *snapshot, service::actor_of(*request.who), event);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  const auto frame = frame_of(services, request, programme_desk_path(event));
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return private_page(request, frame, render_programme_desk(page, frame), status);
}

// Where the step can be seen.
std::string place_after(const service::ProgrammeEdit& edit, const Programme& programme) {
  if (edit.what == What::add_section)
    return "#section-" + std::to_string(programme.sections.empty() ? 0 : programme.sections.back().number);
  if (edit.what == What::remove_section || edit.section == 0) return "";
  return "#section-" + std::to_string(edit.section);
}

}  // namespace

awaitable<Reply> show_programme_desk(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const EventId event{*number};
  co_return co_await desk_page(services, std::move(request), event, ProgrammeDeskPage());
}

awaitable<Reply> change_programme(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const EventId event{*number};
  const Language language = language_of_reader(request);
  const auto action = field_of(request, "do");
  ProgrammeDeskPage page;
  std::optional<service::ProgrammeEdit> edit;
  if (action == "look" || action == "append") {
    page.list = field_of(request, "list");
    page.list_section = whole_in(field_of(request, "section")).value_or(0);
    auto list = service::read_talk_list(page.list);
    if (!list) {
      page.problem = problem_of(list.error(), language);
      co_return co_await desk_page(services, std::move(request), event, std::move(page));
    }
    page.understood = std::move(*list);
    if (action == "look") co_return co_await desk_page(services, std::move(request), event, std::move(page));
    edit.emplace();
    edit->what = What::append;
    edit->section = page.list_section;
    edit->rows = page.understood->rows;
    edit->first = page.understood->first;
  } else {
    auto read = edit_in(request);
    if (!read) co_return error_reply(request, read.error());
    edit = std::move(*read);
  }
  const auto version = whole_in(field_of(request, "version"));
  if (!version) co_return error_reply(request, 400, "the form is not complete");
  auto deferred =
      service::edit_programme(services.context, service::actor_of(*request.who), event, *version, *edit);
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return Reply::redirect(programme_desk_path(event) + place_after(*edit, *changed));
  const Error error = changed.error();
  if (!can_be_mended(error)) co_return error_reply(request, error);
  page.problem = problem_of(error, language);
  // After somebody else's change the rows may be others.
  if (error.code != Errc::conflict) page.entered = std::move(*edit);
  co_return co_await desk_page(services, std::move(request), event, std::move(page));
}

}  // namespace convoke::web
