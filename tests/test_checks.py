#!/usr/bin/env python3
"""The checks of includes and style, tried on small made-up trees."""

import pathlib
import subprocess
import tempfile
import unittest

import check_includes
import check_style
from project_files import project_files

MODULES = "# edges\nmodels:\ndata: models\ntrust: data models\nexecution: trust data models\nui: data models\napp: ui data models\n"
QT_HEADERS = {
    "QtCore": ("QString", "QThread", "QFile", "QDateTime"),
    "QtGui": ("QColor",),
    "QtSql": ("QSqlQuery",),
    "QtWidgets": ("QWidget", "QtWidgets"),
}


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "project"
        self.qt = pathlib.Path(folder.name) / "qt"
        for module, headers in QT_HEADERS.items():
            for header in headers:
                self.write_at(self.qt / module / header, "")
        self.write("planes/modules.txt", MODULES)

    def write(self, path, text):
        self.write_at(self.root / path, text)

    @staticmethod
    def write_at(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class IncludesTest(Tree):
    def failures(self, exceptions=()):
        return check_includes.Checker(self.root, self.qt, list(exceptions)).run()

    def includes(self, path, *headers):
        self.write(path, "".join(f"#include {header}\n" for header in headers))

    def assert_fails(self, *fragments):
        failures = self.failures()
        self.assertEqual(len(failures), 1, failures)
        for fragment in fragments:
            self.assertIn(fragment, failures[0])

    def test_accepts_what_is_listed(self):
        self.includes("models/a.h", "<QString>", "<vector>")
        self.includes("planes/data/detail/b.h", '"models/a.h"', "<QSqlQuery>")
        self.includes("planes/data/b.h", '"planes/data/detail/b.h"')
        self.includes("planes/trust/c.cpp", '"planes/data/b.h"', "<openssl/evp.h>", "<zip.h>")
        self.includes("planes/execution/d.cpp", "<curl/curl.h>")
        self.includes("ui/e.cpp", '"planes/data/b.h"', "<QWidget>", '"moc_e.cpp"', '"e.moc"')
        self.assertEqual(self.failures(), [])

    def test_refuses_an_edge_that_is_not_listed(self):
        self.includes("planes/trust/a.h")
        self.includes("planes/data/b.h", '"planes/trust/a.h"')
        self.assert_fails("planes/data/b.h", "does not let data use trust")

    def test_refuses_an_include_with_blanks_around_the_hash(self):
        self.includes("planes/trust/a.h")
        self.write("planes/data/b.h", '  #  include "planes/trust/a.h"\n')
        self.assert_fails("does not let data use trust")

    def test_refuses_the_detail_of_another_module(self):
        self.includes("planes/data/detail/a.h")
        self.includes("planes/trust/b.h", '"planes/data/detail/a.h"')
        self.assert_fails("detail/ belongs to data")

    def test_refuses_library_headers_outside_their_owner(self):
        for path, header in (
            ("planes/trust/a.cpp", "<QSqlQuery>"),
            ("planes/trust/a.cpp", "<QtSql/QSqlQuery>"),
            ("app/a.cpp", "<QSqlQuery>"),
            ("planes/data/a.cpp", "<openssl/evp.h>"),
            ("planes/trust/a.cpp", "<curl/curl.h>"),
            ("planes/data/a.cpp", "<zip.h>"),
            ("planes/data/a.cpp", "<QWidget>"),
            ("planes/data/a.cpp", "<QtWidgets>"),
            ("models/a.cpp", "<QColor>"),
        ):
            with self.subTest(path=path, header=header):
                self.includes(path, header)
                self.assert_fails(path)
                (self.root / path).unlink()

    def test_refuses_a_header_that_is_not_named_from_the_root(self):
        self.includes("planes/data/a.h")
        self.includes("planes/data/b.h", '"a.h"')
        self.assert_fails("from the root")

    def test_refuses_a_module_that_is_not_listed(self):
        self.includes("planes/other/a.h")
        self.assert_fails("belongs to no module")

    def test_knows_a_module_inside_the_folder_of_another(self):
        self.write("planes/modules.txt", MODULES + "inner: models\nouter: inner models\n")
        self.includes("planes/outer/inner/a.h", '"models/b.h"')
        self.includes("planes/outer/c.h", '"planes/outer/inner/a.h"')
        self.includes("models/b.h")
        self.assertEqual(self.failures(), [])
        self.includes("planes/outer/inner/a.h", '"planes/outer/c.h"')
        self.assert_fails("planes/outer/inner/a.h", "does not let inner use outer")

    def test_refuses_impure_headers_in_rules(self):
        for header in ("<QThread>", "<QDateTime>", "<QFile>", "<thread>", "<fstream>", "<QtCore/QThread>"):
            with self.subTest(header=header):
                self.includes("planes/trust/a_rules.cpp", header)
                self.assert_fails("a_rules.cpp", "rules reach no")

    def test_refuses_rules_that_reach_the_database_through_a_value(self):
        self.includes("planes/data/database.h")
        self.includes("planes/data/value.h", '"planes/data/database.h"')
        self.includes("planes/data/a_rules.h", '"planes/data/value.h"')
        self.assert_fails("a_rules.h", "planes/data/value.h")

    def test_refuses_rules_that_use_another_plane(self):
        self.includes("planes/data/a.h")
        self.includes("planes/trust/a_rules.h", '"planes/data/a.h"')
        self.assert_fails("their own plane")

    def test_refuses_rules_that_ask_for_the_time(self):
        self.write("planes/trust/a_rules.cpp", "auto now = std::chrono::system_clock::now();\n")
        self.assert_fails("they do not ask for it")

    def test_an_exception_covers_its_file_only(self):
        self.includes("app/demo/a.cpp", "<QSqlQuery>")
        self.includes("app/b.cpp", "<QSqlQuery>")
        failures = self.failures([("app/demo/*", r"QtSql/.*", "stands for another system")])
        self.assertEqual(len(failures), 1, failures)
        self.assertIn("app/b.cpp", failures[0])

    def test_an_exception_that_nothing_needs_is_a_failure(self):
        self.includes("app/demo/a.cpp")
        failures = self.failures([("app/demo/*", r"QtSql/.*", "stands for another system")])
        self.assertEqual(len(failures), 1, failures)
        self.assertIn("nothing needs it", failures[0])

    def test_says_so_when_the_qt_headers_are_not_there(self):
        self.qt = self.root
        self.assertEqual(len(self.failures()), 1)


class StyleTest(Tree):
    def assert_fails(self, path, text, fragment):
        with self.subTest(path=path, text=text[:40]):
            self.write(path, text)
            failures = check_style.check(self.root)
            self.assertEqual(len(failures), 1, failures)
            self.assertIn(path, failures[0])
            self.assertIn(fragment, failures[0])
            (self.root / path).unlink()

    def test_accepts_ordinary_files(self):
        self.write("models/value_type.h", "int x;\n" * check_style.LINES_MAX)
        self.write("tests/unit/tst_value_type.cpp", "QVERIFY(true_answer);\nsetPlaceholderText(x);\n")
        self.write("tests/unit/tst_long.cpp", "int x;\n" * 2 * check_style.LINES_MAX)
        self.write("packaging/check-root.sh", 'echo "$HOME/work/x https://a.example/home/"\n')
        self.write("tests/fuzz/corpus/json/Seed-1.h", "\t")
        self.assertEqual(check_style.check(self.root), [])

    def test_refuses_long_files(self):
        self.assert_fails("models/a.h", "int x;\n" * (check_style.LINES_MAX + 1), "at most")

    def test_refuses_notes_about_unfinished_work(self):
        for word in ("TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"):
            self.assert_fails("ui/a.cpp", f"// {word}: later\n", "unfinished")

    def test_refuses_paths_of_a_machine(self):
        for folder in ("work", "root", "home"):
            self.assert_fails("planes/data/a.cpp", f'open("/{folder}/x");\n', "machine")

    def test_refuses_tabs(self):
        self.assert_fails("models/a.cpp", "\tint x;\n", "tab")

    def test_refuses_checks_that_cannot_fail(self):
        for check in ("QVERIFY(" "true);", "QVERIFY2( 1, \"why\");"):
            self.assert_fails("tests/unit/tst_a.cpp", check + "\n", "cannot fail")

    def test_refuses_a_missing_newline_at_the_end(self):
        self.assert_fails("packaging/a.sh", "echo", "newline")

    def test_refuses_names_that_are_not_snake_case(self):
        for name in ("ValueType.h", "value-type.cpp", "valueType.h"):
            self.assert_fails(f"models/{name}", "int x;\n", "snake_case")


class ProjectFilesTest(Tree):
    def names(self):
        return [str(path) for path in project_files(self.root)]

    def test_lists_every_file_but_builds_without_git(self):
        self.write("models/a.h", "")
        self.write("build/dev/b.h", "")
        self.write("build-x/c.h", "")
        self.assertEqual(self.names(), ["models/a.h", "planes/modules.txt"])

    def test_lists_tracked_files_with_git(self):
        self.write("models/a.h", "")
        self.write("models/b.h", "")
        self.write("models/c.h", "")
        for command in (["init", "--quiet"], ["add", "models/a.h", "models/c.h"]):
            subprocess.run(["git", "-C", str(self.root), *command], check=True)
        (self.root / "models/c.h").unlink()
        self.assertEqual(self.names(), ["models/a.h"])


if __name__ == "__main__":
    unittest.main()
