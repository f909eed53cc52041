#pragma once

#include "models/result.h"

#include <string>
#include <string_view>

/// The classes every governed action carries, and who may act (domain.md of the product:
/// "Classes").
namespace countersign {

enum class ApprovalClass {
    A0,
    A1,
    A2,
    A3
}; ///< nobody · manager · function heads · executives
enum class Reversibility {
    R0,
    R1,
    R2,
    R3
}; ///< automatic · limited effort · costly · irreversible
enum class Sensitivity {
    S0,
    S1,
    S2,
    S3
}; ///< public · internal · confidential · regulated
enum class ActionClass {
    A,
    B,
    C
}; ///< allowed · needs approval · forbidden
enum class ActorType {
    Human,
    ObserverAgent,
    RecommenderAgent,
    ExecutorSystem,
    AutomatedWorkflow
};

/// The four classes together. Default: the most careful reading of something unknown that is not
/// forbidden.
struct Classes
{
    ApprovalClass approval = ApprovalClass::A3;
    Reversibility reversibility = Reversibility::R3;
    Sensitivity sensitivity = Sensitivity::S3;
    ActionClass action = ActionClass::B;

    bool operator==(const Classes&) const = default;

    /// Class B, or costly or impossible to undo: needs people, a complete evidence pack and a plan.
    [[nodiscard]] bool isGoverned() const;
};

/// Each class the stricter of the two: classes are only ever raised.
[[nodiscard]] Classes strictest(const Classes& a, const Classes& b);
/// True when no class of `a` is below that of `b`.
[[nodiscard]] bool atLeast(const Classes& a, const Classes& b);

[[nodiscard]] std::string_view text(ApprovalClass value);
[[nodiscard]] std::string_view text(Reversibility value);
[[nodiscard]] std::string_view text(Sensitivity value);
[[nodiscard]] std::string_view text(ActionClass value);
[[nodiscard]] std::string_view text(ActorType value);
/// `A2 R1 S2 B`
[[nodiscard]] std::string text(const Classes& classes);

/// Errors of all: InvalidInput.
[[nodiscard]] Result<ApprovalClass> parseApprovalClass(std::string_view text);
[[nodiscard]] Result<Reversibility> parseReversibility(std::string_view text);
[[nodiscard]] Result<Sensitivity> parseSensitivity(std::string_view text);
[[nodiscard]] Result<ActionClass> parseActionClass(std::string_view text);
[[nodiscard]] Result<ActorType> parseActorType(std::string_view text);

} // namespace countersign
