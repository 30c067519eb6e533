package org.example.store;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The deliveries of a ledger. Owners are kept in memory only: those of an earlier process are gone,
 * and this process cannot evict itself, so an owner lives from its registration until it retires.
 */
final class LedgerDeliveries implements DeliveryStore {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Set<Owner> alive = ConcurrentHashMap.newKeySet();

  LedgerDeliveries(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Owner register(Node node) {
    Owner owner = new Owner(UUID.randomUUID());
    alive.add(owner);
    return owner;
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    return new Heartbeat(alive.contains(owner), clock.instant(), 0, 1);
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    return ledger.change(
        change -> {
          Owner living = alive.contains(owner) ? owner : null;
          Publisher publisher = new Publisher(change, living);
          List<CommitResult.Published> published =
              batch.publications().stream().map(publisher::publish).toList();
          Set<DeliveryId> refused = new LinkedHashSet<>();
          for (AttemptResult result : batch.results()) {
            if (!record(change, owner, result)) {
              refused.add(result.delivery().id());
            }
          }
          for (HandBack handBack : batch.handBacks()) {
            if (!handBack(change, owner, handBack)) {
              refused.add(handBack.delivery());
            }
          }
          CommandRunner commands = new CommandRunner(change);
          List<Command.Reply> replies =
              batch.commands().stream().map(command -> command.fold(commands)).toList();
          return new CommitResult(published, refused, replies);
        });
  }

  private static boolean record(Ledger.Change change, Owner owner, AttemptResult result) {
    Delivery delivery = result.delivery();
    if (owned(change, owner, delivery.site(), delivery.id()).isEmpty()) {
      return false;
    }
    change.add(new Fact.DeliveryChanged(delivery, null, result.suspicion()));
    if (result.attempt() != null) {
      change.add(new Fact.AttemptMade(result.attempt()));
    }
    return true;
  }

  private static boolean handBack(Ledger.Change change, Owner owner, HandBack handBack) {
    Optional<DeliveryIndex.Row> row = owned(change, owner, handBack.site(), handBack.delivery());
    row.ifPresent(r -> change.add(new Fact.DeliveryChanged(r.delivery(), null, r.suspicion())));
    return row.isPresent();
  }

  private static Optional<DeliveryIndex.Row> owned(
      Ledger.Change change, Owner owner, SiteId site, DeliveryId id) {
    return change.tables().deliveries().find(site, id).filter(row -> owner.equals(row.owner()));
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest request) {
    return ledger.change(
        change -> {
          DueClaim claim = new DueClaim(change, request);
          List<ClaimResult.Work> work = alive.contains(owner) ? claim.take(owner) : List.of();
          return new ClaimResult(work, claim.nextDue());
        });
  }

  @Override
  public List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    return ledger.read(tables -> tables.deliveries().orphans(known));
  }

  @Override
  public void retire(Owner owner) {
    ledger.change(
        change -> {
          alive.remove(owner);
          DeliveryIndex deliveries = change.tables().deliveries();
          for (Delivery delivery : List.copyOf(deliveries.pending())) {
            boolean unused = handBack(change, owner, new HandBack(delivery.site(), delivery.id()));
          }
          return null;
        });
  }

  @Override
  public Backlog backlog(Predicate<EndpointId> isActive) {
    return ledger.read(
        tables -> {
          NavigableSet<Delivery> pending = tables.deliveries().pending();
          Instant oldest =
              pending.stream()
                  .filter(delivery -> delivery.state() == DeliveryState.PENDING)
                  .filter(delivery -> isActive.test(delivery.endpoint()))
                  .findFirst()
                  .map(Delivery::dueAt)
                  .orElse(null);
          return new Backlog(pending.size(), oldest);
        });
  }

  @Override
  public void close() {
    ledger.close();
  }
}
