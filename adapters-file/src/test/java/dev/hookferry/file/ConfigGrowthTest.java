package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ScriptedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The last of many endpoints costs as little as the first: each once rewrote all of them. */
class ConfigGrowthTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final int MANY = 5_000;

  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void eachOfManyEndpointsAddsALineToTheFile() {
    try (FileStore store = Stores.open(disk, FileStoreOptions.DEFAULT);
        Hookferry hookferry =
            Hookferry.builder(store, new ScriptedTransport())
                .secrets(Secrets.inTheClear())
                .build()
                .start()) {
      List<Integer> first = growth(hookferry);
      addMany(store.config());
      create(hookferry, 10);

      assertThat(first).allMatch(bytes -> bytes > 0);
      assertThat(growth(hookferry))
          .as("as before, but for the digits of the version")
          .allMatch(bytes -> bytes > 0 && bytes <= first.get(0) + 20);
    }
  }

  private List<Integer> growth(Hookferry hookferry) {
    List<Integer> growth = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] before = disk.get(ConfigFile.NAME);
      create(hookferry, i);
      byte[] after = disk.get(ConfigFile.NAME);
      assertThat(after).as("what was there stays as it was").startsWith(before);
      growth.add(after.length - before.length);
    }
    return growth;
  }

  private static void create(Hookferry hookferry, int number) {
    EndpointSpec spec = EndpointSpec.to("https://receiver.example/" + number).types("*");
    var unused = hookferry.webhooks().endpoints().create(SITE, spec);
  }

  private static void addMany(ConfigStore config) {
    ConfigSamples samples = new ConfigSamples(new Samples(1));
    List<ConfigChange> all =
        Stream.<ConfigChange>generate(
                () -> new ConfigChange.PutEndpoint(samples.plainEndpoint(SITE)))
            .limit(MANY)
            .toList();
    assertThat(config.save(all, config.version())).isPresent();
  }
}
