package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class @Class@Test {

  private final @Class@ handler = new @Class@();

  @Test
  void greets() {
    Signup signup = Signup.of("signup_1.@name@", new JsonObject().put("username", "Ada"));

    assertEquals("Hello Ada", handler.handle(signup).result());
  }

  @Test
  void signupWithoutUsernameIsRejected() {
    Signup signup = Signup.of("signup_1.@name@", new JsonObject());

    assertThrows(Rejected.class, () -> handler.handle(signup));
  }
}
