#include "service/report_export.hpp"

namespace convoke::service {

Deferred<std::string> write_report(Context& context, documents::ReportDocument report) {
  return begun_elsewhere<std::string>(context, [report = std::move(report)] {
    return Deferred<std::string>::ready(documents::write_report_docx(report));
  });
}

}  // namespace convoke::service
