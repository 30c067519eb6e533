package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's view of the configuration. */
final class ConfigHolderTest {
  private final MemoryStore primary = store("lost");
  private final MemoryStore standby = store("new");
  private final ExecutorService looking = Executors.newSingleThreadExecutor();
  private final ExecutorService changing = Executors.newSingleThreadExecutor();
  private MemoryStore database = primary;
  private Config told = Config.EMPTY;

  private static MemoryStore store(String site) {
    MemoryStore store = new MemoryStore(ManualClock.atNoon(), Duration.ofMinutes(1));
    Site made = new Site(new SiteId(site), SiteSettings.DEFAULT, Samples.START);
    var unused = store.config().save(List.of(new ConfigChange.PutSite(made)), 0);
    return store;
  }

  private Store failover() {
    ConfigStore config =
        proxy(
            ConfigStore.class,
            (proxy, method, arguments) -> method.invoke(database.config(), arguments));
    return proxy(
        Store.class,
        (proxy, method, arguments) ->
            method.getName().equals("config") ? config : method.invoke(database, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @AfterEach
  void close() {
    looking.shutdown();
    changing.shutdown();
  }

  @Test
  void acceptsAnotherConfigurationOfTheSameVersion() {
    ConfigHolder holder = new ConfigHolder(failover(), next -> told = next, null, looking);
    holder.load();
    assertThat(holder.config().sites()).containsOnlyKeys(new SiteId("lost"));

    database = standby;
    holder.refresh();

    assertThat(holder.config().sites()).containsOnlyKeys(new SiteId("new"));
    assertThat(told).isSameAs(holder.config());
  }

  @Test
  void waitsForAChangeThatTheStoreHasAndTheNodeDoesNotHaveYet() {
    CompletableFuture<Void> saved = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    ConfigHolder holder =
        new ConfigHolder(
            unshared(primary),
            next -> {
              if (next.version() == 2) {
                saved.complete(null);
                goOn.join();
              }
            },
            null,
            looking);
    holder.load();
    Site second = new Site(new SiteId("second"), SiteSettings.DEFAULT, Samples.START);
    CompletableFuture<String> change =
        CompletableFuture.supplyAsync(
            () -> holder.change(now -> Planned.of("done", new ConfigChange.PutSite(second))),
            changing);
    saved.join();

    CompletableFuture<Config> waiting = holder.atLeast(2);
    assertThat(waiting).isNotDone();
    goOn.complete(null);

    assertThat(waiting.join().sites()).containsKey(second.id());
    assertThat(change.join()).isEqualTo("done");
  }

  private static Store unshared(Store store) {
    return new ForwardingStore(store) {
      @Override
      public boolean isShared() {
        return false;
      }
    };
  }
}
