#pragma once

namespace countersign::app {

/// The console: `countersign [--workspace DIR] [--demo]`. Exit codes as countersignctl.
int runConsole(int argc, char** argv);

} // namespace countersign::app
