#pragma once

#include "app/ctl/output.h"
#include "planes/control/governance.h"

#include <string>

/// What a change of roster or policy does, in words.
namespace countersign::ctl {

/// One English sentence.
[[nodiscard]] std::string sentenceOf(const control::ChangeLine& line);
void printChange(Output& output, const control::GovernanceChange& change);
[[nodiscard]] Json toJson(const control::GovernanceChange& change);

} // namespace countersign::ctl
