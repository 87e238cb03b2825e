package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that runs the files of another language. */
interface Interpreter {

  /** The language, as its package's folder is called. */
  String language();

  /** Its program, by name or path. */
  String program(ProcessSettings settings);

  /** Makes sure that this machine has it, in a version that will do. */
  void check(String program) throws CannotDeploy;

  /** Puts beside a file what is needed there. */
  void prepare(Path file, Path packages) throws IOException;

  /** The command that runs a file. */
  List<String> words(String program, Path packages, Path file, long memory);

  /** The variables that it needs. */
  Map<String, String> variables(Path packages, long memory);
}
