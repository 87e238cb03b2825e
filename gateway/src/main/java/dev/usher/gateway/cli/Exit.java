package dev.usher.gateway.cli;

/** How a command ended, as a script sees it. The numbers are part of the contract. */
enum Exit {
  OK(0),
  FAILED(1),
  USAGE(2),
  NOT_FOUND(3),
  REFUSED(4),
  UNREACHABLE(5),
  TIMED_OUT(6),
  PARTIAL(7);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
