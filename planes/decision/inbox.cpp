#include "planes/decision/inbox.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace countersign::decision {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTaking = ".taking";
constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kRejected = "rejected";
constexpr std::array<std::string_view, 3> kUnfinishedEndings = {".part", ".partial", ".tmp"};
constexpr int kTriesForAName = 1000;
/// Entries looked at inside one delivery; more than that is refused by the reader anyway.
constexpr std::uint64_t kEntriesLookedAtMax = 50'000;

bool endsWith(std::string_view text, std::string_view ending)
{
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool isDelivery(const std::string& name)
{
    if (name.empty() || name.front() == '.' || name == kAccepted || name == kRejected)
        return false;
    return std::none_of(
        kUnfinishedEndings.begin(), kUnfinishedEndings.end(), [&](std::string_view ending) {
            return endsWith(name, ending);
        });
}

Failure cannot(const std::string& what, const fs::path& path, const std::error_code& error)
{
    return fail(
        Error{ErrorCode::StorageFailed, what + ": " + error.message(), "inbox", path.string()});
}

/// Also of a link that leads nowhere.
bool isThere(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

fs::path reasonOf(const fs::path& place)
{
    return place.string() + ".reason.json";
}

/// The name, cut between two characters where the file system could not hold it with what is put
/// around it.
std::string keptName(const std::string& name)
{
    constexpr std::size_t kNameByteCountMax = 200;
    if (name.size() <= kNameByteCountMax)
        return name;
    std::size_t end = kNameByteCountMax;
    constexpr unsigned kContinuationMask = 0xC0;
    constexpr unsigned kContinuation = 0x80;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & kContinuationMask) == kContinuation)
        --end;
    return name.substr(0, end);
}

/// `20261122T231500Z-<name>`, or with a number behind it when that or its reasons are taken.
fs::path freePlace(const fs::path& folder, const std::string& name, Instant now)
{
    std::string stamp;
    for (const char c : now.text().substr(0, 19)) {
        if (c != '-' && c != ':')
            stamp += c;
    }
    const fs::path first = folder / (stamp + "Z-" + keptName(name));
    fs::path place = first;
    for (int i = 2; (isThere(place) || isThere(reasonOf(place))) && i < kTriesForAName; ++i)
        place = first.string() + "." + std::to_string(i);
    return place;
}

Result<void> move(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (error)
        return cannot("cannot create the folder", to.parent_path(), error);
    fs::rename(from, to, error);
    if (error)
        return cannot("cannot move the delivery", from, error);
    return {};
}

} // namespace

Json refusalJson(const std::string& name, const std::vector<Error>& errors, Instant at)
{
    Json reasons = Json::array();
    for (const Error& error : errors)
        reasons.push_back(
            {{"code", errorCodeName(error.code)},
             {"rule", error.rule},
             {"file", error.file},
             {"pointer", error.pointer},
             {"message", error.detail}});
    return {{"name", name}, {"refused_at", at.text()}, {"errors", std::move(reasons)}};
}

Inbox::Inbox(fs::path folder)
    : m_folder(std::move(folder))
{}

Inbox::Look Inbox::lookAt(const fs::path& entry) const
{
    Look look;
    std::error_code error;
    const auto add = [&](const fs::directory_entry& item) {
        ++look.fileCount;
        std::error_code ignored;
        if (const auto written = item.last_write_time(ignored); !ignored)
            look.newest = std::max<std::int64_t>(look.newest, written.time_since_epoch().count());
        if (item.is_regular_file(ignored) && !ignored)
            look.byteCount += item.file_size(ignored);
    };
    add(fs::directory_entry(entry, error));
    if (!fs::is_symlink(entry, error) && fs::is_directory(entry, error)) {
        for (auto item = fs::recursive_directory_iterator(entry, error);
             !error && item != fs::recursive_directory_iterator()
             && look.fileCount < kEntriesLookedAtMax;
             item.increment(error))
            add(*item);
    }
    return look;
}

Result<std::vector<Delivery>> Inbox::take(Instant now)
{
    std::vector<Delivery> deliveries;
    std::optional<Error> trouble;
    std::error_code error;
    // What an earlier process was reading when it died is read again; reading twice changes
    // nothing.
    if (m_looks.empty() && fs::exists(m_folder / kTaking, error)) {
        for (const auto& entry : fs::directory_iterator(m_folder / kTaking, error))
            deliveries.push_back({entry.path().filename().string(), entry.path()});
    }
    std::map<std::string, Look> looks;
    for (auto entry = fs::directory_iterator(m_folder, error);
         !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!isDelivery(name))
            continue;
        Look look = lookAt(entry->path());
        look.since = now;
        const auto before = m_looks.find(name);
        const bool same = before != m_looks.end() && before->second.fileCount == look.fileCount
                          && before->second.byteCount == look.byteCount
                          && before->second.newest == look.newest;
        if (same)
            look.since = before->second.since;
        if (!same || now - look.since < kQuietTime) {
            looks.emplace(name, look);
            continue;
        }
        const fs::path taken = m_folder / kTaking / name;
        if (isThere(taken)) {
            looks.emplace(name, look);
            continue;
        }
        if (const auto moved = move(entry->path(), taken); !moved.ok()) {
            looks.emplace(name, look); // It is tried again; what was taken before it is not lost.
            trouble = moved.error();
            continue;
        }
        deliveries.push_back({name, taken});
    }
    if (error)
        trouble = cannot("cannot read the inbox", m_folder, error).error;
    if (trouble && deliveries.empty())
        return fail(std::move(*trouble));
    // A mark that this object has looked, so that leftovers are taken up once.
    looks.emplace(std::string(), Look{});
    m_looks = std::move(looks);
    return deliveries;
}

Result<fs::path>
Inbox::settle(const Delivery& delivery, const std::vector<Error>& errors, Instant now)
{
    const fs::path place =
        freePlace(m_folder / (errors.empty() ? kAccepted : kRejected), delivery.name, now);
    if (!errors.empty()) {
        std::error_code error;
        fs::create_directories(place.parent_path(), error);
        // The reasons first: nothing lies in rejected/ without them.
        const std::string reasonPath = reasonOf(place).string();
        std::ofstream file(reasonPath + ".tmp", std::ios::binary | std::ios::trunc);
        file << refusalJson(delivery.name, errors, now)
                    .dump(2, ' ', false, Json::error_handler_t::replace)
             << '\n';
        file.close();
        if (!file)
            return fail(
                Error{ErrorCode::StorageFailed, "cannot write the reasons", "inbox", reasonPath});
        CS_CHECK(move(reasonPath + ".tmp", reasonPath));
    }
    CS_CHECK(move(delivery.taken, place));
    return place;
}

} // namespace countersign::decision
