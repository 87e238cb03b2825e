package dev.usher.runner;

import dev.usher.cluster.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The data folders of the handlers of this runner, each the one that the handler's own process
 * would have. Locked while a version uses it, so that no such process does at the same time; the
 * versions of a handler share it, as two of them run while one takes the place of the other, be it
 * in a process that a runner started.
 */
final class HandlerFolders {

  private final Path data;
  private final Map<String, Shared> folders = new HashMap<>();

  private record Shared(DataFolder folder, int users) {}

  HandlerFolders(Path data) {
    this.data = data;
  }

  /** What all of them are in. */
  Path data() {
    return data;
  }

  /** The folder of a handler, to be used until {@link #leave}. */
  synchronized Path use(String handler) throws IOException {
    Shared known = folders.get(handler);
    Shared shared =
        known == null
            ? new Shared(DataFolder.share(data, handler), 1)
            : new Shared(known.folder, known.users + 1);
    folders.put(handler, shared);
    return shared.folder.path();
  }

  /** Another process may use it once all versions have left it. */
  synchronized void leave(String handler) throws IOException {
    Shared shared = folders.remove(handler);
    if (shared == null) {
      throw new IllegalStateException("nobody uses the folder of " + handler);
    }
    if (shared.users == 1) {
      shared.folder.close();
    } else {
      folders.put(handler, new Shared(shared.folder, shared.users - 1));
    }
  }
}
