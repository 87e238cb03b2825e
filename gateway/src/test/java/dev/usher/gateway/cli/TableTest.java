package dev.usher.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table = new Table("NAME", "COUNT");

  @Test
  void numbersAreAlignedToTheRightAndTextToTheLeft() {
    table.row(Cell.of("zoë"), Cell.of(7));
    table.row(Cell.of("x"), Cell.of(100_000));

    assertThat(printed(false))
        .isEqualToNormalizingNewlines(
            """
            NAME   COUNT
            zoë        7
            x     100000
            """);
  }

  @Test
  void coloursDoNotMoveColumns() {
    table.row(Cell.state("dead"), Cell.of("a"));
    table.row(Cell.of("longer"), Cell.of("b"));

    assertThat(printed(true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(printed(false));
    assertThat(printed(true)).contains("\u001b[31mdead");
  }

  @Test
  void textFromElsewhereCanNotDriveTheTerminal() {
    table.row(Cell.of("\u001b[2Jx\n\u202Ey\u009b"), Cell.of("1"));

    assertThat(printed(false)).contains("\uFFFD[2Jx\uFFFD\uFFFDy\uFFFD  ");
  }

  private String printed(boolean isColoured) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    table.print(new Console(stream, stream, InputStream.nullInputStream(), true, isColoured));
    return out.toString(UTF_8);
  }
}
