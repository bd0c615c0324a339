#include "service/registration_files.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "db/registration_files.hpp"
#include "service/registration_scope.hpp"
#include "service/submission_entry.hpp"
#include "service/when_found.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

using Answers = std::vector<std::pair<std::string, std::string>>;

RegistrationProblem problem_of(PaperProblem problem) {
  switch (problem) {
    case PaperProblem::file_size:
      return RegistrationProblem::file_size;
    case PaperProblem::file_kind:
      return RegistrationProblem::file_kind;
    case PaperProblem::file_runs:
      return RegistrationProblem::file_runs;
    default:
      return RegistrationProblem::file_broken;
  }
}

const FormField* file_field(const RegistrationForm& form, const std::string& key) {
  const auto found = std::ranges::find(form.fields, key, &FormField::key);
  return found == form.fields.end() || found->kind != FieldKind::file ? nullptr : &*found;
}

Result<PaperFile> handed_out(db::Unit& unit, RegistrationId registration, const std::string& field) {
  const auto found = unit.registration_files().find(registration, field);
  if (!found) return Error(Errc::not_found, "there is no such file");
  PaperFile given;
  given.name = found->name;
  given.kind = found->kind;
  given.bytes = unit.registration_files().bytes(registration, field);
  return given;
}

void take_file(const RegistrationWork& work, RegistrationActed& acted, SentFile& file) {
  auto& mine = acted.view.mine;
  acted.field = file.field;
  if (!is_alive(mine.state) || !is_open(acted.view.event.status)) {
    acted.problem = RegistrationProblem::closed;
    return;
  }
  std::vector<SentFile> files = {std::move(file)};
  RegistrationForm asked;
  asked.fields = {*file_field(acted.view.form, acted.field)};
  std::string field;
  acted.problem = check_files(asked, files, field);
  if (acted.problem) return;
  if (!has_room(work.unit, mine.event, mine.confirmed.has_value(), size_of(files))) {
    acted.problem = RegistrationProblem::files_full;
    return;
  }
  store_files(work, mine.id, files);
  name_file(mine.answers, acted.field, files.front().name);
  work.unit.registrations().update(mine);
  acted.done = true;
}

}  // namespace

void leave_asked_for(const RegistrationForm& form, std::vector<SentFile>& files) {
  std::erase_if(files, [&](const SentFile& file) { return file_field(form, file.field) == nullptr; });
}

void look_at(SentFile& file) {
  file.problem.reset();
  if (!file.bytes || file.bytes->empty()) {
    file.problem = RegistrationProblem::file_broken;
    return;
  }
  if (file.bytes->size() > largest_registration_file) {
    file.problem = RegistrationProblem::file_size;
    return;
  }
  auto checked = check_file(Call(), file.name, *file.bytes);
  if (checked.problem) {
    file.problem = problem_of(*checked.problem);
    return;
  }
  file.name = std::move(checked.name);
  file.kind = checked.kind;
  file.digest = sha256_hex(*file.bytes);
}

std::optional<RegistrationProblem> check_files(const RegistrationForm& form, std::vector<SentFile>& files,
                                               std::string& field) {
  std::vector<SentFile> kept;
  for (const auto& asked : form.fields) {
    if (asked.kind != FieldKind::file) continue;
    const auto sent = std::ranges::find(files, asked.key, &SentFile::field);
    if (sent == files.end() && !asked.required) continue;
    field = asked.key;
    if (sent == files.end()) return RegistrationProblem::file_missing;
    if (sent->problem) return sent->problem;
    kept.push_back(std::move(*sent));
  }
  field.clear();
  files = std::move(kept);
  return std::nullopt;
}

std::size_t size_of(const std::vector<SentFile>& files) {
  std::size_t size = 0;
  for (const auto& file : files) size += file.bytes->size();
  return size;
}

bool has_room(db::Unit& unit, EventId event, bool confirmed, std::size_t bytes) {
  auto& files = unit.registration_files();
  if (files.stored(event) + bytes > most_registration_bytes) return false;
  return confirmed || files.unconfirmed() + bytes <= most_unconfirmed_bytes;
}

void store_files(const RegistrationWork& work, RegistrationId registration,
                 const std::vector<SentFile>& files) {
  for (const auto& sent : files) {
    RegistrationFile file;
    file.registration = registration;
    file.field = sent.field;
    file.name = sent.name;
    file.kind = sent.kind;
    file.size = sent.bytes->size();
    file.digest = sent.digest;
    file.added = work.now;
    work.unit.registration_files().put(file, *sent.bytes);
  }
}

void name_file(Answers& answers, const std::string& field, const std::string& name) {
  std::erase_if(answers, [&](const auto& one) { return one.first == field; });
  answers.emplace_back(field, name);
}

void keep_file_names(const RegistrationForm& form, const Answers& from, Answers& to) {
  for (const auto& [key, name] : from)
    if (file_field(form, key) != nullptr) name_file(to, key, name);
}

void drop_files(const RegistrationWork& work, const RegistrationForm& form, Registration& one) {
  if (!asks_for_files(form)) return;
  work.unit.registration_files().remove(one.id);
  std::erase_if(one.answers, [&](const auto& pair) { return file_field(form, pair.first) != nullptr; });
}

void drop_field(const RegistrationWork& work, const RegistrationForm& form, const std::string& field) {
  work.unit.registration_files().remove_field(form.event, field);
  db::RegistrationSelection selection;
  selection.event = form.event;
  for (auto& one : work.unit.registrations().list(selection)) {
    if (std::erase_if(one.answers, [&](const auto& pair) { return pair.first == field; }) > 0)
      work.unit.registrations().update(one);
  }
}

Deferred<RegistrationActed> send_registration_file(Context& context, std::string token, SentFile file) {
  return when_found<RegistrationActed>(
      view_registration(context, token), [&context, token, file = std::move(file)](RegistrationLinkView) {
        return begun_elsewhere<RegistrationActed>(context, [&context, token, file] {
          const Instant now = context.clock.now();
          auto looked = file;
          look_at(looked);
          auto work = [token, looked = std::move(looked), now,
                       domain = context.settings.mail_domain](db::Unit& unit) -> Result<RegistrationActed> {
            auto view = registration_behind(unit, token, now);
            if (!view) return view.error();
            if (file_field(view->form, looked.field) == nullptr)
              return Error(Errc::not_found, "the form has no such field");
            RegistrationActed acted;
            acted.view = std::move(*view);
            auto sent = looked;
            take_file(RegistrationWork(unit, domain, now), acted, sent);
            return acted;
          };
          return context.store.write(db::Author("participant", now), std::move(work));
        });
      });
}

Deferred<PaperFile> own_registration_file(Context& context, std::string token, std::string field) {
  return context.store.read([token = std::move(token), field = std::move(field),
                             now = context.clock.now()](db::Unit& unit) -> Result<PaperFile> {
    const auto view = registration_behind(unit, token, now);
    if (!view) return view.error();
    return handed_out(unit, view->mine.id, field);
  });
}

Deferred<PaperFile> file_of_registration(Context& context, Actor actor, DeskScope scope,
                                         RegistrationId registration, std::string field) {
  if (auto no = desk_refusal(actor)) return Deferred<PaperFile>::ready(std::move(*no));
  return context.store.read(
      [scope, registration, field = std::move(field)](db::Unit& unit) -> Result<PaperFile> {
        if (const auto event = desk_event(unit, scope); !event) return event.error();
        const auto one = unit.registrations().find(registration);
        if (!one || one->event != scope.event) return Error(Errc::not_found, "there is no such registration");
        return handed_out(unit, registration, field);
      });
}

}  // namespace convoke::service
