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
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Deliveries selected in a list, to be changed together. */
final class SelectedDeliveries {
  private static final int MAX_LISTED = 5;

  private final List<String> ids;

  private SelectedDeliveries(List<String> ids) {
    this.ids = ids;
  }

  static SelectedDeliveries of(FormValues form) {
    return new SelectedDeliveries(form.texts("id"));
  }

  /** Returns the newest blocked deliveries that match a query. */
  static SelectedDeliveries blocked(Deliveries deliveries, DeliveryQuery query) {
    return new SelectedDeliveries(
        deliveries.list(RetryableDeliveries.blocked(query)).data().stream()
            .map(one -> one.id().toString())
            .toList());
  }

  List<String> ids() {
    return ids;
  }

  /** Returns whether the number of deliveries is within the limit. */
  boolean isFit() {
    return !ids.isEmpty() && ids.size() <= PageRequest.MAX_LIMIT;
  }

  /**
   * Returns all selected deliveries, delivered ones first. Unknown ids are ignored here and
   * reported by the change.
   */
  List<Delivery> found(Deliveries deliveries, SiteId site) {
    List<Delivery> found = new ArrayList<>();
    for (String id : ids) {
      try {
        found.add(deliveries.get(site, DeliveryId.parse(id)));
      } catch (RefusedException e) {
        // Reported after the others have been changed.
      }
    }
    found.sort(Comparator.comparing(one -> one.state() != DeliveryState.DELIVERED));
    return found;
  }

  /**
   * Changes all selected deliveries and returns to the list. The outcome of a retry is still
   * unknown then.
   *
   * @param done past participle of the change, such as "cancelled"
   */
  ConsoleReply each(
      Visit visit,
      String back,
      String done,
      Function<DeliveryId, CompletableFuture<Delivery>> change) {
    List<CompletableFuture<Delivery>> started = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (String id : ids) {
      try {
        started.add(change.apply(DeliveryId.parse(id)));
      } catch (RefusedException e) {
        failed.add(String.valueOf(e.getMessage()));
      }
    }
    for (CompletableFuture<Delivery> future : started) {
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
      return failed.isEmpty()
          ? visit.begun(back, text)
          : visit.refused(back, text + summary(failed));
    }
    String text = deliveries + " " + done + ".";
    return failed.isEmpty() ? visit.done(back, text) : visit.refused(back, text + summary(failed));
  }

  private static String summary(List<String> failed) {
    String more =
        failed.size() > MAX_LISTED ? "; and " + (failed.size() - MAX_LISTED) + " more" : "";
    return " Failed: " + String.join("; ", failed.stream().limit(MAX_LISTED).toList()) + more + ".";
  }
}
