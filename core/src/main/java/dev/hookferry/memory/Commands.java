package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Command;
import dev.hookferry.port.Command.Kind;
import dev.hookferry.port.Command.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does what people asked for. */
final class Commands {
  private final DeliveryTable deliveries;

  Commands(DeliveryTable deliveries) {
    this.deliveries = deliveries;
  }

  Reply obey(Command command) {
    if (command instanceof Command.Retry retry) {
      return change(retry.site(), retry.delivery(), delivery -> delivery.revived(retry.at()));
    }
    if (command instanceof Command.Cancel cancel) {
      boolean tooLate =
          deliveries
              .find(cancel.site(), cancel.delivery())
              .filter(row -> !row.isPending())
              .isPresent();
      return tooLate
          ? new Reply(Kind.FINAL, 0)
          : change(cancel.site(), cancel.delivery(), d -> d.cancelled(cancel.at()));
    }
    return abandon((Command.Abandon) command);
  }

  private Reply change(SiteId site, DeliveryId id, UnaryOperator<Delivery> verb) {
    Optional<DeliveryTable.Row> row = deliveries.find(site, id);
    if (row.isEmpty()) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    if (row.get().owner() != null) {
      return new Reply(Kind.OWNED, 0);
    }
    deliveries.put(verb.apply(row.get().delivery()), null);
    return new Reply(Kind.DONE, 1);
  }

  private Reply abandon(Command.Abandon command) {
    List<Delivery> doomed =
        deliveries.free(command.endpoint()).stream()
            .filter(delivery -> delivery.site().equals(command.site()))
            .limit(command.atMost())
            .toList();
    doomed.forEach(delivery -> deliveries.put(delivery.cancelled(command.at()), null));
    return new Reply(Kind.DONE, doomed.size());
  }
}
