package dev.usher.handler;

import dev.usher.settings.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** What a handler may build on when it is made. */
public interface HandlerContext {

  /** The Vert.x it runs on; it must not be closed. */
  Vertx vertx();

  /** Its settings, already checked. */
  Settings settings();

  /** A folder that belongs to this handler alone. */
  Path data();
}
