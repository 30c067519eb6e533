package dev.hookferry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.SessionStoreContract;
import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on H2, through a pool of the application and in tables with other names. The default
 * names and the store's own pool are tested on the other databases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class H2StoreTest
    implements StoreContract,
        DurableStoreContract,
        SessionStoreContract,
        TallyStoreContract,
        NodeListContract,
        StoreAgainstModelContract {
  private static final JdbcStoreOptions OPTIONS =
      JdbcStoreOptions.defaults().withSchema("webhooks").withTablePrefix("shop_");

  private final AtomicInteger places = new AtomicInteger();
  private final Map<Path, HikariDataSource> pools = new HashMap<>();
  @TempDir private static Path folder;

  @BeforeAll
  void setUp() {
    open(folder).close();
  }

  @BeforeEach
  void empty() {
    new H2File(folder).empty(OPTIONS.names(Dialect.of("jdbc:h2:")));
  }

  @Override
  public Store open() {
    // Flyway would take longer than most of these tests, and others are about it.
    return JdbcStore.open(pool(folder), OPTIONS.withSchemaMode(SchemaMode.VALIDATE));
  }

  private Store open(Path place) {
    return JdbcStore.open(pool(place), OPTIONS);
  }

  private HikariDataSource pool(Path place) {
    return pools.computeIfAbsent(place, H2StoreTest::newPool);
  }

  private static HikariDataSource newPool(Path place) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(new H2File(place).url() + ";WRITE_DELAY=0");
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    return new HikariDataSource(config);
  }

  @Override
  public Supplier<Store> newPlace() {
    Path place = folder.resolve("place-" + places.incrementAndGet());
    return () -> open(place);
  }

  @Override
  public boolean purgesSingleEvents() {
    return true;
  }

  @AfterAll
  void close() {
    pools.values().forEach(HikariDataSource::close);
  }
}
