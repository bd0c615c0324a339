// Files that people send with a registration form, or behind the link of its mails: what is taken, what
// becomes of it, and who may have it back. A file that came with a form whose mail nobody answers goes with
// it; until then all such files together have a limit, so that strangers cannot fill the disk.
#pragma once

#include "base/deferred.hpp"
#include "model/registration_file.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_steps.hpp"
#include "service/registrations.hpp"
#include "service/submissions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// What the file is, by its bytes: sets its kind, digest and safe name, or what is wrong with it. Pure; takes
// time in proportion to the file.
void look_at(SentFile& file);

// Leaves those that the form asks for, so that nobody looks at others.
void leave_asked_for(const RegistrationForm& form, std::vector<SentFile>& files);
// Leaves those that the form asks for, in its order, one for each field, and says what is wrong first:
// missing where it must be there, or what look_at() found.
std::optional<RegistrationProblem> check_files(const RegistrationForm& form, std::vector<SentFile>& files,
                                               std::string& field);

// Whether so many bytes more have room, of an event and of all that is not confirmed.
bool has_room(db::Unit& unit, EventId event, bool confirmed, std::size_t bytes);
std::size_t size_of(const std::vector<SentFile>& files);
// Stores them with a registration that has an id. Precondition: checked, and there is room.
void store_files(const RegistrationWork& work, RegistrationId registration,
                 const std::vector<SentFile>& files);

// What a file is called among the answers.
void name_file(std::vector<std::pair<std::string, std::string>>& answers, const std::string& field,
               const std::string& name);
// The answers to fields of files, out of `from`, added to `to`: what people type never names a file.
void keep_file_names(const RegistrationForm& form,
                     const std::vector<std::pair<std::string, std::string>>& from,
                     std::vector<std::pair<std::string, std::string>>& to);
// The files are gone, and their names among the answers. The caller stores `one`. Asks the database nothing
// when the form asks for no files.
void drop_files(const RegistrationWork& work, const RegistrationForm& form, Registration& one);
// The field is no longer one of files: so are all that came with it.
void drop_field(const RegistrationWork& work, const RegistrationForm& form, const std::string& field);

// One file behind the link, in place of the one that is there. Errors: those of view_registration().
Deferred<RegistrationActed> send_registration_file(Context& context, std::string token, SentFile file);
// Errors: not_found, also for a file of somebody else.
Deferred<PaperFile> own_registration_file(Context& context, std::string token, std::string field);
// The same for the organiser. Errors: those of registration_desk().
Deferred<PaperFile> file_of_registration(Context& context, Actor actor, DeskScope scope,
                                         RegistrationId registration, std::string field);

}  // namespace convoke::service
