import java.sql.DriverManager;

/** Prints the rows of a query as {@code sqlite3} would, for machines without it. */
final class Rows {

  public static void main(String[] arguments) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        var rows = connection.createStatement().executeQuery(arguments[1])) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          line.append(column == 1 ? "" : "|").append(rows.getString(column));
        }
        System.out.println(line);
      }
    }
  }
}
