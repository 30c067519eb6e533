package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sentence of the first page has the number that the figures below it add up to. */
class PortalExactCountTest {
  private static final int MANY = PageRequest.MAX_LIMIT + 12;

  private static boolean haveAllArrived(Served served) {
    DeliveryQuery arrived = DeliveryQuery.ofSite(SiteId.DEFAULT).state(DeliveryState.DELIVERED);
    Page<?> first = served.webhooks.deliveries().list(arrived.limit(PageRequest.MAX_LIMIT));
    return first.next() != null
        && served.webhooks.deliveries().list(arrived.after(first.next())).data().size() == 12;
  }

  @Test
  void moreThanAreCountedAreSaidExactlyWhereFiguresKnowThem() {
    try (PortalScene scene =
        new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}")) {
      CompletableFuture.allOf(
              IntStream.range(0, MANY)
                  .mapToObj(i -> NewEvent.of("license_created", "{}"))
                  .map(event -> event.labels(Map.of("customer", "c-1")))
                  .map(event -> scene.served.webhooks.publish(SiteId.DEFAULT, event))
                  .toArray(CompletableFuture[]::new))
          .join();
      Poll.until(() -> haveAllArrived(scene.served));

      // Figures follow the attempts a moment later.
      String cookie = scene.cookie("");
      Poll.until(() -> scene.page(cookie, "/portal/").body().contains(">512</span>"));
      assertThat(scene.page(cookie, "/portal/").body())
          .contains("All 512 deliveries from the last 24 hours arrived.");
    }
  }
}
