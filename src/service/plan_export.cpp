#include "service/plan_export.hpp"

#include "documents/plan_writers.hpp"
#include "model/names.hpp"

#include <array>

namespace convoke::service {
namespace {

struct Form {
  std::string_view media_type;
  std::string (*write)(const documents::PlanLayout&);
};
constexpr std::array<std::string_view, 4> names = {"docx", "xlsx", "csv", "pdf"};
// In the order of PlanFormat.
const std::array<Form, 4>& forms() {
  static const std::array<Form, 4> all = {
      {{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", documents::write_docx},
       {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", documents::write_xlsx},
       {"text/csv; charset=utf-8; header=present", documents::write_csv},
       {"application/pdf", documents::write_pdf}}};
  return all;
}

// Of figures alone: every system takes such a name.
std::string file_name(const Plan& plan, PlanFormat format) {
  const int first = static_cast<int>(plan.year.first.year()), last = static_cast<int>(plan.year.last.year());
  auto name = "plan-" + std::to_string(first);
  if (last != first) name += "-" + std::to_string(last);
  return name + "-" + std::to_string(plan.id.value) + "." + std::string(name_of(format));
}

Result<PlanFile> written(const Snapshot& snapshot, PlanId id, PlanFormat format) {
  const Plan* plan = snapshot.find_plan(id);
  if (plan == nullptr) return Error{Errc::not_found, "there is no such plan"};
  std::vector<Event> rows;
  for (const Event* event : snapshot.events_of(id)) rows.push_back(*event);
  const auto& form = forms().at(static_cast<std::size_t>(format));
  PlanFile file;
  file.name = file_name(*plan, format);
  file.media_type = form.media_type;
  file.bytes = form.write(documents::lay_out(*plan, rows));
  return file;
}

}  // namespace

std::string_view name_of(PlanFormat format) {
  return names.at(static_cast<std::size_t>(format));
}
std::optional<PlanFormat> plan_format_of(std::string_view name) {
  return find_name<PlanFormat>(names, name);
}

Deferred<PlanFile> export_plan(Context& context, std::shared_ptr<const Snapshot> snapshot, PlanId plan,
                               PlanFormat format) {
  return begun_elsewhere<PlanFile>(context, [snapshot = std::move(snapshot), plan, format] {
    return Deferred<PlanFile>::ready(written(*snapshot, plan, format));
  });
}

}  // namespace convoke::service
