package dev.hookferry.http.console.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The deliveries that were ticked in a list, changed together. */
final class SelectedDeliveries {
  private static final int MOST_TOLD = 5;

  private final List<String> ids;

  private SelectedDeliveries(List<String> ids) {
    this.ids = ids;
  }

  static SelectedDeliveries of(FormValues form) {
    return new SelectedDeliveries(form.texts("id"));
  }

  List<String> ids() {
    return ids;
  }

  /** Whether there are so many that they can be changed together. */
  boolean isFit() {
    return !ids.isEmpty() && ids.size() <= PageRequest.MAX_LIMIT;
  }

  /** Those of them that were delivered; what is not there is left to those who change it. */
  List<Delivery> delivered(Deliveries deliveries, SiteId site) {
    List<Delivery> delivered = new ArrayList<>();
    for (String id : ids) {
      try {
        Delivery delivery = deliveries.get(site, DeliveryId.parse(id));
        if (delivery.state() == DeliveryState.DELIVERED) {
          delivered.add(delivery);
        }
      } catch (RefusedException e) {
        // It is told once the others are changed.
      }
    }
    return delivered;
  }

  /**
   * Changes them all at once and goes back. What is retried has no outcome yet.
   *
   * @param done the past participle of what is done, such as "cancelled"
   */
  ConsoleReply each(
      Visit visit,
      String back,
      String done,
      Function<DeliveryId, CompletableFuture<Delivery>> change) {
    List<CompletableFuture<Delivery>> begun = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (String id : ids) {
      try {
        begun.add(change.apply(DeliveryId.parse(id)));
      } catch (RefusedException e) {
        failed.add(String.valueOf(e.getMessage()));
      }
    }
    for (CompletableFuture<Delivery> future : begun) {
      try {
        var unused = FutureResult.of(future);
      } catch (RefusedException | StoreException e) {
        failed.add(String.valueOf(e.getMessage()));
      }
    }
    int count = ids.size() - failed.size();
    String deliveries = count + (count == 1 ? " delivery" : " deliveries");
    if (done.equals("retried")) {
      String text = "Retrying " + deliveries + "; the outcomes appear in their status.";
      return failed.isEmpty() ? visit.begun(back, text) : visit.refused(back, text + told(failed));
    }
    String text = deliveries + " " + done + ".";
    return failed.isEmpty() ? visit.done(back, text) : visit.refused(back, text + told(failed));
  }

  private static String told(List<String> failed) {
    String more = failed.size() > MOST_TOLD ? "; and " + (failed.size() - MOST_TOLD) + " more" : "";
    return " Failed: " + String.join("; ", failed.stream().limit(MOST_TOLD).toList()) + more + ".";
  }
}
