"""The package promises Python 3.9, whatever runs these tests."""

import ast
import pathlib
import unittest

FILES = sorted((pathlib.Path(__file__).parent.parent / "src").rglob("*.py"))

#: What came after 3.9 and is at hand in a package like this one, by its last name.
LATER = set(
    "tomllib TaskGroup Runner Barrier timeout_at anext aiter ExceptionGroup BaseExceptionGroup add_note"
    " batched pairwise UTC bit_count StrEnum chdir aclosing EncodingWarning"
    " strict kw_only"
    " ParamSpec TypeAlias TypeGuard Self Never assert_never override Unpack NotRequired".split()
)


class OldestTest(unittest.TestCase):
    def test_there_is_something_to_look_at(self):
        self.assertGreater(len(FILES), 10)

    def test_syntax_is_that_of_3_9(self):
        for file in FILES:
            tree(file)

    def test_nothing_later_is_used(self):
        for file in FILES:
            self.assertEqual(names(tree(file)) & LATER, set(), file)

    def test_annotations_are_not_evaluated(self):
        for file in FILES:
            nodes = list(ast.walk(tree(file)))
            if any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in nodes):
                self.assertIn("annotations", names(tree(file)), file)


def tree(file):
    return ast.parse(file.read_text("utf-8"), str(file), feature_version=(3, 9))


def names(parsed):
    """Every name in a file, of whatever; the last one where dots are between."""
    of = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name", ast.keyword: "arg"}
    return {getattr(node, of[type(node)]) for node in ast.walk(parsed) if type(node) in of}


if __name__ == "__main__":
    unittest.main()
