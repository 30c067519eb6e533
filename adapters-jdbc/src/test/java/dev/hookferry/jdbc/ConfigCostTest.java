package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ScriptedTransport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change costs the same however much is configured: each of them once rewrote everything. */
final class ConfigCostTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final int MANY = 2_000;

  @ParameterizedTest
  @EnumSource
  void writesAndReadsOnlyTheChange(Kind kind) {
    RowCounter here = new RowCounter("hookferry_config");
    RowCounter there = new RowCounter("hookferry_config");
    try (TestDatabase database = kind.create();
        HikariDataSource pool = pool(database);
        JdbcStore store = open(pool, here);
        JdbcStore other = open(pool, there);
        Hookferry hookferry =
            Hookferry.builder(store, new ScriptedTransport())
                .secrets(Secrets.inTheClear())
                .build()
                .start()) {
      Endpoint first = create(hookferry, 1);
      List<String> cost = costOfChange(hookferry, first, here);
      assertThat(cost).as("one row of the endpoint and one of the version").hasSize(2);
      assertThat(cost).allMatch(statement -> statement.startsWith("1 by UPDATE"));

      addMany(store.config());
      Endpoint unused = create(hookferry, 2);
      Config known = other.config().load();
      here.written();
      there.read();

      Endpoint last = create(hookferry, MANY);
      assertThat(here.written())
          .hasSize(3)
          .allMatch(statement -> statement.matches("(?s)0 by UPDATE.*|1 by (UPDATE|INSERT).*"));
      assertThat(other.config().refresh(known).endpoints()).containsKey(last.id());
      assertThat(there.read()).as("the version twice, and the endpoint").isEqualTo(3);
      assertThat(costOfChange(hookferry, last, here)).isEqualTo(cost);
    }
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

  private static Endpoint create(Hookferry hookferry, int number) {
    EndpointSpec spec = EndpointSpec.to("https://receiver.example/" + number).types("*");
    return hookferry.webhooks().endpoints().create(SITE, spec).endpoint();
  }

  private static List<String> costOfChange(
      Hookferry hookferry, Endpoint endpoint, RowCounter counter) {
    counter.written();
    var unused =
        hookferry
            .webhooks()
            .endpoints()
            .change(SITE, endpoint.id(), EndpointSpec.change().description("changed"));
    return counter.written();
  }

  private static JdbcStore open(HikariDataSource pool, RowCounter counter) {
    return JdbcStore.open(
        counter.around(pool), JdbcStoreOptions.defaults().withPoolSize(4).withSchema(""));
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url() + (database instanceof H2File ? ";WRITE_DELAY=0" : ""));
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }
}
