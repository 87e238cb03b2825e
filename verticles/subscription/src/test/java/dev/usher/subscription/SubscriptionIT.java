package dev.usher.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.handler.Erased;
import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler on a real file. */
class SubscriptionIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Path file;
  private ListFile lists;
  private Subscription handler;

  @BeforeEach
  void openLists() throws Exception {
    file = folder.resolve("list.db");
    lists = ListFile.open(file, CLOCK);
    handler = new Subscription(lists, "news");
  }

  @AfterEach
  void closeLists() throws Exception {
    handler.stop();
  }

  @Test
  void aSubscriptionIsARowThatAnyoneCanRead() throws Exception {
    assertThat(subscribe("signup_1", "ada@example.org", true)).isEqualTo(answer("news", true));

    assertThat(rows("SELECT list, email, username, signup, subscribed_at FROM subscriber"))
        .containsExactly("news|ada@example.org|Ada|signup_1|2026-03-01T12:00:00Z");
  }

  @Test
  void subscribingAgainInAnotherCaseOfTheDomainIsTheSameRow() throws Exception {
    subscribe("signup_1", "ada@example.org", true);

    assertThat(subscribe("signup_2", "ada@EXAMPLE.org", "news")).isEqualTo(answer("news", false));

    assertThat(rows("SELECT email, signup FROM subscriber"))
        .containsExactly("ada@example.org|signup_1");
  }

  @Test
  void theSameDeliveryAgainIsToldTheSame() throws Exception {
    subscribe("signup_1", "ada@example.org", true);

    assertThat(subscribe("signup_1", "ada@example.org", true)).isEqualTo(answer("news", true));
  }

  @Test
  void severalListsAreToldOneByOne() throws Exception {
    subscribe("signup_1", "ada@example.org", true);

    assertThat(subscribe("signup_2", "ada@example.org", JsonArray.of("news", "tips")))
        .isEqualTo(
            new JsonObject()
                .put("lists", JsonArray.of(answer("news", false), answer("tips", true))));
  }

  @Test
  void erasedSignupTakesItsPersonOffTheListsAndLeavesNoByteInTheFiles() throws Exception {
    for (int i = 0; i < 500; i++) {
      subscribe("signup_" + i, "person" + i + "@example.org", JsonArray.of("news", "tips"));
    }
    subscribe("signup_again", "person7@example.org", JsonArray.of("tips", "more"));
    assertThat(bytes()).contains("person7@", "person8@");

    handler.erase(Erased.of("signup_again.subscribe"));
    handler.erase(Erased.of("signup_8.subscribe"));
    handler.erase(Erased.of("signup_8.subscribe"));

    assertThat(bytes()).doesNotContain("person7@", "person8@").contains("person9@");
    assertThat(rows("SELECT count(*) FROM subscriber")).containsExactly("996");
  }

  private String bytes() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path one : files.toList()) {
        all.append(Files.readString(one, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void falseSubscribesToNothing() throws Exception {
    assertThat(subscribe("signup_1", "ada@example.org", false))
        .isEqualTo(new JsonObject().put("subscribed", false));

    assertThat(rows("SELECT * FROM subscriber")).isEmpty();
  }

  @Test
  void aBadListIsRejectedAndNoneOfTheOthersIsKept() throws Exception {
    assertThatThrownBy(
            () -> subscribe("signup_1", "ada@example.org", JsonArray.of("news", "no list")))
        .isInstanceOf(Rejected.class);

    assertThat(rows("SELECT * FROM subscriber")).isEmpty();
  }

  @Test
  void duplicatesAtTheSameTimeAreOneRowAndOneIsNew() throws Exception {
    List<Future<Object>> answers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ListFile other = ListFile.open(file, CLOCK)) {
      for (int i = 0; i < 64; i++) {
        Subscription one = i % 2 == 0 ? handler : new Subscription(other, "news");
        Signup signup = signup("signup_" + i, "ada@example.org", true);
        answers.add(threads.submit(() -> one.handle(signup)));
      }
      List<Object> told = new ArrayList<>();
      for (Future<Object> answer : answers) {
        told.add(answer.get());
      }
      assertThat(told).hasSize(64).containsOnlyOnce(answer("news", true));
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows("SELECT email FROM subscriber")).containsExactly("ada@example.org");
  }

  @Test
  void anErrorOfTheDatabaseIsAnotherAttemptAndTheNextOneWorks() throws Exception {
    execute("ALTER TABLE subscriber RENAME TO hidden");

    assertThatThrownBy(() -> subscribe("signup_1", "ada@example.org", true))
        .isInstanceOf(SubscriptionFailed.class)
        .hasMessageStartingWith("the lists could not be written: SQLite error ");

    execute("ALTER TABLE hidden RENAME TO subscriber");
    assertThat(subscribe("signup_1", "ada@example.org", true)).isEqualTo(answer("news", true));
  }

  @Test
  void whatWasSubscribedIsThereAfterARestart() throws Exception {
    subscribe("signup_1", "ada@example.org", true);
    lists.close();

    try (ListFile reopened = ListFile.open(file, CLOCK)) {
      Object told =
          new Subscription(reopened, "news").handle(signup("signup_2", "ada@example.org", true));
      assertThat(told).isEqualTo(answer("news", false));
    }
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws Exception {
    subscribe("signup_1", "ada@example.org", true);

    for (String name : List.of("list.db", "list.db-wal", "list.db-shm")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsSaidAtTheStart() throws Exception {
    Path other = folder.resolve("other.db");
    Files.writeString(other, "this is a text, and not a short one: SQLite reads its first page");

    assertThatThrownBy(() -> ListFile.open(other, CLOCK)).isInstanceOf(SQLException.class);
  }

  private Object subscribe(String signup, String email, Object wish) throws Exception {
    return handler.handle(signup(signup, email, wish));
  }

  private static Signup signup(String id, String email, Object wish) {
    return Signup.of(
        id + ".subscribe",
        new JsonObject().put("username", "Ada").put("email", email).put("subscribe", wish));
  }

  private static JsonObject answer(String list, boolean isNew) {
    return new JsonObject().put("list", list).put("subscribed", true).put("new", isNew);
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement update = connection.createStatement()) {
      update.execute(statement);
    }
  }
}
