#include "models/records/common.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonCodec<ActorType>
{
    static Result<ActorType> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(parseActorType(word));
    }
    static Json write(ActorType value) { return std::string(text(value)); }
};

template <>
struct JsonCodec<ApprovalClass>
{
    static Result<ApprovalClass> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(parseApprovalClass(word));
    }
    static Json write(ApprovalClass value) { return std::string(text(value)); }
};

template <>
struct JsonCodec<Reversibility>
{
    static Result<Reversibility> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(parseReversibility(word));
    }
    static Json write(Reversibility value) { return std::string(text(value)); }
};

template <>
struct JsonCodec<ActionClass>
{
    static Result<ActionClass> read(const JsonReader& at)
    {
        CS_TRY(const std::string word, at.text());
        return at.located(parseActionClass(word));
    }
    static Json write(ActionClass value) { return std::string(text(value)); }
};

Result<Sensitivity> JsonCodec<Sensitivity>::read(const JsonReader& at)
{
    CS_TRY(const std::string word, at.text());
    return at.located(parseSensitivity(word));
}

Json JsonCodec<Sensitivity>::write(const Sensitivity& value)
{
    return std::string(text(value));
}

Result<Money> JsonCodec<Money>::read(const JsonReader& at)
{
    constexpr std::array<std::string_view, 2> kKeys = {"amount", "currency"};
    CS_CHECK(at.expectObject(kKeys));
    const std::optional<JsonReader> amount = at.find(kKeys[0]);
    const std::optional<JsonReader> currency = at.find(kKeys[1]);
    if (!amount || !currency)
        return at.refuseMissing(amount ? kKeys[1] : kKeys[0]);
    CS_TRY(const std::string amountText, amount->text());
    CS_TRY(const std::string currencyText, currency->text());
    return at.located(Money::parse(amountText, currencyText));
}

Json JsonCodec<Money>::write(const Money& value)
{
    return {{"amount", value.amount()}, {"currency", value.currency()}};
}

Result<StatedInstant> JsonCodec<StatedInstant>::read(const JsonReader& at)
{
    CS_TRY(std::string text, at.text());
    CS_TRY(const Instant instant, at.located(Instant::parse(text)));
    return StatedInstant{instant, std::move(text)};
}

Json JsonCodec<StatedInstant>::write(const StatedInstant& value)
{
    return value.text;
}

template <>
struct JsonMembers<Classes>
{
    static constexpr std::tuple kList{
        member("approval", &Classes::approval),
        member("reversibility", &Classes::reversibility),
        member("sensitivity", &Classes::sensitivity),
        member("action", &Classes::action)};
};

template <>
struct JsonMembers<ActorModel>
{
    static constexpr std::tuple kList{
        member("provider", &ActorModel::provider),
        member("name", &ActorModel::name),
        member("version", &ActorModel::version),
        member("prompt_sha256", &ActorModel::promptSha256)};
};

template <>
struct JsonMembers<Actor>
{
    static constexpr std::tuple kList{
        member("type", &Actor::type),
        member("id", &Actor::id),
        member("display_name", &Actor::displayName),
        member("role", &Actor::role),
        member("on_behalf_of", &Actor::onBehalfOf),
        member("model", &Actor::model)};
};

template <>
struct JsonMembers<Header>
{
    static constexpr std::tuple kList{
        member("schema", &Header::schema),
        member("schema_version", &Header::schemaVersion),
        member("record_id", &Header::recordId),
        member("revision", &Header::revision),
        member("supersedes_sha256", &Header::supersedesSha256),
        member("tenant_id", &Header::tenantId),
        member("decision_id", &Header::decisionId),
        member("language", &Header::language),
        member("created_at", &Header::createdAt),
        member("created_by", &Header::createdBy),
        member("correlation_id", &Header::correlationId),
        member("causation_id", &Header::causationId),
        member("trace_id", &Header::traceId)};
};

template <>
struct JsonMembers<Freshness>
{
    static constexpr std::tuple kList{
        member("as_of", &Freshness::asOf), member("window_s", &Freshness::windowS)};
};

template <>
struct JsonMembers<Source>
{
    static constexpr std::tuple kList{
        member("title", &Source::title),
        member("uri", &Source::uri),
        member("origin_uri", &Source::originUri),
        member("sha256", &Source::sha256),
        member("size_bytes", &Source::sizeBytes),
        member("media_type", &Source::mediaType),
        member("retrieved_at", &Source::retrievedAt),
        member("published_at", &Source::publishedAt)};
};

template <>
struct JsonMembers<DigestRef>
{
    static constexpr std::tuple kList{
        member("schema", &DigestRef::schema),
        member("record_id", &DigestRef::recordId),
        member("revision", &DigestRef::revision),
        member("sha256", &DigestRef::sha256)};
};

template <>
struct JsonMembers<MetricRef>
{
    static constexpr std::tuple kList{
        member("key", &MetricRef::key), member("version", &MetricRef::version)};
};

template <>
struct JsonMembers<Quantile>
{
    static constexpr std::tuple kList{member("p", &Quantile::p), member("value", &Quantile::value)};
};

template <>
struct JsonMembers<Simulation>
{
    static constexpr std::tuple kList{
        member("method", &Simulation::method),
        member("sample_count", &Simulation::sampleCount),
        member("seed", &Simulation::seed),
        member("engine", &Simulation::engine),
        member("engine_version", &Simulation::engineVersion)};
};

#define CS_DEFINE_STRUCT_CODEC(Type)                                                               \
    Result<Type> JsonCodec<Type>::read(const JsonReader& at)                                       \
    {                                                                                              \
        return readStruct<Type>(at);                                                               \
    }                                                                                              \
    Json JsonCodec<Type>::write(const Type& value)                                                 \
    {                                                                                              \
        return writeStruct(value);                                                                 \
    }

CS_DEFINE_STRUCT_CODEC(Classes)
CS_DEFINE_STRUCT_CODEC(Actor)
CS_DEFINE_STRUCT_CODEC(Header)
CS_DEFINE_STRUCT_CODEC(Freshness)
CS_DEFINE_STRUCT_CODEC(Source)
CS_DEFINE_STRUCT_CODEC(DigestRef)
CS_DEFINE_STRUCT_CODEC(MetricRef)
CS_DEFINE_STRUCT_CODEC(Quantile)
CS_DEFINE_STRUCT_CODEC(Simulation)

#undef CS_DEFINE_STRUCT_CODEC

std::string recordKind(const Json& document)
{
    if (!document.is_object())
        return {};
    const auto header = document.find("header");
    return header == document.end() ? std::string() : textMember(*header, "schema");
}

} // namespace countersign
