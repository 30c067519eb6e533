package dev.hookferry.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.hookferry.Hookferry;
import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.Network;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WiringTest {
  private static final OutboundConfig LOOPBACK =
      new OutboundConfig(
          List.of(Network.parse("127.0.0.0/8")),
          new HttpTargets(true, List.of()),
          List.of(),
          true,
          100,
          100,
          List.of(),
          "");

  @Test
  void theServerWiredByGuiceDelivers() throws Exception {
    try (Server server = Server.start(config())) {
      assertDelivers(server.hookferry());
      assertThat(server.firstKey()).isPresent();
      assertThat(server.address().getPort()).isPositive();
    }
  }

  @Test
  void theInstanceFromTheBuilderDelivers() throws Exception {
    try (Hookferry hookferry =
        Hookferry.builder(
                new MemoryStore(InstantSource.system(), Duration.ofSeconds(15)),
                new HttpTransport(HttpTransportOptions.of(LOOPBACK.policy())))
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      assertDelivers(hookferry);
    }
  }

  static Stream<StoreConfig> stores() {
    return Stream.of(
        new StoreConfig.InFiles(Path.of("x")),
        new StoreConfig.InMemory(),
        new StoreConfig.InDatabase("jdbc:h2:file:/x", null, null, StoreTables.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void everyChoiceOfStoreIsWhole(StoreConfig store) {
    assertThat(Guice.createInjector(Stage.TOOL, ServerModules.of(config().with(store))))
        .isNotNull();
  }

  @Test
  void reportsAnUnboundPart() {
    List<Module> modules = new ArrayList<>(ServerModules.of(config()));
    modules.removeIf(OutboundModule.class::isInstance);
    assertThatThrownBy(() -> Guice.createInjector(modules))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("Transport");
    List<Module> guessing = new ArrayList<>(ServerModules.of(config()));
    guessing.add(
        new AbstractModule() {
          @Override
          protected void configure() {
            requireBinding(Unbound.class);
          }
        });
    assertThatThrownBy(() -> Guice.createInjector(guessing))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("Unbound");
  }

  @Test
  void reportsTheCauseOfAFailedStart(@TempDir Path folder) throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () -> Server.start(config().with(new StoreConfig.InFiles(notAFolder.resolve("x")))))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aStoreThatStoppedForGoodIsNoticed() {
    FatalStateWatchdog watchdog = new FatalStateWatchdog();
    watchdog.fault("a commit failed", new StoreException("try again"));
    assertThat(watchdog.stopped()).isNotDone();
    Exception cause = new StoreStoppedException("the disk failed", new IOException("EIO"));
    watchdog.fault("a commit failed", new IllegalStateException(cause));
    assertThat(watchdog.stopped()).isCompletedWithValue("the disk failed");
  }

  @Test
  void noticesADeadEngineButNotAStoppedOne() {
    FatalStateWatchdog watchdog = new FatalStateWatchdog();
    watchdog.watch(() -> false);
    assertThat(watchdog.stopped()).succeedsWithin(Duration.ofMinutes(2));
    watchdog.close();
    Server server = Server.start(config());
    server.close();
    assertThat(server.stopped()).isNotDone();
  }

  private static void assertDelivers(Hookferry hookferry) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (Receiver receiver =
        Receiver.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InstantSource.system(),
            request -> {
              arrived.countDown();
              return ReceiverReply.of(204);
            })) {
      hookferry
          .webhooks()
          .endpoints()
          .create(SiteId.DEFAULT, EndpointSpec.to(receiver.address() + "/").types("license_*"));
      var unused =
          hookferry.webhooks().publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).get();
      arrived.await();
    }
  }

  private static ServerConfig config() {
    return ServerConfigReader.defaults()
        .with(new StoreConfig.InMemory())
        .with(ServerConfigReader.defaults().listen().with(0, null))
        .with(LOOPBACK);
  }

  /** Has what Guice would need to make one by itself. */
  static final class Unbound {
    @Inject
    Unbound() {}
  }
}
