package dev.hookferry.contract.store.model;

import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimRequest.Room;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs steps on a store and its model. */
public final class RandomWalk {
  private static final EventOptions OPTIONS =
      new EventOptions(
              Map.of("region", "é\"\\"),
              List.of(),
              Samples.START.plusSeconds(60),
              "key",
              Map.of("tenant", "a/b"),
              null,
              false)
          .withSearchFields(Map.of("ActivationKey", "é\"\\"));

  private final StoreAndModel stores;
  private final boolean purges;
  private final Samples samples = new Samples(1);
  private final List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(3).toList();
  private final List<Delivery> known = new ArrayList<>();

  private final List<Event> events = new ArrayList<>();

  /** Due times that are given already: of two equal ones a store may choose either. */
  private final Set<Instant> taken = new HashSet<>();

  /** Two that live and one that does not. */
  private final List<StoreAndModel.Pair> owners = new ArrayList<>();

  public RandomWalk(StoreAndModel stores, boolean purges) {
    this.stores = stores;
    this.purges = purges;
    Stream.generate(stores::register).limit(3).forEach(owners::add);
    stores.retire(owners.get(2));
  }

  public void go(WalkStep step) {
    samples.pass(Duration.ofMillis(1));
    if (step instanceof WalkStep.Commit commit) {
      stores.commit(owners.get(commit.owner()), batch(commit.parts()));
    } else if (step instanceof WalkStep.ClaimSome claim) {
      EndpointId endpoint = endpoints.get(claim.endpoint());
      Room room = Room.of(Map.of(endpoint, claim.limit() + 1));
      claim(claim.owner(), room, claim.limit(), claim.dueIn());
    } else if (step instanceof WalkStep.ClaimAll claim) {
      Map<EndpointId, Integer> room = new HashMap<>();
      endpoints.forEach(endpoint -> room.put(endpoint, 100_000));
      Room named = Room.of(room);
      Room all = claim.dueIn() % 2 == 0 ? named : Room.computed(named::of);
      claim(claim.owner(), all, 100_000, claim.dueIn());
    } else if (step instanceof WalkStep.Replace replace) {
      stores.retire(owners.get(replace.owner()));
      owners.set(2, owners.set(replace.owner(), stores.register()));
    } else if (step instanceof WalkStep.Reopen) {
      stores.reopen(owners);
      owners.replaceAll(before -> stores.register());
      stores.retire(owners.get(2));
      stores.compare();
    } else if (step instanceof WalkStep.Purge purge && purges) {
      stores.purge(samples.now().minusMillis(purge.ago()));
    }
  }

  /** Lets everything be free and be given out once more, and compares all. */
  public void arrive() {
    stores.compare();
    go(new WalkStep.Replace(0));
    go(new WalkStep.Replace(1));
    go(new WalkStep.ClaimAll(0, 1_000_000));
    stores.compare();
  }

  private void claim(int owner, Room room, int limit, int dueIn) {
    Instant dueBy = samples.now().plusMillis(dueIn - 100L);
    stores.claim(owners.get(owner), new ClaimRequest(room, limit, Long.MAX_VALUE, dueBy));
  }

  private Batch batch(List<WalkStep.Part> parts) {
    List<PublishEntry> publications = new ArrayList<>();
    List<AttemptResult> results = new ArrayList<>();
    List<HandBack> handBacks = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    Set<DeliveryId> ended = new HashSet<>();
    for (WalkStep.Part part : parts) {
      if (part instanceof WalkStep.Publish publish) {
        publications.add(publication(publish));
      } else if (part instanceof WalkStep.Readdress readdress && !events.isEmpty()) {
        commands.add(deliver(readdress));
      } else if (part instanceof WalkStep.Abandon abandon) {
        SiteId site = SampleHistory.SITES.get(abandon.site());
        EndpointId endpoint = endpoints.get(abandon.endpoint());
        commands.add(new Command.Abandon(site, endpoint, tick(), 100_000));
      } else if (!known.isEmpty()) {
        if (part instanceof WalkStep.Finish finish && ended.add(pick(finish.delivery()).id())) {
          results.add(result(pick(finish.delivery()), finish.fate()));
        } else if (part instanceof WalkStep.GiveBack back
            && ended.add(pick(back.delivery()).id())) {
          Delivery delivery = pick(back.delivery());
          handBacks.add(new HandBack(delivery.site(), delivery.id()));
        } else if (part instanceof WalkStep.Ask ask) {
          commands.add(command(ask));
        }
      }
    }
    return new Batch(publications, results, handBacks, commands);
  }

  /** Of what is known the latest are picked most: the others are settled already. */
  private Delivery pick(int number) {
    int size = known.size();
    int recent = number % 4 == 0 ? number / 4 % size : size - 1 - number / 4 % Math.min(size, 6);
    Delivery delivery = known.get(recent);
    return stores.shown(delivery.site(), delivery);
  }

  private PublishEntry publication(WalkStep.Publish publish) {
    SiteId site = SampleHistory.SITES.get(publish.site());
    return new PublishEntry(publish.events().stream().map(asked -> entry(site, asked)).toList());
  }

  private PublishEntry.Entry entry(SiteId site, WalkStep.NewEvent asked) {
    Event event = event(site, asked);
    events.add(event);
    List<PublishEntry.Queued> queued = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      if ((asked.endpoints() & 1 << i) != 0) {
        Delivery delivery = samples.delivery(event, endpoints.get(i)).inOrder(key(i, event));
        known.add(delivery);
        boolean owned = asked.owned() && delivery.orderingKey() == null;
        queued.add(new PublishEntry.Queued(delivery, owned));
      }
    }
    return new PublishEntry.Entry(event, queued);
  }

  private Event event(SiteId site, WalkStep.NewEvent asked) {
    String content = "{\"content\":" + asked.content() + "}";
    while (!taken.add(samples.now().plusMillis(1))) {
      samples.pass(Duration.ofMillis(1));
    }
    Event event =
        switch (asked.name()) {
          case 0 -> samples.event();
          case 1 -> samples.repeatable("id-1", null, content);
          case 2 -> samples.repeatable(null, "key-2", content);
          default -> samples.repeatable("id-" + asked.name(), "key-" + asked.name(), content);
        };
    return new Event(
        event.id(),
        site,
        event.type(),
        event.occurredAt(),
        event.acceptedAt(),
        event.payload(),
        event.idempotence(),
        asked.content() % 2 == 0 ? EventOptions.NONE : OPTIONS);
  }

  /** Only the first endpoint has an order. */
  private static @Nullable String key(int endpoint, Event event) {
    return endpoint == 0 ? event.options().orderingKey() : null;
  }

  private AttemptResult result(Delivery delivery, int fate) {
    if (delivery.state() == DeliveryState.WAITING || delivery.state() == DeliveryState.BLOCKED) {
      return new AttemptResult(delivery.cancelled(tick()), null);
    }
    if (delivery.state().isFinal()) {
      return new AttemptResult(delivery.revived(tick()), null);
    }
    Attempt attempt = samples.attempt(delivery, fate == 0 ? samples.success() : samples.failure());
    return switch (fate) {
      case 0 -> new AttemptResult(delivery.delivered(tick()), attempt);
      case 1 -> new AttemptResult(delivery.exhausted(tick()), attempt);
      case 2 -> new AttemptResult(delivery.retryAt(due(100)), attempt);
      case 3 -> new AttemptResult(delivery.postponed(due(50)), null);
      case 4 ->
          delivery.orderingKey() == null
              ? new AttemptResult(delivery.poisoned(tick()), attempt)
              : new AttemptResult(delivery.blocked(tick()), attempt);
      default -> new AttemptResult(delivery.cancelled(tick()), null);
    };
  }

  private Command command(WalkStep.Ask ask) {
    Delivery delivery = pick(ask.delivery());
    SiteId site =
        ask.otherSite()
            ? SampleHistory.SITES.get(1 - SampleHistory.SITES.indexOf(delivery.site()))
            : delivery.site();
    boolean ordered = delivery.endpoint().equals(endpoints.get(0));
    return switch (ask.what()) {
      case RETRY -> new Command.Retry(site, delivery.id(), tick(), ordered ? "key" : null);
      case CANCEL -> new Command.Cancel(site, delivery.id(), tick());
      case SKIP -> new Command.Skip(site, delivery.id(), tick());
    };
  }

  private Command deliver(WalkStep.Readdress readdress) {
    Event event = events.get(events.size() - 1 - readdress.event() % Math.min(events.size(), 8));
    List<Delivery> fresh = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      if ((readdress.endpoints() & 1 << i) != 0) {
        DeliveryId id = samples.pastDeliveryId(event);
        Delivery delivery = Delivery.of(id, event, endpoints.get(i)).revived(tick());
        fresh.add(delivery.inOrder(key(i, event)));
      }
    }
    known.addAll(fresh);
    return new Command.Deliver(fresh);
  }

  private Instant tick() {
    samples.pass(Duration.ofMillis(1));
    while (!taken.add(samples.now())) {
      samples.pass(Duration.ofMillis(1));
    }
    return samples.now();
  }

  private Instant due(int inMillis) {
    Instant due = samples.now().plusMillis(inMillis);
    while (!taken.add(due)) {
      due = due.plusMillis(1);
    }
    return due;
  }
}
