package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Backlog;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Claimed;
import dev.hookferry.port.Command;
import dev.hookferry.port.Committed;
import dev.hookferry.port.DeliveryStore;
import dev.hookferry.port.Heartbeat;
import dev.hookferry.port.NoRoomException;
import dev.hookferry.port.Node;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Release;
import dev.hookferry.port.Result;
import dev.hookferry.port.Stray;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Deliveries in memory: every method is one step, under one lock. */
final class MemoryDeliveries implements DeliveryStore {
  private final Tables tables;
  private final Owners owners;
  private final Forgetting forgetting;

  MemoryDeliveries(Tables tables, Owners owners, Forgetting forgetting) {
    this.tables = tables;
    this.forgetting = forgetting;
    this.owners = owners;
  }

  @Override
  public Owner register(Node node) {
    synchronized (tables) {
      return owners.add(node);
    }
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    synchronized (tables) {
      owners.see(owner);
      int recovered = setFree(owners.giveUpSilent(), Suspicion::afterDeath);
      return new Heartbeat(owners.isAlive(owner), owners.now(), recovered);
    }
  }

  @Override
  public Committed commit(Owner owner, Batch batch) {
    synchronized (tables) {
      if (!batch.publications().isEmpty() && !forgetting.makeRoom(owners.now())) {
        throw new NoRoomException("the memory for events is full of such as are not finished");
      }
      Publisher publisher = new Publisher(tables, owners.isAlive(owner) ? owner : null);
      List<Committed.Published> published =
          batch.publications().stream().map(publisher::publish).toList();
      Set<DeliveryId> refused = new LinkedHashSet<>();
      for (Result result : batch.results()) {
        if (!record(owner, result)) {
          refused.add(result.delivery().id());
        }
      }
      for (Release release : batch.releases()) {
        if (!release(owner, release.site(), release.delivery())) {
          refused.add(release.delivery());
        }
      }
      Commands commands = new Commands(tables);
      List<Command.Reply> replies = batch.commands().stream().map(commands::obey).toList();
      return new Committed(published, refused, replies);
    }
  }

  private boolean record(Owner owner, Result result) {
    Delivery delivery = result.delivery();
    if (!release(owner, delivery.site(), delivery.id())) {
      return false;
    }
    tables.deliveries.put(delivery, null, result.suspicion());
    if (result.attempt() != null) {
      tables.attempts.put(result.attempt().id().toString(), result.attempt());
    }
    return true;
  }

  private boolean release(Owner owner, SiteId site, DeliveryId id) {
    if (!tables.deliveries.isOwned(site, id, owner)) {
      return false;
    }
    tables
        .deliveries
        .find(site, id)
        .ifPresent(row -> tables.deliveries.put(row.delivery(), null, row.suspicion()));
    return true;
  }

  @Override
  public Claimed claim(Owner owner, Claim claim) {
    synchronized (tables) {
      Claimer claimer = new Claimer(tables, claim);
      List<Claimed.Work> work = owners.isAlive(owner) ? claimer.take(owner) : List.of();
      return new Claimed(work, claimer.nextDue());
    }
  }

  @Override
  public List<Stray> strays(Set<EndpointId> known) {
    synchronized (tables) {
      return tables.deliveries.strays(known);
    }
  }

  @Override
  public void retire(Owner owner) {
    synchronized (tables) {
      owners.remove(owner);
      setFree(Set.of(owner), UnaryOperator.identity());
    }
  }

  /** Notes what is held against a delivery that the owner owns, and goes on owning. */
  boolean tryOut(Owner owner, Delivery delivery, Suspicion trial) {
    synchronized (tables) {
      if (!tables.deliveries.isOwned(delivery.site(), delivery.id(), owner)) {
        return false;
      }
      tables.deliveries.put(delivery, owner, trial);
      return true;
    }
  }

  private int setFree(Set<Owner> dead, UnaryOperator<Suspicion> changed) {
    if (dead.isEmpty()) {
      return 0;
    }
    List<DeliveryTable.Row> orphans =
        tables.deliveries.pending().stream()
            .flatMap(delivery -> tables.deliveries.find(delivery.site(), delivery.id()).stream())
            .filter(row -> row.owner() != null && dead.contains(row.owner()))
            .toList();
    orphans.forEach(
        row -> tables.deliveries.put(row.delivery(), null, changed.apply(row.suspicion())));
    return orphans.size();
  }

  @Override
  public Backlog backlog() {
    synchronized (tables) {
      NavigableSet<Delivery> pending = tables.deliveries.pending();
      return new Backlog(pending.size(), pending.isEmpty() ? null : pending.first().dueAt());
    }
  }

  @Override
  public void close() {}
}
