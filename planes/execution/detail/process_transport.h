#pragma once

#include "planes/execution/detail/transport.h"

namespace countersign::execution::detail {

/// Exit code by which a program says "not now, try again" (EX_TEMPFAIL of sysexits.h).
inline constexpr int kExitTryAgain = 75;

/// Runs the program once: payload as canonical JSON on its standard input, answer from its standard
/// output. Exit code 0 is success, one that the manifest names is a failure as it says, 75 a
/// failure to be tried again; any other code, or an end by a signal, says nothing about the effect.
/// At the end of the time the program's process group gets SIGTERM, then SIGKILL.
[[nodiscard]] CallOutcome performProcess(const ProcessAddress& address, const TransportCall& call);

} // namespace countersign::execution::detail
