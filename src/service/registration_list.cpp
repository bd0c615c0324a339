#include "service/registration_list.hpp"

#include "base/text.hpp"
#include "documents/document.hpp"
#include "service/people_table.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_scope.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace convoke::service {
namespace {

// What is judged against: the form, who is registered, and how many places are left.
class Judge {
 public:
  Judge(db::Unit& unit, RegistrationForm form, AttendanceFormat format)
      : unit_(unit), form_(std::move(form)), format_(format) {
    const auto& places = form_.of(format);
    const bool queue = unit.registrations().anybody_waits(form_.event, format);
    left_ = queue ? 0 : places.places ? *places.places - places.taken : std::numeric_limits<int>::max();
  }

  ListedPerson judged(const TableLine& line) {
    ListedPerson person;
    person.line = line.line;
    auto entry = entry_of(line);
    if (const auto wrong = check_entry(form_, entry)) {
      person.problem = wrong->problem;
      person.fate = ListedFate::wrong;
    }
    person.name = entry.name;
    person.email = entry.email;
    person.institution = entry.institution;
    if (!person.problem) person.fate = fate_of(entry);
    return person;
  }
  RegistrationEntry entry_of(const TableLine& line) const {
    RegistrationEntry entry;
    entry.name = line.name;
    entry.email = line.email;
    entry.institution = line.organisation;
    entry.format = format_;
    entry.organiser = entry.answers_optional = true;
    entry.channel = "organiser";
    entry.language = language_of(to_lower(line.language)).value_or(Language::uk);
    return entry;
  }

 private:
  ListedFate fate_of(const RegistrationEntry& entry) {
    if (!entry.email.empty()) {
      if (!seen_.insert(entry.email).second) return ListedFate::twice;
      const auto known = unit_.registrations().of_address(form_.event, entry.email);
      const bool alive =
          std::ranges::any_of(known, [](const Registration& one) { return is_alive(one.state); });
      if (alive) return ListedFate::known;
    }
    if (left_ > 0) {
      --left_;
      return ListedFate::registered;
    }
    return form_.waiting_list ? ListedFate::waiting : ListedFate::no_room;
  }

  db::Unit& unit_;
  RegistrationForm form_;
  AttendanceFormat format_;
  int left_ = 0;
  std::set<std::string> seen_;
};

Result<std::vector<TableLine>> lines_of(const std::string& bytes, const std::string& file_name) {
  const auto document = documents::read_document(bytes, file_name);
  if (!document) return document.error();
  auto lines = read_people_table(*document);
  if (lines && lines->size() > most_listed_people)
    return Error(Errc::limit_exceeded,
                 "a table has at most " + std::to_string(most_listed_people) + " people");
  return lines;
}

Result<RegistrationForm> form_with(db::Unit& unit, const DeskScope& scope, AttendanceFormat format) {
  auto form = desk_form(unit, scope);
  if (form && !form->of(format).offered) return Error(Errc::invalid_input, "'formats': not offered");
  return form;
}

}  // namespace

Deferred<RegistrationList> preview_registration_list(Context& context, Actor actor, DeskScope scope,
                                                     std::string bytes, std::string file_name,
                                                     AttendanceFormat format) {
  using List = Deferred<RegistrationList>;
  if (auto no = desk_refusal(actor)) return List::ready(std::move(*no));
  auto lines = lines_of(bytes, file_name);
  if (!lines) return List::ready(lines.error());
  return context.store.read(
      [scope, lines = std::move(*lines), format](db::Unit& unit) -> Result<RegistrationList> {
        if (const auto event = desk_event(unit, scope); !event) return event.error();
        auto form = form_with(unit, scope, format);
        if (!form) return form.error();
        Judge judge(unit, std::move(*form), format);
        RegistrationList list;
        list.format = format;
        list.table = write_people_table(lines);
        for (const auto& line : lines) list.people.push_back(judge.judged(line));
        return list;
      });
}

Deferred<RegistrationList> commit_registration_list(Context& context, Actor actor, DeskScope scope,
                                                    std::string table, AttendanceFormat format) {
  auto lines = lines_of(table, "list.csv");
  if (!lines) return Deferred<RegistrationList>::ready(lines.error());
  return desk_write<RegistrationList>(
      context, actor, scope,
      [scope, lines = std::move(*lines), format](const RegistrationWork& work,
                                                 const Event& event) -> Result<RegistrationList> {
        auto form = form_with(work.unit, scope, format);
        if (!form) return form.error();
        Judge judge(work.unit, *form, format);
        RegistrationList list;
        list.format = format;
        for (const auto& line : lines) {
          auto person = judge.judged(line);
          const bool enters = person.fate == ListedFate::registered || person.fate == ListedFate::waiting;
          if (enters) {
            const auto entered = enter_form(work, event.id, judge.entry_of(line));
            if (!entered) return entered.error();
            if (entered->problem) return Error(Errc::conflict, "the list could not be registered");
          }
          list.people.push_back(std::move(person));
        }
        return list;
      });
}

}  // namespace convoke::service
