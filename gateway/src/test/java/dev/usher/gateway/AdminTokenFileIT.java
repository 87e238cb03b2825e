package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenFileIT {

  @TempDir Path folder;

  @Test
  void tokenIsMadeAtTheFirstStartAndKept() throws IOException {
    AdminTokenFile made = AdminTokenFile.in(folder, Optional.empty());

    assertThat(made.token()).hasSize(43);
    assertThat(AdminTokenFile.in(folder, Optional.empty()).token()).isEqualTo(made.token());
    assertThat(Files.readString(folder.resolve("admin.token"))).isEqualTo(made.token() + "\n");
  }

  @Test
  void onlyThisUserMayReadIt() throws IOException {
    AdminTokenFile.in(folder, Optional.empty());

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("admin.token"))))
        .isEqualTo("rw-------");
  }

  @Test
  void emptyFileIsNoToken() throws IOException {
    Files.writeString(folder.resolve("admin.token"), "\n");

    assertThat(AdminTokenFile.in(folder, Optional.empty()).token()).isNotBlank();
  }

  @Test
  void configuredTokenNeedsNoFile() throws IOException {
    AdminTokenFile configured = AdminTokenFile.in(folder, Optional.of("swordfish"));

    assertThat(configured.token()).isEqualTo("swordfish");
    assertThat(configured).asString().doesNotContain("swordfish");
    assertThat(folder).isEmptyDirectory();
  }
}
