import unittest

from usher import Context, Rejected

from @module@ import perform


class HandlerTest(unittest.TestCase):
    def test_greets(self):
        context = Context.of("signup_1.@name@", {"username": "Ada"})
        self.assertEqual(perform(context), "Hello Ada")

    def test_signup_without_username_is_rejected(self):
        with self.assertRaises(Rejected):
            perform(Context.of("signup_1.@name@"))


if __name__ == "__main__":
    unittest.main()
