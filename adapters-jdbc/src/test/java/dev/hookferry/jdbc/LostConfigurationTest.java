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

/** A standby is promoted without the last changes, and another node makes as many. */
final class LostConfigurationTest {
  private static List<ConfigChange> put(String site) {
    return List.of(
        new ConfigChange.PutSite(new Site(new SiteId(site), SiteSettings.DEFAULT, Samples.START)));
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatNoticesReadsEverythingAgain(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        TestNode other = new TestNode(database.url())) {
      ConfigStore config = node.store.config();
      config.save(put("stays"), 0);
      config.save(put("lost"), 1);
      final Config known = config.load();
      node.commit(node.oneEvent(node.samples.endpoint()));
      database.execute("DELETE FROM hookferry_event");
      database.execute("DELETE FROM hookferry_config_entry WHERE version = 2");
      database.execute("UPDATE hookferry_config SET version = 1");
      other.store.config().save(put("new"), 1);

      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isFalse();
      Config present = config.refresh(known);

      assertThat(present.sites()).containsOnlyKeys(new SiteId("new"), new SiteId("stays"));
      assertThat(config.refresh(present)).as("reads it once").isSameAs(present);
    }
  }
}
