#pragma once

#include "ui/backend.h"

#include <QString>

#include <optional>
#include <vector>

/// The evidence items: what was looked at, how fresh it is, and whether its bytes are those named.
namespace countersign::ui {

struct SourceFacts
{
    QString title;
    std::string origin;
    std::string sha256;
};

struct EvidenceFacts
{
    QString title;
    QString kind;
    QString excerpt;
    QString verification; ///< In words.
    bool verified = false;
    bool contradicted = false;
    double confidence = 0;
    std::vector<SourceFacts> sources;
    bool fresh = false;
    Instant freshUntil;
    bool sourcesMatch = true;
    std::string recordId;
    int revision = 0;
    std::string sha256;
};

[[nodiscard]] std::vector<EvidenceFacts> evidenceFacts(const DecisionView& view);

} // namespace countersign::ui
