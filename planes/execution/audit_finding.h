#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a check that is good found, so that every language can say it.
namespace countersign::execution {

/// One finding: a stable code and the values of its sentence, in the order of its places. Counts
/// are decimal digits; the status of a request is as control::text(RequestStatus) has it.
struct AuditFinding
{
    std::string code;
    std::vector<std::string> values;

    bool operator==(const AuditFinding&) const = default;
};

using AuditFindings = std::vector<AuditFinding>;

/// In English, for logs and countersignctl; several are joined by semicolons. The code must be one
/// of auditFindingCodes().
[[nodiscard]] std::string text(const AuditFindings& findings);

/// Every code there is.
[[nodiscard]] std::vector<std::string_view> auditFindingCodes();

} // namespace countersign::execution
