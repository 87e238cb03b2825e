package dev.usher.gateway.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be read, in words. */
final class Unreadable {

  private Unreadable() {}

  static String because(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "you may not read it";
    }
    return String.valueOf(failure.getMessage());
  }
}
