#pragma once

namespace countersign::app {

/// Keeps this process's memory to itself: no core dump is written, and no other process of the same
/// user may look into it. For programs that hold secrets and unlocked keys; first thing in main().
void keepMemoryPrivate();

} // namespace countersign::app
