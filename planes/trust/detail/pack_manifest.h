#pragma once

#include "planes/trust/evidence_pack.h"

#include <map>
#include <string>
#include <string_view>

/// The list of a pack's files, and their names. Inside planes/trust only.
namespace countersign::trust::detail {

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kCheckpointName = "checkpoint";
inline constexpr std::string_view kLogKeyName = "log.vkey";

[[nodiscard]] std::string leafName(std::uint64_t index);
[[nodiscard]] std::string bodyName(std::uint64_t index);
[[nodiscard]] std::string proofName(std::uint64_t index);
[[nodiscard]] std::string documentName(const Digest& digest);
[[nodiscard]] std::string keyName(const std::string& keyId);

struct ListedFile
{
    Digest sha256;
    std::uint64_t size = 0;
};

struct Manifest
{
    PackManifest about;
    std::map<std::string, ListedFile> files = {};
};

/// The signed list. Errors: LimitExceeded, Unavailable, as Statement::toJson.
[[nodiscard]] Result<std::string> signManifest(const Manifest& manifest, const NoteSigner& logKey);

/// Reads a list that the log's key has signed; nothing but the very bytes of signManifest() is
/// accepted. Errors: InvalidInput (rule `pack.manifest`), SignatureInvalid (`dsse.signature`),
/// Refused (`dsse.payload_type`).
[[nodiscard]] Result<Manifest> openManifest(std::string_view bytes, const NoteVerifier& logKey);

/// The instructions for checking the pack by hand.
[[nodiscard]] std::string packReadme(const PackManifest& about);

} // namespace countersign::trust::detail
