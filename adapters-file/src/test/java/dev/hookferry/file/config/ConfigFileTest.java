package dev.hookferry.file.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.Samples;
import dev.hookferry.file.MemoryDisk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file that holds the configuration, and what a person may do to it. */
class ConfigFileTest {
  private final MemoryDisk disk = new MemoryDisk();

  @BeforeEach
  void save() throws IOException {
    SiteId site = new SiteId("acme");
    open()
        .save(
            List.of(new ConfigChange.PutSite(new Site(site, SiteSettings.DEFAULT, Samples.START))),
            0);
  }

  private ConfigFile open() throws IOException {
    return new ConfigFile(disk, new FailStop(disk));
  }

  private String text() {
    return new String(disk.get(ConfigFile.NAME), StandardCharsets.UTF_8);
  }

  private void write(String text) {
    disk.put(ConfigFile.NAME, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isIndentedJson() {
    assertThat(text().lines().limit(5).toList()).element(0).isEqualTo("{");
    assertThat(text())
        .contains("\n  \"version\" : 1,\n", "\n      \"id\" : \"acme\",\n")
        .endsWith("}\n");
  }

  @Test
  void namesTheFileWhenAValueInItIsRefused() {
    write(
        text()
            .replaceFirst("  \"checksum\".*\n", "")
            .replaceFirst("\"maxRetries\" : [0-9]+", "\"maxRetries\" : 1001"));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("config.json in memory cannot be used: ")
        .hasMessageContaining("maxRetries: must be from 0 to 1000")
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void noticesEveryBitThatFlips() {
    byte[] whole = disk.get(ConfigFile.NAME);
    for (int i = 0; i < whole.length * 8; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      disk.put(ConfigFile.NAME, flipped);
      assertThatThrownBy(this::open)
          .as("bit " + i)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(ConfigFile.NAME)
          .hasMessageContaining("backup");
    }
  }

  @Test
  void takesWhatAPersonHasChangedAndSignedOff() throws IOException {
    String changed = text().replace("\"acme\"", "\"umbrella\"");
    write(changed);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("take its second line out");

    write(changed.replaceFirst("  \"checksum\".*\n", ""));

    assertThat(open().load().sites()).containsOnlyKeys(new SiteId("umbrella"));
  }

  @Test
  void namesWhatItDoesNotKnow() {
    String unsigned = text().replaceFirst("  \"checksum\".*\n", "");

    write(unsigned.replace("\"licenseField\"", "\"licenceField\""));
    assertThatThrownBy(this::open)
        .hasMessageContaining("sites[0].envelope.licenseField is missing");
    write(unsigned.replace("\"keys\"", "\"more\" : 1, \"keys\""));
    assertThatThrownBy(this::open).hasMessageContaining("more is not known");
    write(unsigned.replace("\"acme\"", "\"No site!\""));
    assertThatThrownBy(this::open).hasMessageContaining("sites[0].id cannot be No site!");
    write(unsigned.replace("\"keys\"", "\"version\" : 2, \"keys\""));
    assertThatThrownBy(this::open).hasMessageContaining("Duplicate");
    write(unsigned + "{}");
    assertThatThrownBy(this::open).hasMessageContaining("follows the closing }");
  }
}
