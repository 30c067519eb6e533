package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An engine that fails in the middle of a message loses track of the deliveries in it. */
class FailedMessageTest {
  private static final String URL = "https://crm.example/hook";

  /** Gives no answer to the first commit that has a result, although it was written. */
  private static <T> T around(Class<T> port, T real, AtomicInteger swallowed) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(real, arguments);
              if (answer instanceof DeliveryStore deliveries) {
                return around(DeliveryStore.class, deliveries, swallowed);
              }
              boolean result = answer instanceof CommitResult && has((Batch) arguments[1]);
              return result && swallowed.getAndIncrement() == 0 ? null : answer;
            }));
  }

  private static boolean has(Batch batch) {
    return !batch.results().isEmpty() && batch.publications().isEmpty();
  }

  @Test
  void returnsAllDeliveriesAndContinuesAsANewOwner() {
    AtomicInteger swallowed = new AtomicInteger();
    ScriptedTransport transport = new ScriptedTransport();
    Store store = new MemoryStore(InstantSource.system(), Duration.ofHours(1));
    try (Hookferry hookferry =
        Hookferry.builder(around(Store.class, store, swallowed), transport)
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      var unused = webhooks.endpoints().create(Embedded.SITE, EndpointSpec.to(URL).types("*"));
      List<EventId> ids = new ArrayList<>();
      ids.add(publish(webhooks));
      Poll.until(() -> swallowed.get() > 0);
      Poll.until(() -> hookferry.load().owned() == 0);
      ids.add(publish(webhooks));
      Poll.until(() -> hookferry.backlog().pending() == 0);

      assertThat(transport.requests()).hasSize(2);
      assertThat(ids)
          .isNotEmpty()
          .allSatisfy(
              id ->
                  assertThat(webhooks.events().get(Embedded.SITE, id).deliveries())
                      .isNotEmpty()
                      .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED));
      assertThat(hookferry.isAlive()).isTrue();
    }
  }

  private static EventId publish(Webhooks webhooks) {
    return webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join().id();
  }
}
