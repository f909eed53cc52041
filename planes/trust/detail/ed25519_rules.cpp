#include "planes/trust/detail/ed25519_rules.h"

#include "models/check.h"
#include "models/encoding.h"
#include "planes/trust/detail/openssl.h"

#include <algorithm>
#include <array>

namespace countersign::trust::detail {

namespace {

constexpr std::size_t kValueByteCount = 32;

// Little-endian, as on the wire. The order of the base point is 2^252 + 27742...; p is 2^255 - 19.
constexpr std::string_view kGroupOrderHex =
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
constexpr std::string_view kFieldPrimeHex =
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
// d = -121665/121666 of the curve equation -x^2 + y^2 = 1 + d x^2 y^2, big-endian.
constexpr const char* kCurveConstantHex =
    "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3";
// The y of the eight points whose order divides 8; both signs of x belong to them.
constexpr std::array<std::string_view, 5> kLowOrderYHex = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
};

std::string fromHex(std::string_view hex)
{
    return hexDecode(hex).value();
}

bool isBelow(std::string_view littleEndian, std::string_view limit)
{
    return std::lexicographical_compare(
        littleEndian.rbegin(),
        littleEndian.rend(),
        limit.rbegin(),
        limit.rend(),
        [](char a, char b) {
            return static_cast<unsigned char>(a) < static_cast<unsigned char>(b);
        });
}

/// x^2 = (y^2 - 1) / (d y^2 + 1) has a root exactly when (y^2 - 1)(d y^2 + 1) is a square.
bool hasPoint(std::string_view yLittleEndian)
{
    const BigNumCtx scratch(BN_CTX_new());
    const std::string primeBytes = fromHex(kFieldPrimeHex);
    const BigNum prime(
        BN_lebin2bn(bytesOf(primeBytes), static_cast<int>(primeBytes.size()), nullptr));
    const BigNum y(
        BN_lebin2bn(bytesOf(yLittleEndian), static_cast<int>(yLittleEndian.size()), nullptr));
    BIGNUM* constant = nullptr;
    CS_ASSERT(BN_hex2bn(&constant, kCurveConstantHex) > 0);
    const BigNum d(constant);
    const BigNum one(BN_new());
    const BigNum ySquared(BN_new());
    const BigNum numerator(BN_new());
    const BigNum denominator(BN_new());
    CS_ASSERT(scratch && prime && y && one && ySquared && numerator && denominator);
    const bool computed =
        BN_one(one.get()) == 1
        && BN_mod_sqr(ySquared.get(), y.get(), prime.get(), scratch.get()) == 1
        && BN_mod_sub(numerator.get(), ySquared.get(), one.get(), prime.get(), scratch.get()) == 1
        && BN_mod_mul(denominator.get(), d.get(), ySquared.get(), prime.get(), scratch.get()) == 1
        && BN_mod_add(denominator.get(), denominator.get(), one.get(), prime.get(), scratch.get())
               == 1
        && BN_mod_mul(
               numerator.get(), numerator.get(), denominator.get(), prime.get(), scratch.get())
               == 1;
    CS_ASSERT(computed);
    const int symbol = BN_kronecker(numerator.get(), prime.get(), scratch.get());
    return symbol == 1 || symbol == 0;
}

std::string withoutSign(std::string_view bytes)
{
    std::string y(bytes);
    y.back() = static_cast<char>(static_cast<unsigned char>(y.back()) & 0x7FU);
    return y;
}

/// Canonical and not of low order, which is all that R needs: whether it is on the curve shows when
/// it is compared with the computed one.
bool isCanonicalOfHighOrder(const std::string& y)
{
    if (!isBelow(y, fromHex(kFieldPrimeHex)))
        return false;
    return std::none_of(kLowOrderYHex.begin(), kLowOrderYHex.end(), [&y](std::string_view hex) {
        return y == fromHex(hex);
    });
}

} // namespace

bool isStrictEd25519Point(std::string_view bytes)
{
    return isStrictEd25519Nonce(bytes) && hasPoint(withoutSign(bytes));
}

bool isStrictEd25519Nonce(std::string_view bytes)
{
    return bytes.size() == kValueByteCount && isCanonicalOfHighOrder(withoutSign(bytes));
}

bool isReducedEd25519Scalar(std::string_view bytes)
{
    return bytes.size() == kValueByteCount && isBelow(bytes, fromHex(kGroupOrderHex));
}

} // namespace countersign::trust::detail
