#pragma once

#include "models/digest.h"
#include "models/json.h"
#include "models/result.h"

#include <string>
#include <string_view>
#include <vector>

/// What is signed: an in-toto Statement v1.
///
///     {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": …, "digest": {"sha256":
///     hex}}],
///      "predicateType": URI, "predicate": {…}}
namespace countersign::trust {

inline constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
inline constexpr std::size_t kSubjectCountMax = 65'536;

/// A thing the statement is about. Matched by digest only; the name is for people.
struct Subject
{
    std::string name;
    Digest digest;

    bool operator==(const Subject&) const = default;
};

struct Statement
{
    /// At least one.
    std::vector<Subject> subjects;
    /// A URI.
    std::string predicateType;
    /// An object.
    Json predicate = Json::object();

    bool operator==(const Statement&) const = default;

    /// The canonical bytes (RFC 8785), ready to be signed. Errors: InvalidInput when the parts do
    /// not make a statement that parseStatement would read, or as canonicalJson.
    [[nodiscard]] Result<std::string> toJson() const;

    [[nodiscard]] bool isAbout(const Digest& digest) const;
};

/// Every subject must have a SHA-256 digest; other digests and unknown members are ignored. Errors:
/// InvalidInput (rule `statement.form`, `statement.type` or as parseJson), LimitExceeded.
[[nodiscard]] Result<Statement> parseStatement(std::string_view bytes);

} // namespace countersign::trust
