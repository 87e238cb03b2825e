package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.http.fixture.OpenPorts;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpPortsIT {

  @TempDir private Path folder;

  @Test
  void bothPortsAreFreeOnesAndNotTheSame() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      assertThat(ports.client().port()).isPositive().isNotEqualTo(ports.admin().port());
    }
  }

  @Test
  void aPortInUseIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        OpenPorts ports = OpenPorts.in(folder)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> ports.openAgain(port))
          .hasMessageContaining("the public port can't listen on 127.0.0.1:" + port + ": ")
          .hasMessageContaining("in use")
          .hasMessageEndingWith("; stop what listens there or choose another port");
    }
  }
}
