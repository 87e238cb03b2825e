package dev.usher.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a program is there, and new enough. One that is is not asked again. */
final class LeastVersion {

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final int LONGEST = 1024;
  private static final long PATIENCE_SECONDS = 30;

  private final String what;
  private final int major;
  private final int minor;
  private final String setting;
  private final Set<String> good = ConcurrentHashMap.newKeySet();

  /**
   * Asks nothing yet.
   *
   * @param what what people call the program
   * @param setting of the runner, that names the program
   */
  LeastVersion(String what, int major, int minor, String setting) {
    this.what = what;
    this.major = major;
    this.minor = minor;
    this.setting = setting;
  }

  void check(String program) throws CannotDeploy {
    if (good.contains(program)) {
      return;
    }
    String told = version(program);
    Matcher numbers = NUMBERS.matcher(told);
    if (!numbers.find()) {
      throw new CannotDeploy(program + " does not tell its version: \"" + told + "\"; " + advice());
    }
    int first = Integer.parseInt(numbers.group(1));
    int second = Integer.parseInt(numbers.group(2));
    if (first < major || (first == major && second < minor)) {
      throw new CannotDeploy(program + " is " + told + ", which is too old; " + advice());
    }
    good.add(program);
  }

  private String version(String program) throws CannotDeploy {
    try {
      Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        return answer(process, output);
      } finally {
        Process unused = process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new CannotDeploy("this machine has no " + program + "; " + advice(), e);
    } catch (InterruptedException e) {
      throw new CannotDeploy("the runner ends", e);
    }
  }

  private static String answer(Process process, InputStream output)
      throws IOException, InterruptedException {
    boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return hasEnded
        ? new String(output.readNBytes(LONGEST), StandardCharsets.UTF_8).strip()
        : "nothing within " + PATIENCE_SECONDS + " s";
  }

  private String advice() {
    return "install "
        + what
        + " "
        + major
        + (minor == 0 ? "" : "." + minor)
        + " or newer there, or say where it is with the runner's setting "
        + setting;
  }
}
