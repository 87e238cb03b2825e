package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {

  private static final int LIMIT = 100;

  private final List<String> heard = new ArrayList<>();
  private final Room room = new Room(20);
  private final FrameSplitter one = splitter();
  private final FrameSplitter other = splitter();

  @Test
  void framesAreFoundHoweverTheyAreCut() {
    Buffer bytes = frame(3, "abc").appendBuffer(frame(0, "")).appendBuffer(frame(2, "de"));

    for (int i = 0; i < bytes.length(); i++) {
      one.accept(bytes.getBuffer(i, i + 1));
    }

    assertThat(heard).containsExactly("abc", "", "de");
    assertThat(one.isInFrame()).isFalse();
  }

  @Test
  void unfinishedFramesOfAllShareOneRoom() {
    one.accept(frame(50, "abcdefgh"));

    assertThatThrownBy(() -> other.accept(frame(50, "abcdefgh"))).isInstanceOf(BadFrame.class);

    one.drop();
    splitter().accept(frame(50, "abcdefgh"));
  }

  @Test
  void whatIsWholeTakesNoRoom() {
    one.accept(frame(50, "abcdefgh"));
    for (int i = 0; i < 10; i++) {
      other.accept(frame(40, "x".repeat(40)));
    }

    assertThat(heard).hasSize(10);
  }

  @Test
  void frameThatIsTooLongIsRefusedByItsLengthAlone() {
    assertThatThrownBy(() -> one.accept(frame(LIMIT + 1, ""))).isInstanceOf(BadFrame.class);
  }

  private FrameSplitter splitter() {
    return new FrameSplitter(() -> LIMIT, room, frame -> heard.add(frame.toString()));
  }

  private static Buffer frame(int length, String text) {
    return Buffer.buffer().appendInt(length).appendString(text);
  }
}
