import asyncio
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "src"))

from usher import Context, Rejected, RetryLater, handler  # noqa: E402
from usher import _frames, _outcome, _registry, _settings  # noqa: E402
from usher._attempts import Attempts  # noqa: E402


class OutcomeTest(unittest.TestCase):
    def test_plain_values_are_results_and_others_are_not(self):
        self.assertEqual(_outcome.success({"sent": 1}).outcome.body, {"sent": 1})
        self.assertEqual(_outcome.success("a").outcome.body, "a")
        self.assertIsNone(_outcome.success(None).outcome.body)
        self.assertIsNone(_outcome.success(object()).outcome.body)
        self.assertEqual(_outcome.success([object()]).why, "it is no JSON")
        self.assertEqual(_outcome.success(float("nan")).why, "it is no JSON")

    def test_failures_name_themselves(self):
        self.assertEqual(_outcome.failure(ValueError("no")).body, "ValueError: no")
        self.assertEqual(_outcome.failure(ValueError()).body, "ValueError")
        self.assertEqual(_outcome.failure(RetryLater(0.5)).headers["usher-retry-after"], "1")
        self.assertEqual(len(_outcome.failure(Rejected("x" * 9000)).body), 500)
        with self.assertRaises(ValueError):
            RetryLater(-1)


class ContextTest(unittest.TestCase):
    def test_handler_can_be_tested_with_a_context_of_ones_own(self):
        context = Context.of("signup_1.mail", {"email": "ada@example.com"})
        self.assertEqual(context.json["email"], "ada@example.com")
        self.assertEqual((context.id, context.action, context.attempt), ("signup_1", "mail", 1))
        self.assertEqual(repr(context), "signup_1.mail attempt 1")
        self.assertGreater(context.time_left, 29)

    def test_missing_key_rejects_and_is_still_a_key_error(self):
        context = Context.of("signup_1.mail")
        with self.assertRaises(KeyError):
            context.json["email"]
        with self.assertRaisesRegex(Rejected, '^"email" is missing$'):
            context.json["email"]
        self.assertIsNone(context.json.get("email"))


class RegistryTest(unittest.TestCase):
    def setUp(self):
        del _registry.registered[:]

    def test_handler_is_named_after_its_function(self):
        @handler("signup.email")
        def email_user(context):
            return context

        self.assertEqual(_registry.registered[0].name, "email-user")
        self.assertEqual(email_user(7), 7)

    def test_what_makes_no_sense_is_refused(self):
        handler("signup.crm", name="crm")(lambda context: None)
        with self.assertRaisesRegex(ValueError, "has a handler already"):
            handler("signup.crm", name="crm")(lambda context: None)
        with self.assertRaisesRegex(ValueError, "at least one"):
            handler("signup.list", name="list", slots=0)(lambda context: None)

    def test_only_one_handler_can_be_given_another_address(self):
        handler("signup.crm", name="crm")(lambda context: None)
        _registry.move_to("signup.other")
        self.assertEqual(_registry.registered[0].address, "signup.other")
        handler("signup.list", name="list")(lambda context: None)
        with self.assertRaisesRegex(ValueError, "2 handlers can't share the address signup.third"):
            _registry.move_to("signup.third")


class AttemptsTest(unittest.TestCase):
    def test_running_delivery_is_joined_and_a_succeeded_one_not_run_again(self):
        answers, calls = [], []

        async def handle(context):
            calls.append(context.delivery)
            await asyncio.sleep(0)
            return "sent"

        async def scenario():
            one = _registry.Handler(handle, "signup.email", "one", 1, "dev")
            attempts = Attempts([one])
            for _ in range(2):
                self.start(attempts, one, answers)
            await attempts.idle()
            self.start(attempts, one, answers)
            attempts.close()

        asyncio.run(scenario())
        self.assertEqual(answers, ["sent"] * 3)
        self.assertEqual(calls, ["signup_1.mail"])

    def test_handler_that_ends_the_process_fails_its_own_attempt_only(self):
        answers = []

        def leave(context):
            sys.exit(3)

        async def scenario():
            one = _registry.Handler(leave, "signup.email", "one", 1, "dev")
            attempts = Attempts([one])
            self.start(attempts, one, answers)
            await attempts.idle()
            attempts.close()

        asyncio.run(scenario())
        self.assertEqual(answers, ["Ended: SystemExit"])

    def start(self, attempts, one, answers):
        headers = {"usher-delivery": "signup_1.mail", "usher-attempt": "1"}
        attempts.start(one, headers, {"data": {}}, lambda outcome: answers.append(outcome.body))


class FramesTest(unittest.TestCase):
    def read(self, data):
        async def scenario():
            reader = asyncio.StreamReader()
            reader.feed_data(data)
            reader.feed_eof()
            return await _frames.read(reader)

        return asyncio.run(scenario())

    def test_frame_comes_back(self):
        self.assertEqual(self.read(_frames.encode({"a": "ö"})), {"a": "ö"})

    def test_what_is_no_bridge_is_refused(self):
        with self.assertRaises(_frames.NotABridge):
            self.read(b"HTTP/1.1 400 Bad Request\r\n")
        with self.assertRaises(_frames.NotABridge):
            self.read(b"\0\0\0\2[]")


class SettingsTest(unittest.TestCase):
    def test_wrong_ones_say_what_to_write(self):
        for wrong, message in (
            ({}, "USHER_BRIDGE is not set; write host:port"),
            ({"USHER_BRIDGE": "nowhere"}, "write host:port"),
            ({"USHER_BRIDGE": "a:1", "USHER_SHUTDOWN_TIMEOUT": "x"}, "write 10s"),
            ({"USHER_BRIDGE": "a:1", "USHER_BRIDGE_TOKEN": "file:/no"}, "/no can't be read"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                _settings.read(wrong)

    def test_bridge_may_be_encrypted(self):
        settings = _settings.read({"USHER_BRIDGE": "tls://[::1]:7000", "USHER_BRIDGE_TOKEN": " t "})
        self.assertEqual((settings.host, settings.port, settings.is_tls), ("::1", 7000, True))
        self.assertEqual(settings.token, "t")


if __name__ == "__main__":
    unittest.main()
