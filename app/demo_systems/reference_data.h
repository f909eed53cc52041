#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What the systems know and a payload does not say.
namespace countersign::demo {

/// Where the system's resources live: `https://<host>/`.
[[nodiscard]] std::string baseOf(std::string_view system);

/// Name under which the signature service files a document.
[[nodiscard]] std::string documentReference(std::string_view documentSha256);

struct MailBatch
{
    std::string name;
    int recipientCount = 1;
};
[[nodiscard]] MailBatch mailBatch(std::string_view messageTemplate, std::string_view group);

/// People in a group of the data room.
[[nodiscard]] int memberCount(std::string_view group);

/// Recordings that a quarantine of that age catches.
[[nodiscard]] std::int64_t recordingCount(std::int64_t olderThanMonths);

/// Name of the key that the recordings of a wave are encrypted with.
[[nodiscard]] std::string waveKeyName(std::int64_t wave);

} // namespace countersign::demo
