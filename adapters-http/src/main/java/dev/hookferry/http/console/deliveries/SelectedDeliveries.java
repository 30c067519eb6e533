package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.DeliveryId;
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

  /**
   * Changes them all at once and goes back.
   *
   * @param done to be read after how many there are, such as "sent again"
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
    String text = count + (count == 1 ? " delivery is " : " deliveries are ") + done + ".";
    return failed.isEmpty() ? visit.done(back, text) : visit.refused(back, text + told(failed));
  }

  private static String told(List<String> failed) {
    String more =
        failed.size() > MOST_TOLD ? "; and " + (failed.size() - MOST_TOLD) + " others" : "";
    return " Not so: " + String.join("; ", failed.stream().limit(MOST_TOLD).toList()) + more + ".";
  }
}
