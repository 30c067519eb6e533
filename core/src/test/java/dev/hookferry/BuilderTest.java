package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the builder and their effects. */
class BuilderTest {
  private static final String URL = "https://a.example/";

  private final MemoryStore store = new MemoryStore();
  private final HookferryBuilder builder =
      Hookferry.builder(store, new ScriptedTransport()).secrets(Secrets.inTheClear());

  @Test
  void requiresAChoiceAboutSecrets() {
    HookferryBuilder undecided = Hookferry.builder(store, new ScriptedTransport());

    assertThatThrownBy(undecided::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("secrets(Secrets.sealedBy(masterKeys))")
        .hasMessageContaining("secrets(Secrets.inTheClear())");
  }

  @Test
  void sealsSecretsUnderTheGivenMasterKey() {
    MasterKeySource keys = MasterKeySource.inMemory(new Random(1));

    try (Hookferry hookferry = builder.secrets(Secrets.sealedBy(keys)).build().start()) {
      hookferry.webhooks().endpoints().create(Embedded.SITE, EndpointSpec.to(URL).types("*"));
    }

    assertThat(store.config().load().endpoints().values())
        .hasSize(1)
        .allMatch(each -> each.signing().secrets().get(0).secret().text().startsWith("sealed:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "ü"})
  void refusesAnInvalidUserAgent(String text) {
    assertThatThrownBy(() -> builder.userAgent(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "userAgent must be 1 to 200 visible ASCII characters, with spaces only between them (got \""
                + text);
    assertThat(builder.userAgent("My product/1.0 (webhooks)")).isSameAs(builder);
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> LoadLimits.DEFAULT.batch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch must be 1 or more (got 0)");
  }

  @Test
  void usesTheRandomGeneratorFromOneThreadAtATime() {
    Delicate source = new Delicate();
    try (Hookferry hookferry = builder.random(source).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        callers.add(CompletableFuture.runAsync(() -> work(webhooks)));
      }
      callers.forEach(CompletableFuture::join);
      Poll.until(() -> hookferry.backlog().pending() == 0);
    }

    assertThat(source.races.get()).isZero();
  }

  private static void work(Webhooks webhooks) {
    for (int i = 0; i < 25; i++) {
      webhooks.endpoints().create(Embedded.SITE, EndpointSpec.to(URL).types("customer_deleted"));
      webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
    }
  }

  /** Notices two threads at once. */
  private static final class Delicate implements RandomGenerator {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger races = new AtomicInteger();
    private long last;

    @Override
    public long nextLong() {
      if (!busy.compareAndSet(false, true)) {
        races.incrementAndGet();
      }
      Thread.yield();
      last = last * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      busy.set(false);
      return last ^ last >>> 29;
    }
  }
}
