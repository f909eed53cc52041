#pragma once

#include "models/result.h"

#include <filesystem>

namespace countersign::app {

/// The right to run the engine of a workspace: one process at a time. Held through a file lock, so
/// the operating system gives it back when the process dies in whatever way.
class EngineLease
{
public:
    /// Errors: Conflict (rule `engine.elsewhere`) when another process holds it, StorageFailed.
    [[nodiscard]] static Result<EngineLease> acquire(const std::filesystem::path& lockFile);

    EngineLease(EngineLease&& other) noexcept;
    EngineLease& operator=(EngineLease&& other) noexcept;
    EngineLease(const EngineLease&) = delete;
    EngineLease& operator=(const EngineLease&) = delete;
    ~EngineLease();

private:
    explicit EngineLease(int descriptor);

    int m_descriptor = -1;
};

} // namespace countersign::app
