#pragma once

#include "planes/execution/secret_source.h"

#include <filesystem>

namespace countersign::app {

/// Secrets of connectors as files of mode 0600, one each, in the workspace. A trailing line feed is
/// not part of it.
class SecretFolder final : public execution::SecretSource
{
public:
    explicit SecretFolder(std::filesystem::path folder);

    [[nodiscard]] Result<trust::SecretBytes> secret(const std::string& name) override;

private:
    std::filesystem::path m_folder;
};

} // namespace countersign::app
