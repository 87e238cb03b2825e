package dev.usher.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examines; what {@code scripts/conformance} starts when everything is built. */
public final class Main {

  private static final int NOT_CONFORMING = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** The repository's folder, then what the script was given. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    try {
      Options options = Options.parse(words.subList(1, words.size()));
      System.exit(
          run(Path.of(arguments[0]).toAbsolutePath().normalize(), options) ? 0 : NOT_CONFORMING);
    } catch (Options.Wrong e) {
      System.err.println("conformance: " + e.getMessage() + "\ntry: ./scripts/conformance --help");
      System.exit(USAGE);
    } catch (ConformanceFailed e) {
      System.err.println("conformance: " + e.getMessage());
      System.exit(NOT_CONFORMING);
    }
  }

  private static boolean run(Path home, Options options) {
    Site site = Site.under(home);
    List<Subject> subjects = subjects(options, site);
    site.prepare(subjects);
    Examination examination = new Examination(site, subjects);
    // Also where a person breaks off.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  examination.close();
                  site.delete();
                },
                "clean"));
    subjects.forEach(subject -> tell(subject, site));
    Report report = new Report(examination.run());
    System.out.println(options.isJson() ? report.json() : report.table());
    System.err.print(examination.lastLines(report.failed()));
    return report.isPassed();
  }

  private static List<Subject> subjects(Options options, Site site) {
    List<Subject> subjects = new ArrayList<>();
    if (options.isExamples()) {
      subjects.addAll(new Examples(site).all());
    }
    options
        .address()
        .ifPresent(address -> subjects.add(new Subject("handler", address, options.command())));
    return subjects;
  }

  /** Where nobody else starts it, a person has to, and needs to know how it joins. */
  private static void tell(Subject subject, Site site) {
    if (!subject.hasCommand() && !subject.isWebhook()) {
      System.err.println("Waits for a handler at " + subject.address() + "; start it with");
      site.surroundings().forEach((name, value) -> System.err.println("  " + name + "=" + value));
    }
  }
}
