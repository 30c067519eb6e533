package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Starting and closing, with parts that fail, and calls that are in progress at the time. */
class LifecycleTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://a.example/";
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");

  private final Remembering store =
      new Remembering(new MemoryStore(InstantSource.system(), Duration.ofSeconds(12)));
  private final ScriptedTransport transport = new ScriptedTransport();

  private HookferryBuilder builder(Store used, Transport with) {
    return Hookferry.builder(used, with)
        .secrets(Secrets.inTheClear())
        .drainTimeout(Duration.ofMillis(100));
  }

  @Test
  void closingCompletesEveryFuture() {
    transport.hanging(URL);
    Hookferry hookferry = builder(store, transport).build().start();
    Webhooks webhooks = hookferry.webhooks();
    var endpoint = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*")).endpoint();
    var unused = webhooks.publish(SITE, EVENT).join();
    Poll.until(() -> transport.hangingCount() == 1);
    var delivery = webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data().get(0).id();
    List<CompletableFuture<?>> open =
        List.of(
            webhooks.deliveries().cancel(SITE, delivery),
            webhooks.deliveries().cancel(SITE, delivery),
            webhooks.endpoints().test(SITE, endpoint.id()));
    Poll.until(() -> transport.hangingCount() == 2);

    hookferry.close();

    assertThat(open)
        .allSatisfy(
            one ->
                assertThatThrownBy(one::join)
                    .hasCauseInstanceOf(OverloadedException.class)
                    .hasMessageContaining("the server has stopped"));
  }

  /** An executor that is shut down at once interrupts the thread that closes Hookferry. */
  @Test
  void closingOnAnInterruptedThreadWaitsForRequestsAllTheSame() throws InterruptedException {
    transport.hanging(URL);
    RecordingListener listener = new RecordingListener();
    Hookferry hookferry =
        builder(store, transport)
            .drainTimeout(Duration.ofMinutes(1))
            .listener(listener)
            .build()
            .start();
    Webhooks webhooks = hookferry.webhooks();
    var endpoint = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    var receipt = webhooks.publish(SITE, EVENT).join();
    Poll.until(() -> transport.hangingCount() == 1);
    AtomicBoolean isKept = new AtomicBoolean();
    Thread closing =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              hookferry.close();
              isKept.set(Thread.currentThread().isInterrupted());
            });

    closing.start();
    Poll.until(() -> !hookferry.isReady());
    transport.release(ScriptedTransport.status(200));
    closing.join();

    assertThat(listener.settled())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.event()).isEqualTo(receipt.id());
              assertThat(delivery.endpoint()).isEqualTo(endpoint.endpoint().id());
              assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
            });
    assertThat(isKept).isTrue();
  }

  @Test
  void anInterruptEndsTheWaitForRequestsThatHang() throws InterruptedException {
    Hookferry hookferry = hanging();
    Thread closing = new Thread(hookferry::close);
    closing.start();
    Poll.until(() -> !hookferry.isReady() && closing.getState() == Thread.State.TIMED_WAITING);

    closing.interrupt();
    closing.join();

    assertThat(store.closed).isTrue();
  }

  /** Some stores do not write on an interrupted thread. */
  @Test
  void theLastFailuresAreWrittenAfterAnInterrupt() throws InterruptedException {
    Hookferry hookferry = hanging();
    Thread closing = new Thread(hookferry::close);
    closing.start();
    Poll.until(() -> !hookferry.isReady() && closing.getState() == Thread.State.TIMED_WAITING);
    store.inTallies = () -> store.interrupted = Thread.currentThread().isInterrupted();

    closing.interrupt();
    closing.join();

    assertThat(store.interrupted).isEqualTo(false);
  }

  @Test
  void anInterruptWhileAJobEndsEndsTheWaitForRequests() throws InterruptedException {
    CompletableFuture<Hookferry> made = new CompletableFuture<>();
    Thread closing = new Thread(() -> made.join().close());
    AtomicBoolean isFirst = new AtomicBoolean(true);
    store.inTallies =
        () -> {
          if (isFirst.getAndSet(false)) {
            Hookferry unused = made.join();
            Poll.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            closing.interrupt();
          }
        };
    made.complete(hanging());

    closing.start();
    closing.join();

    assertThat(store.closed).isTrue();
  }

  /** Returns an instance with a request that hangs. */
  private Hookferry hanging() {
    transport.hanging(URL);
    Hookferry hookferry =
        builder(store, transport).drainTimeout(Duration.ofDays(1)).build().start();
    var unused = hookferry.webhooks().endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    var unusedReply = hookferry.webhooks().publish(SITE, EVENT).join();
    Poll.until(() -> transport.hangingCount() == 1);
    return hookferry;
  }

  @Test
  void aPartThatFailsToCloseKeepsNoOtherOpen() {
    Faulty faulty =
        new Faulty("close", () -> new IllegalStateException("the transport does not close"));
    Transport unclosable = faulty.around(Transport.class, transport);
    Hookferry hookferry = builder(store, unclosable).build().start();
    faulty.fail(1);

    assertThatThrownBy(hookferry::close).hasMessage("the transport does not close");

    assertThat(store.closed).isTrue();
    assertThat(hookferry.isAlive()).isFalse();
    hookferry.close();
  }

  @Test
  void aVeryLongDrainTimeoutMeansToWaitForAll() {
    Hookferry hookferry =
        builder(store, transport).drainTimeout(Duration.ofSeconds(Long.MAX_VALUE)).build().start();

    hookferry.close();

    assertThat(store.closed).isTrue();
  }

  @Test
  void aStartThatFailsClosesEverything() {
    Faulty faulty = new Faulty("register", () -> new StoreException("injected"));
    faulty.fail(1);
    Hookferry hookferry = builder(faulty.around(Store.class, store), transport).build();

    assertThatThrownBy(hookferry::start).isInstanceOf(StoreException.class).hasMessage("injected");

    assertThat(store.closed).isTrue();
    assertThatThrownBy(hookferry::start).hasMessage("closed already; build another one");
  }

  @Test
  void nothingWorksBeforeTheStart() {
    Hookferry hookferry = builder(store, transport).build();

    assertThatThrownBy(() -> hookferry.webhooks().endpoints().all(SITE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Hookferry is not started; call start() first");
    assertThat(hookferry.isReady()).isFalse();
    hookferry.close();
  }

  @Test
  void startsOnceOnly() {
    Hookferry hookferry = builder(store, transport).build().start();

    assertThatThrownBy(hookferry::start).hasMessage("started already; build another one");
    hookferry.close();
  }

  @Test
  void publishingBeforeTheStartFailsThroughTheFuture() {
    Hookferry hookferry = builder(store, transport).build();

    CompletableFuture<?> early = hookferry.webhooks().publish(SITE, EVENT);
    CompletableFuture<?> together = hookferry.webhooks().publishAll(SITE, List.of(EVENT, EVENT));
    hookferry.close();

    assertThat(List.of(early, together))
        .allSatisfy(
            one ->
                assertThatThrownBy(one::join)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("Hookferry is not started; call start() first"));
  }

  @Test
  void publishingAfterTheCloseFailsThroughTheFuture() {
    Hookferry hookferry = builder(store, transport).build().start();
    hookferry.close();

    CompletableFuture<?> late = hookferry.webhooks().publish(SITE, EVENT);

    assertThatThrownBy(late::join)
        .hasCauseInstanceOf(OverloadedException.class)
        .hasMessageEndingWith("the server has stopped");
  }

  /** An event that may repeat an accepted one is looked up, on a thread that has ended. */
  @Test
  void publishingAfterTheCloseIsRefusedHoweverItBegins() {
    Hookferry hookferry = builder(store, transport).build().start();
    Webhooks webhooks = hookferry.webhooks();
    hookferry.close();

    assertThatThrownBy(() -> webhooks.publish(SITE, EVENT.id("a-1").to("nobody")).join())
        .hasCauseInstanceOf(RefusedException.class);
  }

  @Test
  void aCallbackThatWaitsForAnotherPublishDoesNotDeadlock() {
    try (Hookferry hookferry = builder(store, transport).build().start()) {
      Webhooks webhooks = hookferry.webhooks();

      assertThat(
              webhooks
                  .publish(SITE, EVENT)
                  .thenApply(first -> webhooks.publish(SITE, EVENT).join())
                  .join()
                  .repeated())
          .isFalse();
    }
  }

  private static final class Remembering extends ForwardingStore {
    private volatile boolean closed;
    private volatile @Nullable Boolean interrupted;
    private volatile Runnable inTallies = () -> {};

    Remembering(Store store) {
      super(store);
    }

    @Override
    public TallyStore tallies() {
      inTallies.run();
      return super.tallies();
    }

    @Override
    public void close() {
      closed = true;
      super.close();
    }
  }
}
