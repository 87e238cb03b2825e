package dev.usher.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

  private static final long NOW = 7;

  private final Shelf shelf = new Shelf("gateway-1");

  @Test
  void theCatalogueHasWhatIsInForceOnly() {
    Versions serving =
        Versions.none("crm").add(Made.content("a"), Artefact.WHOLE, Made.ORIGIN).serving();
    shelf.put(serving.add(Made.content("b"), 10, Made.ORIGIN), NOW);

    Catalogue.Entry entry = shelf.catalogue().handlers().get(0);
    assertThat(entry.current().map(HandlerVersion::id)).contains("crm#1");
    assertThat(entry.next().map(HandlerVersion::checksum)).contains("b");
    assertThat(entry.share()).isEqualTo(10);
    assertThat(entry.hasCanary()).isTrue();

    shelf.put(shelf.of("crm").undeployed("anna"), NOW);

    assertThat(shelf.catalogue()).isEqualTo(new Catalogue("gateway-1", 2, List.of()));
  }

  @Test
  void aTrialBeginsWithTheRevisionThatHasItAndLastsUntilItIsDecided() {
    Versions tried = Versions.none("crm").add(Made.content("a"), Artefact.WHOLE, Made.ORIGIN);
    shelf.put(tried, NOW);
    shelf.put(tried, NOW + 1);
    assertThat(shelf.trial("crm")).contains(new Shelf.Trial(1, 1, NOW));

    shelf.put(tried.add(Made.content("b"), Artefact.WHOLE, Made.ORIGIN), NOW + 2);
    assertThat(shelf.trial("crm")).contains(new Shelf.Trial(2, 3, NOW + 2));

    shelf.put(shelf.of("crm").serving(), NOW + 3);
    assertThat(shelf.trial("crm")).isEmpty();
  }

  @Test
  void aFileIsNeededAsLongAsAnyVersionThatIsKeptHasIt() {
    shelf.put(Versions.none("crm").add(Made.content("a"), Artefact.WHOLE, Made.ORIGIN), NOW);

    assertThat(shelf.needs("a")).isTrue();
    assertThat(shelf.needs("b")).isFalse();
  }
}
