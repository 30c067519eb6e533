package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Carries out commands on deliveries: retry, cancel, deliver, abandon. */
final class CommandWriter {
  private final Dialect dialect;

  CommandWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Carries out commands in order. Adjacent commands for single deliveries run together. */
  List<Reply> obey(Handle handle, List<Command> commands) {
    List<Reply> replies = new ArrayList<>();
    List<Command> together = new ArrayList<>();
    for (Command command : commands) {
      if (command instanceof Command.Retry || command instanceof Command.Cancel) {
        together.add(command);
      } else {
        replies.addAll(change(handle, together));
        together.clear();
        replies.add(
            command instanceof Command.Deliver deliver
                ? new AddedDeliveries(dialect).deliver(handle, deliver)
                : abandon(handle, (Command.Abandon) command));
      }
    }
    replies.addAll(change(handle, together));
    return replies;
  }

  private List<Reply> change(Handle handle, List<Command> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    LockedDeliveries deliveries = new LockedDeliveries(dialect);
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    commands.forEach(command -> keys.add(site(command).value(), delivery(command).value()));
    deliveries.lock(handle, keys);
    List<Reply> replies = commands.stream().map(c -> change(deliveries, c)).toList();
    deliveries.write(handle);
    return replies;
  }

  private static Reply change(LockedDeliveries deliveries, Command command) {
    LockedDeliveries.Row row = deliveries.find(site(command), delivery(command));
    if (row == null) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    Delivery now = row.delivery();
    if (row.isOwned()) {
      return new Reply(Kind.OWNED, 0);
    }
    if (command instanceof Command.Retry retry) {
      deliveries.put(now.revived(retry.at()));
    } else if (command instanceof Command.Cancel cancel) {
      if (now.state().isFinal()) {
        return new Reply(Kind.FINAL, 0);
      }
      deliveries.put(now.cancelled(cancel.at()));
    }
    return new Reply(Kind.DONE, 1);
  }

  private static SiteId site(Command command) {
    if (command instanceof Command.Retry retry) {
      return retry.site();
    }
    return ((Command.Cancel) command).site();
  }

  private static DeliveryId delivery(Command command) {
    if (command instanceof Command.Retry retry) {
      return retry.delivery();
    }
    return ((Command.Cancel) command).delivery();
  }

  private Reply abandon(Handle handle, Command.Abandon command) {
    String sql =
        """
        SELECT %s FROM hookferry_delivery_queue
        WHERE endpoint_id = :endpoint AND site = :site AND owner IS NULL
        ORDER BY endpoint_id, due_at, id LIMIT :at_most FOR UPDATE SKIP LOCKED
        """
            .formatted(RowReader.QUEUED);
    List<Delivery> doomed =
        handle
            .createQuery(sql)
            .bind("endpoint", command.endpoint().value())
            .bind("site", command.site().value())
            .bind("at_most", command.atMost())
            .map(new RowReader(dialect).queued())
            .map(RowReader.Queued::delivery)
            .list();
    LockedDeliveries deliveries = new LockedDeliveries(dialect);
    doomed.forEach(deliveries::takeQueued);
    doomed.forEach(delivery -> deliveries.put(delivery.cancelled(command.at())));
    deliveries.write(handle);
    return new Reply(Kind.DONE, doomed.size());
  }
}
