package dev.usher.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.handler.Rejected;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

  @Test
  void whereTheActionIsRequiredASignupThatSaysNothingIsSubscribed() {
    assertThat(Wish.of(null, "news").lists()).containsExactly("news");
  }

  @Test
  void trueMeansTheStandardList() {
    assertThat(Wish.of(true, "news").lists()).containsExactly("news");
    assertThat(Wish.of("on", "news").lists()).containsExactly("news");
    assertThat(Wish.of(new JsonObject(), "news").lists()).containsExactly("news");
  }

  @Test
  void aTextIsTheNameOfAList() {
    assertThat(Wish.of(" Tips ", "news").lists()).containsExactly("tips");
    assertThat(Wish.of(new JsonObject().put("list", "tips"), "news").lists())
        .containsExactly("tips");
  }

  @Test
  void anArrayNamesSeveralEachOnce() {
    assertThat(Wish.of(JsonArray.of("tips", "news", "TIPS"), "news").lists())
        .containsExactly("tips", "news");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "off", "No", ""})
  void noMeansNone(String no) {
    assertThat(Wish.of(no, "news").lists()).isEmpty();
    assertThat(Wish.of(false, "news").lists()).isEmpty();
    assertThat(Wish.of(new JsonArray(), "news").lists()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../x", "-x", "nëws", "a'; DROP TABLE subscriber"})
  void aBadNameIsRejectedWithoutBeingQuoted(String name) {
    assertThatThrownBy(() -> Wish.of(name, "news"))
        .isInstanceOf(Rejected.class)
        .hasMessageStartingWith("\"subscribe\" holds what is no name of a list")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(name));
  }

  @Test
  void aLongNameIsRejected() {
    assertThatThrownBy(() -> Wish.of("a".repeat(65), "news")).isInstanceOf(Rejected.class);
  }

  @Test
  void anythingElseIsRejected() {
    for (Object value : new Object[] {7, JsonArray.of(true), new JsonObject().put("list", 7)}) {
      assertThatThrownBy(() -> Wish.of(value, "news"))
          .isInstanceOf(Rejected.class)
          .hasMessageStartingWith("\"subscribe\" can't be read");
    }
  }
}
