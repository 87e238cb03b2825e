package dev.usher.runner;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one version of an artefact. Its own come first, so it may bring any version of any
 * library; what it shares with the runner comes from the runner, whose types its handlers are made
 * of: {@link #SHARED}. Of those too it gets from its own files what the runner does not have, like
 * the Vert.x mail client.
 */
final class ArtefactLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Packages of the runner; the JDK is shared as well. */
  private static final List<String> SHARED =
      List.of(
          "dev.usher.handler.",
          "dev.usher.settings.",
          "dev.usher.cluster.",
          "dev.usher.wire.",
          "io.vertx.",
          "io.netty.",
          "com.hazelcast.",
          "com.fasterxml.jackson.core.",
          "org.slf4j.");

  private static final String SERVICES = "META-INF/services/";
  private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();
  private static final ClassLoader RUNNER = ArtefactLoader.class.getClassLoader();

  private final Artefact artefact;

  private ArtefactLoader(Artefact artefact, URL[] classes) {
    super(artefact.name(), classes, RUNNER);
    this.artefact = artefact;
  }

  /** A loader of jars and folders, the first of which wins. */
  static ArtefactLoader of(Artefact artefact, List<Path> classes) {
    URL[] urls = classes.stream().map(ArtefactLoader::url).toArray(URL[]::new);
    return new ArtefactLoader(artefact, urls);
  }

  /** Whose classes these are, where code runs in the calling thread for an artefact. */
  static Optional<Artefact> ofThread() {
    return of(Thread.currentThread().getContextClassLoader());
  }

  /** Whose class this is, if it is an artefact's. */
  static Optional<Artefact> of(Class<?> type) {
    return of(type.getClassLoader());
  }

  private static Optional<Artefact> of(@Nullable ClassLoader begin) {
    ClassLoader loader = begin;
    while (loader != null && !(loader instanceof ArtefactLoader)) {
      loader = loader.getParent();
    }
    return Optional.ofNullable((ArtefactLoader) loader).map(own -> own.artefact);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        found = find(name);
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    Class<?> ofJdk = in(JDK, name);
    if (ofJdk != null) {
      return ofJdk;
    }
    return isShared(name) ? runnersFirst(name) : ownFirst(name);
  }

  private Class<?> runnersFirst(String name) throws ClassNotFoundException {
    Class<?> shared = in(RUNNER, name);
    return shared != null ? shared : findClass(name);
  }

  private Class<?> ownFirst(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOwn) {
      return RUNNER.loadClass(name);
    }
  }

  /** Classes that end the process are changed not to, see {@link ExitGuard}. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    URL file = findResource(name.replace('.', '/') + ".class");
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] code = read(file, name);
    byte[] guarded = ExitGuard.guarded(code);
    if (guarded == code) {
      return super.findClass(name);
    }
    definePackageOf(name);
    return defineClass(name, guarded, 0, guarded.length);
  }

  private static byte[] read(URL file, String name) throws ClassNotFoundException {
    try (InputStream code = file.openStream()) {
      return code.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** With what the manifest says, the handler's version for one. */
  private void definePackageOf(String name) throws ClassNotFoundException {
    int end = name.lastIndexOf('.');
    if (end < 0 || getDefinedPackage(name.substring(0, end)) != null) {
      return;
    }
    URL file = findResource(JarFile.MANIFEST_NAME);
    try (InputStream manifest = file == null ? InputStream.nullInputStream() : file.openStream()) {
      Package unused = definePackage(name.substring(0, end), new Manifest(manifest), null);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    } catch (IllegalArgumentException definedByAnotherThread) {
      // As good.
      return;
    }
  }

  private static @Nullable Class<?> in(ClassLoader loader, String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException elsewhere) {
      return null;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : RUNNER.getResource(name);
  }

  /**
   * Providers of the runner are no providers of a service type that the artefact has its own copy
   * of, so they show only for types that are shared.
   */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Map<String, URL> found = new LinkedHashMap<>();
    findResources(name).asIterator().forEachRemaining(url -> found.put(url.toString(), url));
    boolean isOwnService =
        name.startsWith(SERVICES) && !isShared(name.substring(SERVICES.length()));
    ClassLoader others = isOwnService ? JDK : RUNNER;
    others.getResources(name).asIterator().forEachRemaining(url -> found.put(url.toString(), url));
    return Collections.enumeration(found.values());
  }

  /** Makes a class of the runner one of the artefact's own. */
  Class<?> adopt(String name, byte[] code) {
    return defineClass(name, code, 0, code.length);
  }

  private static boolean isShared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException aPathIsAUrl) {
      throw new AssertionError(aPathIsAUrl);
    }
  }
}
