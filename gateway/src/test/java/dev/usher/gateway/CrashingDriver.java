package dev.usher.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands in for SQLite's driver and tells of each commit of a transaction, before and after it. */
final class CrashingDriver implements Driver {

  private final Driver sqlite;
  private final Consumer<Strike> passes;

  private CrashingDriver(Driver sqlite, Consumer<Strike> passes) {
    this.sqlite = sqlite;
    this.passes = passes;
  }

  /** Takes the place of SQLite's driver in this process. */
  static void install(Consumer<Strike> passes) throws SQLException {
    Driver sqlite = DriverManager.getDriver("jdbc:sqlite:");
    DriverManager.deregisterDriver(sqlite);
    DriverManager.registerDriver(new CrashingDriver(sqlite, passes));
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = sqlite.connect(url, info);
    return connection == null
        ? null
        : (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> call(connection, method, arguments));
  }

  private @Nullable Object call(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    boolean isCommit = method.getName().equals("commit");
    try {
      if (isCommit) {
        passes.accept(Strike.BEFORE_COMMIT);
      }
      Object result = method.invoke(connection, arguments);
      if (isCommit) {
        passes.accept(Strike.AFTER_COMMIT);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return sqlite.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return sqlite.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return sqlite.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return sqlite.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return sqlite.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
