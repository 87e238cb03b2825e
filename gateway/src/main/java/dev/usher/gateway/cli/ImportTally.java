package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.cluster.PrivateFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines so far; rejected ones go to a file of their own with their problem, and
 * are there as soon as their batch is. Thread-safe: whoever breaks off reads it.
 */
final class ImportTally implements AutoCloseable {

  private final Path rejects;
  private @Nullable BufferedWriter writer;
  private long accepted;
  private long replayed;
  private long rejected;

  /** Begins at nothing: what an earlier run left in the file of rejects is gone. */
  ImportTally(Path rejects) throws IOException {
    this.rejects = rejects;
    Files.deleteIfExists(rejects);
  }

  synchronized void add(ImportBatch batch, List<JsonNode> results) throws IOException {
    for (JsonNode result : results) {
      if (result.path("status").asInt() / 100 != 2) {
        rejected++;
        reject(batch, (ObjectNode) result);
      } else if (result.path("replayed").asBoolean()) {
        replayed++;
      } else {
        accepted++;
      }
    }
    if (writer != null) {
      writer.flush();
    }
  }

  synchronized Exit exit() {
    if (rejected == 0) {
      return Exit.OK;
    }
    return accepted + replayed == 0 ? Exit.REFUSED : Exit.PARTIAL;
  }

  synchronized JsonNode json() {
    ObjectNode json =
        Json.object().put("accepted", accepted).put("replayed", replayed).put("rejected", rejected);
    return rejected == 0 ? json : json.put("rejects", rejects.toString());
  }

  synchronized String words() {
    String again = replayed == 0 ? "" : ", " + replayed + " already there";
    String wrong = rejected == 0 ? "" : ", " + rejected + " rejected: see " + rejects;
    return accepted + " accepted" + again + wrong;
  }

  @Override
  public synchronized void close() throws IOException {
    Optional<BufferedWriter> open = Optional.ofNullable(writer);
    if (open.isPresent()) {
      open.get().close();
    }
  }

  /** What was rejected is people's data all the same: nobody else may read it. */
  private BufferedWriter open() throws IOException {
    PrivateFiles.make(rejects);
    return Files.newBufferedWriter(rejects, StandardOpenOption.WRITE);
  }

  private void reject(ImportBatch batch, ObjectNode problem) throws IOException {
    int line = problem.path("line").asInt();
    problem.remove("line");
    ObjectNode reject = Json.object().put("line", batch.linesBefore() + line);
    reject.set("problem", problem);
    BufferedWriter out = writer == null ? open() : writer;
    writer = out;
    out.write(Json.line(reject.put("text", batch.text(line))));
    out.write('\n');
  }
}
