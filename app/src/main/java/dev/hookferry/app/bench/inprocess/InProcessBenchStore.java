package dev.hookferry.app.bench.inprocess;

import dev.hookferry.Hookferry;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.EmptyStore;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.files.Folders;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.file.FileStore;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Store of a bench that runs nodes in its own process and opens the store repeatedly. */
final class InProcessBenchStore implements AutoCloseable {
  private static final int AT_ONCE = 500;

  private final StoreConfig config;
  private final @Nullable Path folder;
  private final SecureRandom random = new SecureRandom();
  private final SecretCipher cipher = new EnvelopeCipher(MasterKeySource.inMemory(random), random);

  private InProcessBenchStore(StoreConfig config, @Nullable Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * Creates an empty store.
   *
   * @param config the store to use; null for files in a temporary folder
   * @param option the command-line option, for error messages
   * @throws BenchException if the store is not empty or is not durable
   */
  static InProcessBenchStore of(@Nullable StoreConfig config, String option) {
    try {
      if (config == null) {
        Path folder = Files.createTempDirectory("hookferry-bench-");
        return new InProcessBenchStore(new InFiles(folder.resolve("store")), folder);
      }
    } catch (IOException e) {
      throw new BenchException("cannot create a temporary folder: " + e, e);
    }
    if (!(config instanceof InFiles) && !(config instanceof InDatabase)) {
      throw new BenchException(option + ": needs a --store that keeps data between processes");
    }
    EmptyStore.require(config);
    return new InProcessBenchStore(config, null);
  }

  String shown() {
    return config.shown();
  }

  boolean isShared() {
    return config instanceof InDatabase database && !database.url().startsWith("jdbc:h2:");
  }

  private Store open() {
    return config.fold(new Opening());
  }

  private static final class Opening implements StoreConfig.Fold<Store> {
    @Override
    public Store files(InFiles files) {
      return FileStore.open(files.directory(), InstantSource.system());
    }

    @Override
    public Store memory() {
      throw new IllegalStateException("unreachable: rejected earlier");
    }

    @Override
    public Store database(InDatabase database) {
      return JdbcStore.open(database.options());
    }

    @Override
    public Store custom(Custom custom) {
      throw new IllegalStateException("unreachable: rejected earlier");
    }
  }

  /** Starts a node on the store. */
  Hookferry start(Transport transport) {
    return Hookferry.builder(open(), transport).secrets(cipher).build().start();
  }

  /** Adds sites until there are this many, with copies of an existing endpoint. */
  void fill(int endpoints, int sites) {
    try (Store store = open()) {
      ConfigStore target = store.config();
      Endpoint like = target.load().endpoints().values().iterator().next();
      IdSource ids = new IdSource(random);
      Instant now = like.createdAt();
      List<ConfigChange> changes = new ArrayList<>();
      long version = target.version();
      int made = target.load().endpoints().size();
      for (int i = 1; i < sites; i++) {
        SiteId site = new SiteId("site-" + i);
        changes.add(new ConfigChange.PutSite(new Site(site, SiteSettings.DEFAULT, now)));
        for (int n = 0; n < endpoints / sites; n++) {
          changes.add(
              new ConfigChange.PutEndpoint(copy(like, new EndpointId(ids.next(now)), site, made)));
          made++;
        }
        if (changes.size() >= AT_ONCE || i == sites - 1) {
          version = target.save(changes, version).orElseThrow();
          changes.clear();
        }
      }
    }
  }

  /** Adds a site whose endpoints subscribe to the same types, each with its own label and uid. */
  void fillLabelled(SiteId site, List<EventTypeFilter> types, int endpoints) {
    try (Store store = open()) {
      ConfigStore target = store.config();
      Endpoint like = target.load().endpoints().values().iterator().next();
      IdSource ids = new IdSource(random);
      List<ConfigChange> changes = new ArrayList<>();
      changes.add(new ConfigChange.PutSite(new Site(site, SiteSettings.DEFAULT, like.createdAt())));
      long version = target.version();
      for (int i = 0; i < endpoints; i++) {
        Endpoint copy = copy(like, new EndpointId(ids.next(like.createdAt())), site, i);
        String name = Integer.toString(i);
        changes.add(
            new ConfigChange.PutEndpoint(
                copy.with(
                    settings ->
                        settings
                            .eventTypes(types)
                            .uid("tenant-" + name)
                            .labels(Map.of("tenant", name)))));
        if (changes.size() >= AT_ONCE || i == endpoints - 1) {
          version = target.save(changes, version).orElseThrow();
          changes.clear();
        }
      }
    }
  }

  private static Endpoint copy(Endpoint like, EndpointId id, SiteId site, int number) {
    return new Endpoint(
        id,
        site,
        TargetUrl.parse("https://receiver-" + number + ".example/hooks/" + site),
        EndpointSettings.of(like.eventTypes(), like.signing())
            .description("endpoint " + number)
            .headers(like.headers())
            .retry(like.retry())
            .build(),
        like.status(),
        like.createdAt());
  }

  @Override
  public void close() {
    Path gone = folder;
    if (gone == null) {
      return;
    }
    try {
      Folders.remove(gone);
    } catch (IOException e) {
      throw new BenchException("cannot delete " + gone + ": " + e, e);
    }
  }
}
