package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The index by uid says the same as a scan of all endpoints. */
class ConfigUidTest {
  private static final List<SiteId> SITES = List.of(new SiteId("a"), new SiteId("b"));

  private final Random random = new Random(11);
  private final ConfigSamples samples = new ConfigSamples(new Samples(1));

  @Test
  void findsTheSameAsAScan() {
    List<Endpoint> known = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      known.add(samples.plainEndpoint(SITES.get(i % 2)));
    }
    Config config = Config.EMPTY;
    Config paused = Config.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      Config before = config;
      config = config.after(List.of(change(config, known.get(random.nextInt(known.size())))));
      paused = config.paused(before, paused);
      for (SiteId site : SITES) {
        for (int uid = 0; uid < 4; uid++) {
          String name = "uid-" + uid;
          assertThat(id(config.endpoint(site, name))).isEqualTo(id(scan(config, site, name)));
          assertThat(id(paused.endpoint(site, name))).isEqualTo(id(scan(config, site, name)));
        }
      }
    }
  }

  private ConfigChange change(Config config, Endpoint endpoint) {
    if (random.nextInt(8) == 0) {
      return new ConfigChange.RemoveSite(endpoint.site());
    }
    if (random.nextInt(3) == 0) {
      return new ConfigChange.RemoveEndpoint(endpoint.id());
    }
    String uid = random.nextInt(3) == 0 ? null : "uid-" + random.nextInt(4);
    boolean taken = uid != null && scan(config, endpoint.site(), uid).isPresent();
    return new ConfigChange.PutEndpoint(endpoint.with(s -> s.uid(taken ? null : uid)));
  }

  private static Optional<Endpoint> scan(Config config, SiteId site, String uid) {
    return config.endpoints().values().stream()
        .filter(e -> e.site().equals(site) && uid.equals(e.uid()))
        .findFirst();
  }

  private static @Nullable Object id(Optional<Endpoint> endpoint) {
    return endpoint.map(Endpoint::id).orElse(null);
  }
}
