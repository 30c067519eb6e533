package dev.hookferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigEntryTest {
  private static final List<ConfigChange> CHANGES =
      Stream.concat(
              ConfigSamples.everything().stream(),
              Stream.of(
                  new ConfigChange.RemoveSite(new SiteId("a")),
                  new ConfigChange.RemoveEndpoint(new EndpointId(new UUID(1, 2))),
                  new ConfigChange.RemoveEventType(new SiteId("a"), new EventType("b.c")),
                  new ConfigChange.RemoveKey(new KeyId(new UUID(3, 4))),
                  new ConfigChange.PutRotation(null)))
          .toList();

  @Test
  void roundTripsEveryChange() {
    for (ConfigChange change : CHANGES) {
      ConfigEntry entry = ConfigEntry.of(change).orElseThrow();

      assertThat(entry.change()).isEqualTo(change);
      assertThat(JsonMembers.parse(entry.json(), ConfigEntry::read)).isEqualTo(change);
      assertThat(entry.json()).matches("[ -~]*");
    }
  }

  @Test
  void refusesEntriesOfANewerVersion() {
    for (ConfigChange change : ConfigSamples.everything()) {
      ConfigEntry entry = ConfigEntry.of(change).orElseThrow();
      String more = entry.text().replaceFirst("[{]", "{\"novelty\":{\"perSecond\":3},");
      ConfigEntry newer = new ConfigEntry(entry.kind(), entry.id(), entry.site(), more);

      assertThatThrownBy(newer::change)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(entry.kind().code() + " " + entry.id())
          .hasMessageContaining(
              "novelty is unknown to this version of Hookferry; if a newer version wrote it,"
                  + " start that one");
    }
  }

  @Test
  void namesTheInvalidMember() {
    ConfigEntry site = ConfigEntry.of(ConfigSamples.everything().get(0)).orElseThrow();

    assertThatThrownBy(
            () -> with(site, site.text().replace("\"licenseField\"", "\"licenceField\"")).change())
        .hasMessageContaining("envelope.licenseField is missing");
    assertThatThrownBy(
            () ->
                with(site, site.text().replace("\"maxRetries\":1000", "\"maxRetries\":1001"))
                    .change())
        .hasMessageContaining("maxRetries: must be a whole number from 0 to 1000");
    assertThatThrownBy(() -> with(site, site.text() + "{}").change())
        .hasMessageContaining("follows the closing }");
    assertThatThrownBy(() -> with(site, "{\"id\":\"a\",\"id\":\"b\"}").change())
        .hasMessageContaining("a name appears twice");
  }

  private static ConfigEntry with(ConfigEntry entry, String text) {
    return new ConfigEntry(entry.kind(), entry.id(), entry.site(), text);
  }
}
