package dev.usher.runner;

import groovy.lang.GroovySystem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Single {@code .groovy} files: scripts, or classes. Each has a Groovy of its own at run time, as
 * Groovy keeps what it knows of classes for as long as it lives itself.
 */
final class GroovySource implements ClassLanguage {

  @Override
  public String suffix() {
    return ".groovy";
  }

  @Override
  public Classes classes(Artefact artefact, Surroundings surroundings) throws CannotDeploy {
    CompiledClasses classes = CompiledClasses.of(artefact);
    compile(artefact.file(), classes.folder());
    return classes.program(List.of(groovy()), surroundings);
  }

  private static void compile(Path source, Path into) throws CannotDeploy {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setTargetDirectory(into.toFile());
    CompilationUnit unit = new CompilationUnit(configuration);
    try {
      unit.addSource(source.toFile());
      unit.compile();
    } catch (CompilationFailedException e) {
      throw new CannotDeploy("it does not compile:\n" + e.getMessage(), e);
    } finally {
      close(unit);
    }
  }

  private static void close(CompilationUnit unit) throws CannotDeploy {
    try {
      unit.getClassLoader().close();
    } catch (IOException e) {
      throw new CannotDeploy("the compiler can't be closed: " + e, e);
    }
  }

  /** The jar that has Groovy in it: this one, once it is the fat jar. */
  private static Path groovy() {
    try {
      return Path.of(
          GroovySystem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException aPathIsAUri) {
      throw new AssertionError(aPathIsAUri);
    }
  }
}
