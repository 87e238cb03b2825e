package dev.usher.runner;

import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the JDBC drivers of an artefact out of the JDK's list, which would hold its classes for
 * ever. The JDK shows a driver only to classes of the driver's own loader: {@link DriverRelease} is
 * made one of them.
 */
final class Drivers {

  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  static void release(ArtefactLoader loader) {
    try {
      Runnable release =
          (Runnable)
              loader.adopt(DriverRelease.class.getName(), code()).getConstructor().newInstance();
      release.run();
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.warn("JDBC drivers of {} stay registered: {}", loader.getName(), e.toString());
    }
  }

  private static byte[] code() throws IOException {
    try (InputStream code = Drivers.class.getResourceAsStream("DriverRelease.class")) {
      if (code == null) {
        throw new IOException("DriverRelease.class is missing");
      }
      return code.readAllBytes();
    }
  }
}
