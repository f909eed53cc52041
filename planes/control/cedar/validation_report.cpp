#include "models/check.h"
#include "planes/control/cedar/detail/type_checker.h"
#include "planes/control/cedar/validate.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace countersign::cedar {

std::string_view severityName(FindingSeverity severity)
{
    return severity == FindingSeverity::Error ? "error" : "warning";
}

std::string Finding::describe() const
{
    std::string text(severityName(severity));
    text += ": policy " + policyId + ": ";
    if (position.line > 0)
        text += positionText(position) + ": ";
    text += message;
    if (!help.empty())
        text += "; " + help;
    if (!environment.empty())
        text += " (for " + environment + ")";
    return text + " [" + rule + "]";
}

bool ValidationReport::ok() const
{
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == FindingSeverity::Error;
    });
}

bool ValidationReport::isImpossible(std::string_view policyId) const
{
    return std::any_of(findings.begin(), findings.end(), [policyId](const Finding& finding) {
        return finding.policyId == policyId && finding.rule == "cedar.validate.impossible";
    });
}

Error ValidationReport::firstError() const
{
    const auto found = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == FindingSeverity::Error;
    });
    CS_ASSERT(found != findings.end());
    const bool isPlaced = found->position.line > 0;
    return {
        ErrorCode::Refused,
        "policy " + found->policyId + ": " + found->message,
        found->rule,
        {},
        isPlaced ? positionText(found->position) : std::string()};
}

std::string TypingEnvironment::text() const
{
    return "principal " + principal->path + ", action " + action->uid.text() + ", resource "
           + resource->path;
}

void FindingList::startPolicy(std::string policyId)
{
    endPolicy();
    m_policyId = std::move(policyId);
    m_environment.reset();
    m_seen.clear();
}

void FindingList::endPolicy()
{
    std::stable_sort(
        m_findings.begin() + static_cast<std::ptrdiff_t>(m_firstOfPolicy),
        m_findings.end(),
        [](const Finding& left, const Finding& right) {
            return left.position.offset < right.position.offset;
        });
    m_firstOfPolicy = m_findings.size();
}

std::vector<Finding> FindingList::take()
{
    endPolicy();
    m_firstOfPolicy = 0;
    return std::move(m_findings);
}

void FindingList::add(
    FindingSeverity severity,
    const char* rule,
    SourcePosition position,
    std::string message,
    std::string help)
{
    if (m_seen.size() >= kFindingCountMax)
        return;
    if (!m_seen.emplace(position.offset, rule + message).second)
        return;
    m_findings.push_back(
        {severity,
         m_policyId,
         rule,
         std::move(message),
         std::move(help),
         m_environment ? m_environment->text() : std::string(),
         position});
}

bool FindingList::countStep()
{
    if (m_stepCount > kTypingStepCountMax)
        return false;
    if (++m_stepCount <= kTypingStepCountMax)
        return true;
    m_findings.push_back(
        {FindingSeverity::Error,
         m_policyId,
         "cedar.validate.limit",
         "the policies and the schema together are too large to be validated",
         "make the schema's appliesTo lists shorter, or split the policies",
         {},
         {}});
    return false;
}

} // namespace countersign::cedar
