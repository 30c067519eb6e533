package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.load.EmptyStore;
import dev.hookferry.app.bench.load.PublishTarget;
import dev.hookferry.app.bench.load.ServerSettings;
import dev.hookferry.app.bench.load.ServerUnderTest;
import dev.hookferry.app.bench.load.StoreAccess;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processes and the folder of a measurement. Not thread-safe. */
public final class BenchWorkspace implements AutoCloseable {
  private final BenchPlan plan;
  private final String key;
  private final Path folder;
  private final StoreAccess store;
  private final ServerSettings settings;
  private final Thread atEnd = new Thread(this::clean, "bench-end");
  private final List<ServerUnderTest> servers = new ArrayList<>();
  private @Nullable LoadRig rig;
  private double heapMiB;
  private long firstStartMillis;
  private int started;
  private boolean closed;

  public BenchWorkspace(BenchPlan plan, String key) throws IOException {
    this.plan = plan;
    this.key = key;
    StoreConfig requested = plan.store();
    StoreAccess given = requested == null ? null : new StoreAccess(requested);
    folder = Files.createTempDirectory("hookferry-bench-");
    store = given == null ? new StoreAccess(new InFiles(folder.resolve("store"))) : given;
    settings =
        plan.modes().egress() ? ServerSettings.DEFAULTS.withEgress() : ServerSettings.DEFAULTS;
    Runtime.getRuntime().addShutdownHook(atEnd);
    try {
      EmptyStore.require(store.config());
      LoadRig made = new LoadRig(folder, plan, key);
      rig = made;
      ServerUnderTest first = addServer();
      firstStartMillis = first.startMillis();
      SubscriptionSetup.make(first.client(), plan.scheme(), made.receiverPorts());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts another server on the same store. */
  ServerUnderTest addServer() {
    return addServer(settings);
  }

  private ServerUnderTest addServer(ServerSettings own) {
    ServerUnderTest server =
        ServerUnderTest.start(folder.resolve("server-" + started++), store, key, plan.heap(), own);
    // Added first, so that it ends with the bench even if it never becomes ready.
    servers.add(server);
    server.awaitReady();
    return server;
  }

  /** Restarts the last server with the usual settings. */
  void restart() {
    stopLast();
    ServerUnderTest unused = addServer();
  }

  /**
   * Restarts the last server so that it exports a span of every attempt.
   *
   * @param collector the base URL of the collector
   */
  void restartTracedTo(String collector) {
    stopLast();
    ServerUnderTest unused = addServer(settings.tracedTo(collector));
  }

  /** Stops the last server normally. */
  void stopLast() {
    ServerUnderTest last = servers.get(servers.size() - 1);
    last.stop();
    servers.remove(last);
  }

  /** Returns the start time on an empty store, in ms; for a database, that of the first start. */
  long emptyStartMillis() {
    if (store.config() instanceof InDatabase) {
      return firstStartMillis;
    }
    StoreConfig fresh =
        store.config() instanceof InFiles ? new InFiles(folder.resolve("fresh")) : store.config();
    Path own = folder.resolve("fresh-server");
    try (ServerUnderTest server =
        ServerUnderTest.start(
            own, new StoreAccess(fresh), key, plan.heap(), ServerSettings.DEFAULTS)) {
      server.awaitReady();
      return server.startMillis();
    }
  }

  public LoadRig rig() {
    return Objects.requireNonNull(rig, "not started");
  }

  public StoreAccess store() {
    return store;
  }

  List<ServerUnderTest> servers() {
    return List.copyOf(servers);
  }

  /** Returns a target of all servers. */
  public PublishTarget target() {
    return PublishTarget.of(servers());
  }

  /** Samples the servers' heap usage. */
  void look() {
    servers.forEach(server -> heapMiB = Math.max(heapMiB, server.metrics().heapMiB()));
  }

  /** Returns the maximum heap usage sampled, including garbage. */
  public double heapMiB() {
    return heapMiB;
  }

  /** Returns the disk usage of the store in bytes; 0 if it is not a file store. */
  public long storeBytes() {
    if (!(store.config() instanceof InFiles files)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(files.directory())) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clean();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // The process is ending already and runs the hook itself.
    }
  }

  private synchronized void clean() {
    if (closed) {
      return;
    }
    closed = true;
    servers.forEach(ServerUnderTest::close);
    LoadRig running = rig;
    if (running != null) {
      running.close();
    }
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      System.err.println("hookferry: " + folder + " could not be removed: " + e.getMessage());
    }
  }
}
