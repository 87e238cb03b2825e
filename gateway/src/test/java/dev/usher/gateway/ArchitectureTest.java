package dev.usher.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dependencies run one way: root → edges → pipeline. */
class ArchitectureTest {

  private static final String ROOT = "dev.usher.gateway";
  private static final List<String> EDGES =
      List.of("cli", "config", "delivery", "deploy", "http", "journal", "metrics");

  private final JavaClasses gateway =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void thePipelineKnowsOnlyTheJdkFuturesAndTheLog() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".pipeline..")
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "org.slf4j..",
                    "org.jspecify..",
                    ROOT + ".pipeline..")
                .or(
                    com.tngtech.archunit.base.DescribedPredicate.describe(
                        "Vert.x futures",
                        type ->
                            type.getName().startsWith("io.vertx.core.Future")
                                || type.getName().equals("io.vertx.core.CompositeFuture")
                                || type.getName().equals("io.vertx.core.Promise")
                                || type.getName().equals("io.vertx.core.Completable")
                                || type.getName().equals("io.vertx.core.AsyncResult")
                                || type.getName().equals("io.vertx.core.Handler"))))
        .check(gateway);
  }

  @Test
  void noEdgeKnowsAnother() {
    for (String edge : EDGES) {
      String[] others =
          EDGES.stream()
              .filter(other -> !other.equals(edge))
              .map(other -> ROOT + "." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + edge + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(gateway);
    }
  }

  @Test
  void onlyTheRootKnowsTheRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(gateway);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(gateway);
  }
}
