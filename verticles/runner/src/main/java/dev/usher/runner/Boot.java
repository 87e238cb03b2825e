package dev.usher.runner;

import dev.usher.handler.HostedHandler;
import dev.usher.handler.Hosting;
import dev.usher.handler.RunningHandler;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The start of one version: runs its {@code main} and starts the handlers that this would have run,
 * or deploys its verticle. On a thread that is the version's own, whose class loader is too.
 */
final class Boot {

  /** Worker threads of a verticle or handler that asks Vert.x for them. */
  private static final int WORKERS = 16;

  /** Longest wait for one handler to be ready, its constructor included. */
  private static final long START_SECONDS = 60;

  private final Version version;
  private final Classes program;
  private final Surroundings surroundings;

  Boot(Version version, Classes program, Surroundings surroundings) {
    this.version = version;
    this.program = program;
    this.surroundings = surroundings;
  }

  /** Adds to the version what it starts; where it fails, some of that may serve already. */
  void run() throws CannotDeploy {
    Class<?> entry = entry();
    if (Deployable.class.isAssignableFrom(entry)) {
      startVerticle(entry.asSubclass(Deployable.class));
      return;
    }
    for (HostedHandler handler : addressed(handlers(entry))) {
      startHandler(handler);
    }
  }

  /** The handlers at the address that they are to serve; one address can't be two handlers'. */
  private List<HostedHandler> addressed(List<HostedHandler> handlers) throws CannotDeploy {
    if (terms().address().isEmpty()) {
      return handlers;
    }
    if (handlers.size() > 1) {
      throw new CannotDeploy(
          "it runs "
              + handlers.size()
              + " handlers, which can't all serve "
              + terms().address()
              + "; deploy it without an address, and each serves its own");
    }
    return List.of(handlers.get(0).at(terms().address()));
  }

  private Terms terms() {
    return version.artefact().terms();
  }

  private Class<?> entry() throws CannotDeploy {
    try {
      return Class.forName(program.entry(), true, program.loader());
    } catch (ClassNotFoundException e) {
      throw new CannotDeploy("it has no class " + program.entry(), e);
    } catch (LinkageError e) {
      throw Failures.of("class " + program.entry() + " can't be used", e);
    }
  }

  private List<HostedHandler> handlers(Class<?> entry) throws CannotDeploy {
    Method main = main(entry);
    List<HostedHandler> handlers;
    try {
      handlers = Hosting.handlersOf(() -> main.invoke(null, (Object) new String[0]));
    } catch (InvocationTargetException e) {
      throw Failures.of("its main failed", e.getCause() == null ? e : e.getCause());
    } catch (Exception e) {
      throw Failures.of("its main can't be called", e);
    }
    if (handlers.isEmpty()) {
      throw new CannotDeploy(
          "the main of "
              + entry.getName()
              + " runs no handler: it has to call Handlers.run before it returns");
    }
    return handlers;
  }

  private static Method main(Class<?> entry) throws CannotDeploy {
    try {
      Method main = entry.getMethod("main", String[].class);
      if (Modifier.isStatic(main.getModifiers())) {
        // A class that is not public, in a package that nobody opened, has a main like any other.
        main.setAccessible(true);
        return main;
      }
    } catch (NoSuchMethodException e) {
      throw new CannotDeploy(noEntry(entry), e);
    }
    throw new CannotDeploy(noEntry(entry));
  }

  private static String noEntry(Class<?> entry) {
    return entry.getName() + " has no main that calls Handlers.run, and is no verticle";
  }

  private void startHandler(HostedHandler handler) throws CannotDeploy {
    Settings settings = settings(handler);
    Path folder = version.use(handler.name());
    Future<RunningHandler> start;
    try {
      start =
          handler.start(
              surroundings.vertx(),
              surroundings.node(),
              terms().deployment(),
              settings,
              folder,
              options(handler.name()));
    } catch (IllegalArgumentException e) {
      throw Failures.of(handler.name() + " has a setting that can't be used", e);
    }
    await(handler.name(), start.map(running -> Part.handler(handler.address(), running)));
  }

  private Settings settings(HostedHandler handler) throws CannotDeploy {
    try {
      return handler.settings(
          surroundings.config(), surroundings.environment(), terms().settings());
    } catch (InvalidSettings | IllegalArgumentException e) {
      throw new CannotDeploy(String.valueOf(e.getMessage()), e);
    }
  }

  /** Settings of its terms are its {@code config()}; it listens where its own code says. */
  private void startVerticle(Class<? extends Deployable> type) throws CannotDeploy {
    if (!terms().address().isEmpty()) {
      throw new CannotDeploy(
          type.getName()
              + " is a verticle without the kit, which listens where its own code says; deploy it"
              + " without an address");
    }
    Deployable verticle;
    try {
      verticle = type.getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw Failures.of("its constructor failed", e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      throw Failures.of(type.getName() + " can't be made", e);
    }
    String name = type.getSimpleName();
    Future<String> start =
        surroundings.vertx().deployVerticle(verticle, options(name).setConfig(config()));
    await(name, start.map(id -> Part.verticle(name, surroundings.vertx(), id)));
  }

  private JsonObject config() {
    JsonObject config = new JsonObject();
    terms().settings().forEach(config::put);
    return config;
  }

  /** Threads of its own: none outlives it, and none waits for those of another handler. */
  private DeploymentOptions options(String name) {
    return new DeploymentOptions()
        .setClassLoader(program.loader())
        .setThreadingModel(surroundings.threading())
        .setWorkerPoolName(name + "-" + version.artefact().version())
        .setWorkerPoolSize(WORKERS);
  }

  private void await(String name, Future<Part> start) throws CannotDeploy {
    try {
      version.add(
          start.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      throw Failures.of(name + " does not start", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      // Should it become ready after all, it is not wanted any more.
      start.compose(Part::stop);
      throw new CannotDeploy(name + " hangs: not ready after " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      throw new CannotDeploy(name + " was told to end while it started", e);
    }
  }
}
