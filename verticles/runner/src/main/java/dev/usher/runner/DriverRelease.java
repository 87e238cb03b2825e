package dev.usher.runner;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * Takes the JDBC drivers of its own class loader out of the JDK's list. Defined once more in each
 * loader, so it must be public and know nothing but the JDK.
 */
public final class DriverRelease implements Runnable {

  /** One for the class loader that defined this class. */
  public DriverRelease() {}

  @Override
  public void run() {
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == DriverRelease.class.getClassLoader()) {
        deregister(driver);
      }
    }
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
