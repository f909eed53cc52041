#pragma once

#include "models/digest.h"
#include "models/error.h"
#include "models/json.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// What must hold between the documents of a decision and no schema can state: the ten rules of the
/// record contracts. Pure: values in, findings out.
///
/// Recomputed exactly: every digest, scores and coverage, bands and appetite breaches, forecast
/// scores and summaries, variances, shares that must add up, and the preferred scenario. Results
/// of a simulation (means, quantiles, probabilities, exceedance curves, EVPI, sensitivities) are
/// taken as stated here; the decision plane simulates them again and compares.
namespace countersign::data {

/// A document that passed its schema.
struct IncomingRecord
{
    std::string path;   ///< Relative to the decision folder, with `/`; empty when it is known.
    std::string bytes;  ///< As they came.
    Json content = {};  ///< The same, read.
    std::string schema; ///< `header.schema`, e.g. `memo`.
    std::string recordId;
    std::int64_t revision = 1;
    std::string tenantId;
    std::string decisionId; ///< Empty on a metric definition.
    Digest canonicalDigest; ///< Of the canonical form: what other documents name.
};

/// Bytes that documents cite.
struct IncomingSource
{
    std::string path; ///< Relative to the decision folder, with `/`.
    std::string bytes;
    Digest digest;
};

/// What the workspace holds already, as far as the incoming documents touch it.
struct KnownContext
{
    /// Every revision of the decision's documents, of every record that an incoming document
    /// revises or names by digest, and the definitions of the metrics named.
    std::vector<IncomingRecord> records = {};
    /// Sources that are stored, among those the incoming documents name.
    std::set<Digest> sources = {};
    /// The tenant of the workspace; empty accepts any, but only one at a time.
    std::string tenantId = {};
};

/// Findings are cut at this many; a last one (`findings.count`) says so.
inline constexpr std::size_t kFindingCountMax = 500;

/// Checks `records` against each other, their sources and what is known. Known documents are read,
/// never judged. References go to the newest revision unless a digest names one; recomputation
/// looks at the newest revision only. Votes and receipts authorize nothing here: a document that
/// contradicts itself or its decision is refused, no more.
///
/// Each finding has `rule`, `file`, `pointer` and one sentence; the list is empty when all hold,
/// and ordered by file. Errors in it: InvalidInput; Conflict for what exists already and differs
/// (`revision.conflict`, `metric.definition`); LimitExceeded (`findings.count`,
/// `correlation.size`). Rules: 1 `reference.*`, `header.*`, `revision.*`, `decision.single`,
/// `digest.*`, `source.size` · 2 `reference.local`, `local_id.unique`, `expression.name`,
/// `plan.*` · 3 `distribution.*`, `quantiles.order`, `scale.order`, `exceedance.order`,
/// `correlation.*` · 4 `metric.*` · 5 `classes.step` · 6 `dates.*`, `vote.*` · 7 `quorum.*` ·
/// 8 `receipt.*` · 9 and 10 `result.*`.
[[nodiscard]] std::vector<Error> documentFindings(
    const std::vector<IncomingRecord>& records,
    const std::vector<IncomingSource>& sources,
    const KnownContext& known = {});

} // namespace countersign::data
