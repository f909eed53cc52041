#pragma once

#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The six sample decisions, brought to today.
///
/// Each is taken from the program's resources; every time in its documents is moved by one whole
/// number of days, so that its request is open now; what then lies in the future (votes, receipts,
/// outcomes) has not happened yet and is left out. A plan that could not begin before its request
/// expires begins with the request instead, so that what is signed can be watched at once. All
/// digests are made anew.
namespace countersign::app {

/// Names of the decisions, sorted.
[[nodiscard]] std::vector<std::string> demoDecisionNames();

/// One of them, ready to be handed in at `now`: file path to bytes. Errors: Corrupt when the
/// resources are.
[[nodiscard]] Result<std::map<std::string, std::string>>
demoDecision(const std::string& name, Instant now);

/// Writes the files below `folder`. Errors: StorageFailed.
[[nodiscard]] Result<void>
writeFolder(const std::filesystem::path& folder, const std::map<std::string, std::string>& files);

/// Days to move a request by so that `now` lies inside its window: the middle of it where the
/// window is long enough, otherwise the first day on which it has not expired.
[[nodiscard]] int daysToOpen(Instant requestedAt, Instant dueAt, Instant expiresAt, Instant now);

/// Moves every text that is wholly an RFC 3339 date-time or date by `days`. Zone, hour and spelling
/// stay.
void moveTimes(Json& value, int days);

/// Makes every digest right that follows from a changed document: references, payloads, roots,
/// packets, earlier revisions. Errors: those of canonicalDigest.
[[nodiscard]] Result<void> resealDocuments(std::map<std::string, Json>& documents);

} // namespace countersign::app
