package dev.usher.runner;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Single {@code .java} files, compiled against what the runner has. */
final class JavaSource implements ClassLanguage {

  @Override
  public String suffix() {
    return ".java";
  }

  @Override
  public Classes classes(Artefact artefact, Surroundings surroundings) throws CannotDeploy {
    CompiledClasses classes = CompiledClasses.of(artefact);
    compile(artefact.file(), classes.folder(), compiler());
    return classes.program(List.of(), surroundings);
  }

  private static JavaCompiler compiler() throws CannotDeploy {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new CannotDeploy(
          "this Java has no compiler ("
              + System.getProperty("java.home")
              + " is a JRE); start the runner with a JDK, or deploy a jar");
    }
    return compiler;
  }

  private static void compile(Path source, Path into, JavaCompiler compiler) throws CannotDeploy {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    StringWriter other = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-d", into.toString(), "-proc:none", "-parameters", "-g");
      boolean isCompiled =
          compiler
              .getTask(other, files, found, options, null, files.getJavaFileObjects(source))
              .call();
      if (!isCompiled) {
        throw new CannotDeploy("it does not compile:\n" + errors(found) + other);
      }
    } catch (IOException e) {
      throw new CannotDeploy("its classes can't be written: " + e, e);
    }
  }

  private static String errors(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(JavaSource::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject source = error.getSource();
    return "  " + place(source, error) + error.getMessage(Locale.ROOT);
  }

  private static String place(
      @Nullable JavaFileObject source, Diagnostic<? extends JavaFileObject> error) {
    return source == null
        ? ""
        : Path.of(source.getName()).getFileName() + ":" + error.getLineNumber() + ": ";
  }
}
