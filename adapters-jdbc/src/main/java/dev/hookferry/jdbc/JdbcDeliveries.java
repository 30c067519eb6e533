package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.port.Backlog;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Claimed;
import dev.hookferry.port.Command;
import dev.hookferry.port.Committed;
import dev.hookferry.port.DeliveryStore;
import dev.hookferry.port.Heartbeat;
import dev.hookferry.port.Node;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Stray;
import dev.hookferry.port.UnknownOutcomeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Deliveries in the database: every method is one transaction. */
final class JdbcDeliveries implements DeliveryStore {
  private final Database database;
  private final Owners owners;
  private final Retention retention;
  private final Publications publications;
  private final BatchWriter writer;
  private final Commands commands;
  private final Claims claims;
  private final Doubts doubts;
  private final BacklogCount backlog;
  private final Strays strays;

  JdbcDeliveries(Database database, Owners owners, Retention retention) {
    this.database = database;
    this.owners = owners;
    this.retention = retention;
    Dialect dialect = database.dialect();
    publications = new Publications(dialect);
    writer = dialect.writer();
    commands = new Commands(dialect);
    claims = new Claims(dialect);
    doubts = new Doubts(dialect);
    backlog = new BacklogCount(database);
    strays = new Strays(database);
  }

  @Override
  public Owner register(Node node) {
    return owners.register(node);
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    Heartbeat heartbeat = owners.heartbeat(owner);
    retention.prepare(heartbeat.storeTime());
    return heartbeat;
  }

  @Override
  public Committed commit(Owner owner, Batch batch) {
    if (batch.isEmpty()) {
      return new Committed(List.of(), Set.of(), List.of());
    }
    // What a lost claim has taken again, the fence would take for still owned since before.
    List<Delivery> doubtful = doubts.of(owner);
    Committed committed =
        database.change(
            (handle, careful) -> {
              doubts.giveBack(handle, owner, doubtful);
              return commit(handle, owner, batch, careful);
            });
    doubts.clear(owner, doubtful);
    return committed;
  }

  private Committed commit(Handle handle, Owner owner, Batch batch, boolean careful) {
    Publications.Judged judged = publications.judge(handle, batch.publications(), careful);
    Set<DeliveryId> refused = writer.write(handle, owner, judged.fresh(), batch, careful);
    List<Command.Reply> replies = commands.obey(handle, batch.commands());
    return new Committed(judged.published(), refused, replies);
  }

  @Override
  public Claimed claim(Owner owner, Claim claim) {
    List<Delivery> doubtful = doubts.of(owner);
    List<Delivery> tried = new ArrayList<>();
    try {
      Claimed claimed =
          database.change(
              (handle, careful) -> {
                Owner living = Owners.keepAlive(handle, database.dialect(), owner) ? owner : null;
                doubts.giveBack(handle, owner, doubtful);
                Claimed some = claims.claim(handle, living, claim, careful);
                some.work().forEach(work -> tried.add(work.delivery()));
                return some;
              });
      doubts.clear(owner, doubtful);
      return claimed;
    } catch (UnknownOutcomeException e) {
      doubts.add(owner, tried);
      throw e;
    }
  }

  @Override
  public List<Stray> strays(Set<EndpointId> known) {
    return strays.besides(known);
  }

  @Override
  public void retire(Owner owner) {
    owners.retire(owner);
  }

  @Override
  public Backlog backlog() {
    return backlog.count();
  }

  /** Nothing of its own: the store closes the database. */
  @Override
  public void close() {}
}
