package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Carries out commands on deliveries: retry, cancel, deliver, abandon. */
final class CommandWriter {
  private final Dialect dialect;

  CommandWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Carries out commands in order. Adjacent commands for single deliveries run together. */
  List<Reply> apply(Handle handle, List<Command> commands) {
    Run run = new Run(handle);
    commands.forEach(run::add);
    return run.end();
  }

  /** A command for one delivery: its next state, unless the current state does not allow it. */
  private record Single(
      SiteId site,
      DeliveryId delivery,
      Function<DeliveryState, @Nullable Kind> refusal,
      UnaryOperator<Delivery> change) {
    Reply applyTo(LockedDeliveries deliveries) {
      LockedDeliveries.Row row = deliveries.find(site, delivery);
      if (row == null) {
        return new Reply(Kind.NOT_FOUND, 0);
      }
      if (row.isOwned()) {
        return new Reply(Kind.OWNED, 0);
      }
      Kind refused = refusal.apply(row.delivery().state());
      if (refused != null) {
        return new Reply(refused, 0);
      }
      deliveries.put(change.apply(row.delivery()));
      return new Reply(Kind.DONE, 1);
    }
  }

  /**
   * Collects commands for single deliveries, to run them together, and carries out all others
   * immediately.
   */
  private final class Run implements Command.Fold<Optional<Single>, RuntimeException> {
    private final Handle handle;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Single> together = new ArrayList<>();

    Run(Handle handle) {
      this.handle = handle;
    }

    void add(Command command) {
      command.fold(this).ifPresent(together::add);
    }

    List<Reply> end() {
      replies.addAll(change(handle, together));
      together.clear();
      return replies;
    }

    @Override
    public Optional<Single> retry(Command.Retry command) {
      return Optional.of(
          new Single(
              command.site(),
              command.delivery(),
              state -> state == DeliveryState.WAITING ? Kind.WAITING : null,
              command::applyTo));
    }

    @Override
    public Optional<Single> cancel(Command.Cancel command) {
      return Optional.of(
          new Single(
              command.site(),
              command.delivery(),
              state -> state.isFinal() ? Kind.FINAL : null,
              d -> d.cancelled(command.at())));
    }

    @Override
    public Optional<Single> skip(Command.Skip command) {
      return Optional.of(
          new Single(
              command.site(),
              command.delivery(),
              state -> state == DeliveryState.BLOCKED ? null : Kind.NOT_BLOCKED,
              d -> d.skipped(command.at())));
    }

    @Override
    public Optional<Single> deliver(Command.Deliver command) {
      end().add(new AddedDeliveries(dialect).deliver(handle, command));
      return Optional.empty();
    }

    @Override
    public Optional<Single> abandon(Command.Abandon command) {
      end().add(CommandWriter.this.abandon(handle, command));
      return Optional.empty();
    }
  }

  private List<Reply> change(Handle handle, List<Single> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    LockedDeliveries deliveries = new LockedDeliveries(dialect);
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    commands.forEach(one -> keys.add(one.site().value(), one.delivery().value()));
    deliveries.lock(handle, keys);
    List<Reply> replies = commands.stream().map(one -> one.applyTo(deliveries)).toList();
    deliveries.write(handle);
    return replies;
  }

  private Reply abandon(Handle handle, Command.Abandon command) {
    String sql =
        """
        SELECT %s FROM hookferry_delivery_queue
        WHERE endpoint_id = :endpoint AND site = :site AND owner IS NULL
        ORDER BY endpoint_id, due_at, id LIMIT :at_most FOR UPDATE SKIP LOCKED
        """
            .formatted(RowReader.QUEUED);
    List<RowReader.Queued> doomed =
        handle
            .createQuery(sql)
            .bind("endpoint", command.endpoint().value())
            .bind("site", command.site().value())
            .bind("at_most", command.atMost())
            .map(new RowReader(dialect).queued())
            .list();
    LockedDeliveries deliveries = new LockedDeliveries(dialect);
    doomed.forEach(deliveries::takeQueued);
    doomed.forEach(one -> deliveries.put(one.delivery().cancelled(command.at())));
    deliveries.write(handle);
    return new Reply(Kind.DONE, doomed.size());
  }
}
