/** A handler that succeeds at once. */
import { handler } from "usher-handler";

handler("bench.first", { name: "nothing" }, async () => undefined);
