package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** A store in the application's pool: what it borrows it gives back as it was. */
final class ApplicationPoolTest {
  private static final String SCHEMA = "hookferry_pool_" + ProcessHandle.current().pid();
  private static final JdbcStoreOptions OPTIONS =
      JdbcStoreOptions.defaults().withPoolSize(4).withSchema(SCHEMA);

  private static final Owner NOBODY = new Owner(new UUID(1, 1));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void leavesNoTraceOnConnections(Kind kind) throws SQLException {
    try (TestDatabase database = kind.create()) {
      leavesNoTrace(database);
      if (kind == Kind.MARIADB) {
        database.execute("DROP DATABASE " + SCHEMA);
      }
    }
  }

  @Test
  void leavesNoTraceOnConnectionsToAFile() throws SQLException {
    TestDatabase file = new H2File(folder);
    try (Connection setting = file.connect()) {
      setting.createStatement().execute("SET WRITE_DELAY 0");
    }
    leavesNoTrace(file);
  }

  private static void leavesNoTrace(TestDatabase database) throws SQLException {
    long seed = 1;
    for (boolean autoCommit : List.of(true, false)) {
      for (int isolation :
          List.of(Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_SERIALIZABLE)) {
        try (LeakDetector pool = new LeakDetector(database, autoCommit, isolation)) {
          try (TestNode node = new TestNode(JdbcStore.open(pool, OPTIONS), seed++)) {
            use(node);
          }
          assertThat(pool.leaks()).as("%s, isolation %s", autoCommit, isolation).isEmpty();
          assertThat(pool.borrowed()).isGreaterThan(10);
        }
      }
    }
  }

  private static void use(TestNode node) {
    EndpointId endpoint = node.samples.endpoint();
    Batch batch = node.oneEvent(endpoint);
    node.commit(batch);
    Event other = node.samples.event();
    Batch owned = TestNode.batch(other, node.samples.delivery(other, endpoint), true);
    // Fails within its transaction at first, and is repeated with more care.
    node.store.deliveries().commit(NOBODY, owned);
    assertThat(node.store.log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .contains(TestNode.delivery(batch));
    assertThat(node.claim(endpoint)).contains(TestNode.delivery(batch));
    assertThat(node.store.config().load().endpoints()).isEmpty();
    assertThat(node.store.info().bytes()).isPositive();
    node.store.log().purge(TestNode.FAR_AHEAD);
  }

  @Test
  void borrowsAtMostThePoolSize() throws Exception {
    try (TestDatabase database = new Postgres();
        LeakDetector pool =
            new LeakDetector(database, true, Connection.TRANSACTION_READ_COMMITTED);
        JdbcStore store = JdbcStore.open(pool, OPTIONS.withPoolSize(2))) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> reads = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        reads.add(threads.submit(() -> store.tallies().since(Instant.EPOCH)));
        reads.add(threads.submit(() -> store.deliveries().register(new Node("node"))));
      }
      for (Future<?> read : reads) {
        read.get();
      }
      threads.shutdown();
      assertThat(pool.leaks()).isEmpty();
      assertThat(pool.mostAtOnce()).isEqualTo(2);
    }
  }

  @Test
  void leavesThePoolOpen() throws SQLException {
    try (HikariDataSource pool = h2("jdbc:h2:mem:left;DB_CLOSE_DELAY=-1")) {
      JdbcStore.open(pool, OPTIONS).close();
      JdbcStore.open(pool, OPTIONS).close();

      pool.getConnection().close();
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  private static HikariDataSource h2(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    return new HikariDataSource(config);
  }

  @Test
  void refusesOptionsThatSayHowToConnect() {
    JdbcStoreOptions options =
        JdbcStoreOptions.of("jdbc:postgresql://db/shop").withUser("me", null);
    try (HikariDataSource pool = h2("jdbc:h2:mem:")) {
      refuses(pool, options, "url", "user");
    }
  }

  @Test
  void refusesOtherDatabases() {
    SQLiteDataSource sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite::memory:");

    refuses(sqlite, OPTIONS, "dataSource");
  }

  @Test
  void refusesAFileThatACrashCanCorruptAndChangesNothing() throws SQLException {
    String url = new H2File(folder).url();
    try (HikariDataSource pool = h2(url)) {
      refuses(pool, OPTIONS, "dataSource");

      assertThat(new H2File(folder).query("SELECT schema_name FROM information_schema.schemata"))
          .doesNotContain(SCHEMA);
    }
  }

  private static void refuses(DataSource pool, JdbcStoreOptions options, String... fields) {
    assertThatThrownBy(() -> JdbcStore.open(pool, options))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).containsExactly(fields));
  }
}
