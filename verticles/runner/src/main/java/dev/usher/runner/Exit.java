package dev.usher.runner;

import com.google.errorprone.annotations.DoNotCall;

/** What {@link System#exit} is for the code of artefacts, see {@link ExitGuard}. */
public final class Exit {

  private Exit() {}

  /** Ends nothing but what its caller does: other handlers live in this process too. */
  @DoNotCall("for the code of artefacts only")
  public static void exit(int status) {
    throw new SecurityException(
        "System.exit(" + status + ") would end every handler of the runner; throw instead");
  }
}
