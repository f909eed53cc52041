#pragma once

#include "models/json.h"
#include "ui/format/json_rows.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace countersign::ui {

/// One ledger entry for reading.
struct EntryFacts
{
    std::uint64_t index = 0;
    std::string type;
    std::string decisionId;
    std::string leafHash;
    bool erased = false; ///< The body is gone; the leaf still proves that it was there.
    /// What was signed, decoded from the envelope. Empty for events.
    std::vector<FieldRow> statement;
    std::vector<std::string> signerKeyIds;
    std::vector<FieldRow> body; ///< Of an event, or of an envelope that does not decode.
    std::vector<FieldRow> leaf;
    std::uint64_t treeSize = 0;
    std::string root;
    std::vector<std::string> proof; ///< Hashes from the leaf's side to the root.
};

/// From Backend::logEntry. Members that are absent stay empty.
[[nodiscard]] EntryFacts entryFacts(const Json& entry);

} // namespace countersign::ui
