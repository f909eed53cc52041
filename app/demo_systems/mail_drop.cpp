#include "app/demo_systems/mail_drop.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <utility>

namespace countersign::demo {

namespace {

constexpr qint64 kFileBytesMax = 1024 * 1024;

Result<EffectRequest> readRequest(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StorageFailed, file.errorString().toStdString());
    const QByteArray bytes = file.read(kFileBytesMax + 1);
    if (bytes.size() > kFileBytesMax)
        return fail(ErrorCode::LimitExceeded, "the file is too large");
    CS_TRY(const Json document, parseJson(bytes.toStdString()));
    EffectRequest request;
    request.system = "mail-gateway";
    request.operation = textMember(document, "operation");
    request.idempotencyKey = textMember(document, "idempotency_key");
    if (request.operation.empty() || request.idempotencyKey.empty()
        || !document.contains("payload"))
        return fail(ErrorCode::InvalidInput, "the file is not a request");
    request.payload = document.at("payload");
    return request;
}

} // namespace

MailDrop::MailDrop(DemoService& service, QString folder)
    : m_service(service)
    , m_folder(std::move(folder))
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &MailDrop::takeNew);
}

Result<void> MailDrop::start()
{
    if (!QDir().mkpath(m_folder) || !m_watcher.addPath(m_folder))
        return fail(ErrorCode::StorageFailed, "the drop folder cannot be watched");
    takeNew();
    return {};
}

void MailDrop::takeNew()
{
    const QDir folder(m_folder);
    const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        if (m_taken.contains(name))
            continue;
        m_taken.insert(name);
        take(folder.filePath(name));
    }
}

void MailDrop::take(const QString& path)
{
    const Result<EffectRequest> request = readRequest(path);
    const Reply reply = request.ok() ? m_service.handle(*request) : replyOf(request.error());
    if (reply.status >= 300)
        std::fprintf(stderr, "%s: %s\n", qUtf8Printable(path), reply.body.c_str());
}

} // namespace countersign::demo
