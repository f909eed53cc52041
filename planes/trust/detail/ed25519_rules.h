#pragma once

#include <string_view>

/// The checks of Ed25519 values on which verifiers differ, made before OpenSSL is asked. Named
/// after RFC 8032: A is the public key, R||S the signature. Inside planes/trust only.
namespace countersign::trust::detail {

/// 32 bytes that encode a y below p, on the curve, and not one of the eight points of low order
/// (which verify signatures over anything).
[[nodiscard]] bool isStrictEd25519Point(std::string_view bytes);

/// The same without the curve equation, for R: a verifier that compares it with the R it computed
/// finds out by itself whether it is on the curve.
[[nodiscard]] bool isStrictEd25519Nonce(std::string_view bytes);

/// 32 bytes, little-endian, below the group order.
[[nodiscard]] bool isReducedEd25519Scalar(std::string_view bytes);

} // namespace countersign::trust::detail
