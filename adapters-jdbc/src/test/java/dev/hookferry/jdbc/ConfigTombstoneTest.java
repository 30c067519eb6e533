package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows of removed resources are deleted after ten thousand changes, and no node takes them for
 * existing ones.
 */
final class ConfigTombstoneTest {
  private static ConfigChange put(String site) {
    return new ConfigChange.PutSite(
        new Site(new SiteId(site), SiteSettings.DEFAULT, Samples.START));
  }

  @ParameterizedTest
  @EnumSource
  void laggingNodeReloadsEverything(Kind kind) {
    try (TestDatabase database = kind.create();
        JdbcStore store = JdbcStore.open(JdbcStoreOptions.of(database.url()).withPoolSize(2))) {
      ConfigStore config = store.config();
      config.save(List.of(put("stays"), put("goes")), 0);
      final Config old = config.load();
      config.save(List.of(new ConfigChange.RemoveSite(new SiteId("goes"))), 1);
      // As if ten thousand changes of something else had come since.
      database.execute("UPDATE hookferry_config SET version = 10999");

      assertThat(config.save(List.of(put("new")), 10_999)).contains(11_000L);

      assertThat(database.query("SELECT id FROM hookferry_config_entry WHERE body IS NULL"))
          .isEmpty();
      assertThat(config.refresh(old)).isEqualTo(config.load());
      assertThat(config.refresh(old).sites())
          .containsOnlyKeys(new SiteId("new"), new SiteId("stays"));
    }
  }
}
