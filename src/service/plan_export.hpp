// A plan as a file to print and to send on. The same document reads back as the same plan.
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"
#include "service/snapshot.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::service {

enum class PlanFormat { docx, xlsx, csv, pdf };
std::string_view name_of(PlanFormat format);  // "docx"
std::optional<PlanFormat> plan_format_of(std::string_view name);

struct PlanFile {
  std::string name;  // "plan-2024-2025-3.docx"
  std::string_view media_type;
  std::string bytes;
};

// Written where long work runs. Errors: not_found, storage_unavailable when too much waits.
Deferred<PlanFile> export_plan(Context& context, std::shared_ptr<const Snapshot> snapshot, PlanId plan,
                               PlanFormat format);

}  // namespace convoke::service
