#pragma once

#include "models/records/codec.h"
#include "models/records/distribution.h"

/// Codecs of the shared parts, each compiled once.
namespace countersign {

#define CS_DECLARE_CODEC(Type)                                                                     \
    template <>                                                                                    \
    struct JsonCodec<Type>                                                                         \
    {                                                                                              \
        static Result<Type> read(const JsonReader& at);                                            \
        static Json write(const Type& value);                                                      \
    }

CS_DECLARE_CODEC(Sensitivity);
CS_DECLARE_CODEC(Classes);
CS_DECLARE_CODEC(Money);
CS_DECLARE_CODEC(StatedInstant);
CS_DECLARE_CODEC(Actor);
CS_DECLARE_CODEC(Header);
CS_DECLARE_CODEC(Freshness);
CS_DECLARE_CODEC(Source);
CS_DECLARE_CODEC(DigestRef);
CS_DECLARE_CODEC(MetricRef);
CS_DECLARE_CODEC(Quantile);
CS_DECLARE_CODEC(Simulation);
CS_DECLARE_CODEC(Distribution);

#undef CS_DECLARE_CODEC

/// Reads a whole record and checks that its header names the contract `kind`.
template <ListedStruct Record>
Result<Record> readRecord(const Json& document, std::string_view kind)
{
    const JsonReader at(document);
    CS_TRY(Record record, readStruct<Record>(at));
    if (record.header.schema != kind)
        return fail(
            ErrorCode::InvalidInput,
            "this is not a record of the kind " + std::string(kind),
            "const",
            "/header/schema");
    return record;
}

} // namespace countersign
