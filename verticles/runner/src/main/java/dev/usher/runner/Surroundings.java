package dev.usher.runner;

import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;

/**
 * What handlers of a runner run on.
 *
 * @param vertx the clustered Vert.x of the process
 * @param node its node id
 * @param threading what threads handlers run on in this process
 * @param config folder of the settings of all handlers
 * @param environment variables that win over it
 * @param folders the handlers' own folders
 * @param processes what those that run in processes of their own run on
 */
record Surroundings(
    Vertx vertx,
    String node,
    ThreadingModel threading,
    Path config,
    Map<String, String> environment,
    HandlerFolders folders,
    Processes processes) {}
