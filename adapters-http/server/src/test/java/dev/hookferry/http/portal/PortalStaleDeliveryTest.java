package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An attempt that ends while the page of its delivery is made. */
class PortalStaleDeliveryTest {
  /** What the next look at a delivery finds, as if it had been read earlier. */
  private final AtomicReference<Optional<Delivery>> stale = new AtomicReference<>(Optional.empty());

  private final PortalScene scene =
      new PortalScene(new Served(options -> options, Late::new), "{\"enabled\":true}");

  private final class Late extends ForwardingStore {
    private final AttemptLog log;

    Late(Store store) {
      super(store);
      log =
          (AttemptLog)
              Proxy.newProxyInstance(
                  AttemptLog.class.getClassLoader(),
                  new Class<?>[] {AttemptLog.class},
                  (proxy, method, arguments) -> {
                    boolean isLook = method.getName().equals("delivery");
                    Optional<Delivery> old =
                        isLook ? stale.getAndSet(Optional.empty()) : Optional.empty();
                    try {
                      return old.isPresent() ? old : method.invoke(store.log(), arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
    }

    @Override
    public AttemptLog log() {
      return log;
    }
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theHeadlineAgreesWithTheBannerOfARetry() {
    scene.served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(3)));
    scene.served.transport.responding(PortalScene.MINE, 400);
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unused = scene.served.webhooks.publish(SiteId.DEFAULT, event).join();
    Poll.until(() -> scene.all().stream().anyMatch(one -> one.attempts() == 1));
    Delivery before = scene.all().get(0);
    String cookie = scene.cookie("");
    String path = "/portal/deliveries/" + before.id() + "/retry";
    String followed = scene.post(cookie, path, "").header("Location");
    Poll.until(() -> scene.all().get(0).attempts() == 2);

    stale.set(Optional.of(before));
    String page = scene.page(cookie, followed).body();

    assertThat(stale.get()).isEmpty();
    assertThat(page)
        .containsSubsequence("Attempt 2 failed: HTTP 400", "Attempt 2 failed after")
        .doesNotContain("Attempt 1 failed");
  }
}
