package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsIT {

  @TempDir Path folder;

  @Test
  void fileNamesTheUrlsAndTheProcess() throws IOException {
    new Endpoints("127.0.0.1", 1, "127.0.0.1", 2).write(folder);
    new Endpoints("127.0.0.1", 8080, "::1", 8081).write(folder);

    JsonNode json = new ObjectMapper().readTree(folder.resolve("endpoints.json").toFile());
    assertThat(json.get("public").asText()).isEqualTo("http://127.0.0.1:8080");
    assertThat(json.get("admin").asText()).isEqualTo("http://[::1]:8081");
    assertThat(json.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void wildcardIsCalledThroughThisMachinesOwnAddress() {
    assertThat(new Endpoints("0.0.0.0", 1, "::", 2).publicUrl()).isEqualTo("http://127.0.0.1:1");
    assertThat(new Endpoints("0.0.0.0", 1, "::", 2).adminUrl()).isEqualTo("http://127.0.0.1:2");
  }
}
