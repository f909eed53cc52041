#include "planes/trust/statement.h"

#include "models/encoding.h"

#include <algorithm>

namespace countersign::trust {

namespace {

Failure malformed(std::string detail, std::string pointer)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), "statement.form", std::move(pointer));
}

bool isTextOrAbsent(const Json& object, const char* member)
{
    const auto found = object.find(member);
    return found == object.end() || found->is_string();
}

/// A scheme and something after it (RFC 3986 section 3), which is all that a name has to be.
bool isUri(std::string_view text)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()
        || !isLetter(text.front()))
        return false;
    const std::string_view scheme = text.substr(0, colon);
    const bool schemeGood = std::all_of(scheme.begin(), scheme.end(), [isLetter](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
    return schemeGood && std::all_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) > 0x20U && c != 0x7F;
           });
}

Result<Subject> readSubject(const Json& value, const std::string& pointer)
{
    if (!value.is_object())
        return malformed("a subject is not an object", pointer);
    if (!isTextOrAbsent(value, "name"))
        return malformed("the name of a subject is not text", pointer + "/name");
    const auto digests = value.find("digest");
    if (digests == value.end() || !digests->is_object())
        return malformed("a subject has no digest", pointer + "/digest");
    if (!digests->contains("sha256") || !(*digests)["sha256"].is_string())
        return malformed("a subject has no SHA-256 digest", pointer + "/digest/sha256");
    auto digest = Digest::parse(textMember(*digests, "sha256"));
    if (!digest.ok())
        return malformed(digest.error().detail, pointer + "/digest/sha256");
    return Subject{textMember(value, "name"), *digest};
}

Result<void> checkParts(const Statement& statement)
{
    if (statement.subjects.empty())
        return malformed("the statement has no subject", "/subject");
    if (statement.subjects.size() > kSubjectCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the statement has more than 65536 subjects",
            "statement.subject_count",
            "/subject");
    if (!isUri(statement.predicateType) || !isUtf8(statement.predicateType))
        return malformed("the predicate type is not a URI", "/predicateType");
    if (!statement.predicate.is_object())
        return malformed("the predicate is not an object", "/predicate");
    return {};
}

} // namespace

Result<Statement> parseStatement(std::string_view bytes)
{
    CS_TRY(const Json value, parseJson(bytes));
    if (!value.is_object())
        return malformed("the statement is not an object", "");
    if (textMember(value, "_type") != kStatementType)
        return fail(
            ErrorCode::InvalidInput,
            "this is not an in-toto Statement v1",
            "statement.type",
            "/_type");
    const auto subjects = value.find("subject");
    if (subjects == value.end() || !subjects->is_array())
        return malformed("the statement has no list of subjects", "/subject");
    Statement statement;
    for (std::size_t i = 0; i < std::min(subjects->size(), kSubjectCountMax + 1); ++i) {
        CS_TRY(Subject subject, readSubject((*subjects)[i], "/subject/" + std::to_string(i)));
        statement.subjects.push_back(std::move(subject));
    }
    statement.predicateType = textMember(value, "predicateType");
    // The predicate may be left out (Statement v1, "predicate: object, optional").
    if (value.contains("predicate"))
        statement.predicate = value["predicate"];
    CS_CHECK(checkParts(statement));
    return statement;
}

Result<std::string> Statement::toJson() const
{
    CS_CHECK(checkParts(*this));
    Json list = Json::array();
    for (const Subject& subject : subjects) {
        if (!isUtf8(subject.name))
            return malformed("the name of a subject is not UTF-8", "/subject");
        list.push_back({{"name", subject.name}, {"digest", {{"sha256", subject.digest.hex()}}}});
    }
    return canonicalJson(
        {{"_type", kStatementType},
         {"subject", std::move(list)},
         {"predicateType", predicateType},
         {"predicate", predicate}});
}

bool Statement::isAbout(const Digest& digest) const
{
    return std::any_of(subjects.begin(), subjects.end(), [&digest](const Subject& subject) {
        return subject.digest == digest;
    });
}

} // namespace countersign::trust
