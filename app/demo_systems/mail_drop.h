#pragma once

#include "app/demo_systems/demo_service.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QSet>
#include <QString>

namespace countersign::demo {

/// The mail gateway's way in: a folder in which each file is one request
/// `{operation, idempotency_key, payload}`. Files stay where they are; the key decides that each is
/// done once, also after a restart. What cannot be read is named on standard error and left alone.
/// Names that begin with a dot are files being written. Thread: its event loop's.
class MailDrop : public QObject
{
    Q_OBJECT

public:
    MailDrop(DemoService& service, QString folder);

    /// Makes the folder if needed, takes what lies in it and watches it from then on. Errors:
    /// StorageFailed.
    [[nodiscard]] Result<void> start();

private:
    void takeNew();
    void take(const QString& path);

    DemoService& m_service;
    QString m_folder;
    QFileSystemWatcher m_watcher;
    QSet<QString> m_taken; ///< Names that need no second look.
};

} // namespace countersign::demo
