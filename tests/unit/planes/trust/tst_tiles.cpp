#include "planes/trust/tiles.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;

class TestTiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsRoundTrip_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("level");
        QTest::addColumn<qulonglong>("index");
        QTest::addColumn<int>("width");
        QTest::newRow("first") << QByteArray("tile/0/000") << 0 << 0ULL << 256;
        QTest::newRow("groups") << QByteArray("tile/0/x001/x234/067") << 0 << 1234067ULL << 256;
        QTest::newRow("partial") << QByteArray("tile/2/001.p/17") << 2 << 1ULL << 17;
        QTest::newRow("thousand") << QByteArray("tile/63/x001/000.p/255") << 63 << 1000ULL << 255;
        QTest::newRow("entries") << QByteArray("tile/entries/x999/999") << -1 << 999999ULL << 256;
        QTest::newRow("largest") << QByteArray("tile/0/x018/x446/x744/x073/x709/x551/615") << 0
                                 << 18446744073709551615ULL << 256;
    }
    void pathsRoundTrip()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, level);
        QFETCH(qulonglong, index);
        QFETCH(int, width);
        const TilePath tile = TilePath::parse(path.toStdString()).value();
        QCOMPARE(tile.level ? static_cast<int>(*tile.level) : -1, level);
        QCOMPARE(qulonglong(tile.index), index);
        QCOMPARE(static_cast<int>(tile.width), width);
        QVERIFY(tile.text() == path.toStdString());
    }

    void refusesOtherPaths_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char* path :
             {"",
              "tile",
              "tile/",
              "tile/0",
              "tile/0/",
              "tile//000",
              "tile/64/000",
              "tile/00/000",
              "tile/-1/000",
              "tile/0/0",
              "tile/0/00",
              "tile/0/0000",
              "tile/0/001/002",
              "tile/0/x000/001",
              "tile/0/x001",
              "tile/0/x001/x002",
              "tile/0/000.p",
              "tile/0/000.p/",
              "tile/0/000.p/0",
              "tile/0/000.p/256",
              "tile/0/000.p/01",
              "tile/0/000.p/1.p/1",
              "tile/0/000/",
              "tile/0/../etc",
              "/tile/0/000",
              "tile/0/ 000",
              "tile/0/x018/x446/x744/x073/x709/x551/616",
              "tile/Entries/000",
              "tile/0/a000"})
            QTest::newRow(path) << QByteArray(path);
    }
    void refusesOtherPaths()
    {
        QFETCH(QByteArray, path);
        QCOMPARE(TilePath::parse(path.toStdString()).error().code, ErrorCode::InvalidInput);
    }

    void countsTilesOfEveryLevel()
    {
        QVERIFY((tileCount(70'000, 0) == TileCount{273, 112}));
        QVERIFY((tileCount(70'000, 1) == TileCount{1, 17}));
        QVERIFY((tileCount(70'000, 2) == TileCount{0, 1}));
        QVERIFY((tileCount(70'000, 3) == TileCount{0, 0}));
        QVERIFY((tileCount(0, 0) == TileCount{0, 0}));
        QVERIFY((tileCount(256, 0) == TileCount{1, 0}));
        QVERIFY((tileCount(UINT64_MAX, 7) == TileCount{0, 255}));
        QVERIFY((tileCount(UINT64_MAX, 63) == TileCount{0, 0}));
    }

    void tilesRoundTrip()
    {
        std::vector<Digest> hashes;
        for (int i = 0; i < 256; ++i) {
            hashes.push_back(Digest::of(std::to_string(i)));
            const std::string bytes = encodeTile(hashes);
            QCOMPARE(bytes.size(), hashes.size() * 32);
            QVERIFY(decodeTile(bytes).value() == hashes);
            QVERIFY(!decodeTile(bytes + '\0').ok());
        }
        QVERIFY(!decodeTile("").ok());
        QVERIFY(!decodeTile(std::string(257 * 32, '\0')).ok());
    }

    void entryBundlesRoundTrip()
    {
        const std::vector<std::string> entries = {
            "", "one", std::string(256, 'x'), std::string(65'535, 'y')};
        const std::string bytes = encodeEntryBundle(entries).value();
        QVERIFY(bytes.starts_with(std::string_view("\0\0\0\3one\1\0", 9)));
        QVERIFY(decodeEntryBundle(bytes).value() == entries);
        QVERIFY(!decodeEntryBundle(bytes.substr(0, bytes.size() - 1)).ok());
        QVERIFY(!decodeEntryBundle(bytes + '\0').ok());
        QVERIFY(!decodeEntryBundle("").ok());
        QVERIFY(!decodeEntryBundle(std::string(2 * 257, '\0')).ok());
        QVERIFY(decodeEntryBundle(std::string(2 * 256, '\0')).ok());
        QVERIFY(!encodeEntryBundle({}).ok());
        const std::vector<std::string> large = {std::string(65'536, 'z')};
        QCOMPARE(encodeEntryBundle(large).error().code, ErrorCode::LimitExceeded);
    }
};

QTEST_GUILESS_MAIN(TestTiles)
#include "tst_tiles.moc"
