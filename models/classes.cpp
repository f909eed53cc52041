#include "models/classes.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

constexpr std::array<std::string_view, 4> kApprovalTexts = {"A0", "A1", "A2", "A3"};
constexpr std::array<std::string_view, 4> kReversibilityTexts = {"R0", "R1", "R2", "R3"};
constexpr std::array<std::string_view, 4> kSensitivityTexts = {"S0", "S1", "S2", "S3"};
constexpr std::array<std::string_view, 3> kActionTexts = {"A", "B", "C"};
constexpr std::array<std::string_view, 5> kActorTexts = {
    "human", "observer_agent", "recommender_agent", "executor_system", "automated_workflow"};

template <class Enum, std::size_t N>
Result<Enum>
parseIn(const std::array<std::string_view, N>& texts, std::string_view text, const char* what)
{
    const auto found = std::find(texts.begin(), texts.end(), text);
    if (found == texts.end())
        return fail(
            ErrorCode::InvalidInput,
            "\"" + std::string(text.substr(0, 40)) + "\" is not " + what,
            "enum");
    return static_cast<Enum>(found - texts.begin());
}

} // namespace

bool Classes::isGoverned() const
{
    return action != ActionClass::A || reversibility >= Reversibility::R2
           || approval >= ApprovalClass::A2;
}

Classes strictest(const Classes& a, const Classes& b)
{
    return {
        std::max(a.approval, b.approval),
        std::max(a.reversibility, b.reversibility),
        std::max(a.sensitivity, b.sensitivity),
        std::max(a.action, b.action)};
}

bool atLeast(const Classes& a, const Classes& b)
{
    return strictest(a, b) == a;
}

std::string_view text(ApprovalClass value)
{
    return kApprovalTexts.at(static_cast<std::size_t>(value));
}
std::string_view text(Reversibility value)
{
    return kReversibilityTexts.at(static_cast<std::size_t>(value));
}
std::string_view text(Sensitivity value)
{
    return kSensitivityTexts.at(static_cast<std::size_t>(value));
}
std::string_view text(ActionClass value)
{
    return kActionTexts.at(static_cast<std::size_t>(value));
}
std::string_view text(ActorType value)
{
    return kActorTexts.at(static_cast<std::size_t>(value));
}

std::string text(const Classes& classes)
{
    std::string joined(text(classes.approval));
    for (const std::string_view part :
         {text(classes.reversibility), text(classes.sensitivity), text(classes.action)})
        joined.append(" ").append(part);
    return joined;
}

Result<ApprovalClass> parseApprovalClass(std::string_view text)
{
    return parseIn<ApprovalClass>(kApprovalTexts, text, "an approval class (A0 to A3)");
}
Result<Reversibility> parseReversibility(std::string_view text)
{
    return parseIn<Reversibility>(kReversibilityTexts, text, "a reversibility class (R0 to R3)");
}
Result<Sensitivity> parseSensitivity(std::string_view text)
{
    return parseIn<Sensitivity>(kSensitivityTexts, text, "a sensitivity class (S0 to S3)");
}
Result<ActionClass> parseActionClass(std::string_view text)
{
    return parseIn<ActionClass>(kActionTexts, text, "an action class (A, B or C)");
}
Result<ActorType> parseActorType(std::string_view text)
{
    return parseIn<ActorType>(kActorTexts, text, "an actor type");
}

} // namespace countersign
