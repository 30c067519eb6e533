package dev.hookferry.internal.publish;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.query.DeliveryFinder;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.UnknownName;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One resend of an event to chosen endpoints, whether or not they received it before. */
public final class EventResend {
  /** Maximum number of endpoints per resend. */
  public static final int MAX = 500;

  private final CoreServices services;
  private final DeliveryFinder finder;
  private final Event event;
  private final SiteId site;
  private final List<EndpointId> chosen;
  private final Instant started;

  public EventResend(CoreServices services, Event event, List<EndpointId> chosen) {
    this.services = services;
    finder = new DeliveryFinder(services.store().log(), services.configHolder());
    this.event = event;
    site = event.site();
    this.chosen = List.copyOf(new LinkedHashSet<>(chosen));
    this.started = services.clock().instant();
  }

  public CompletableFuture<List<Delivery>> run() {
    check();
    Map<EndpointId, DeliveryId> known = new HashMap<>();
    finder.ofEvent(event).forEach(delivery -> known.put(delivery.endpoint(), delivery.id()));
    List<PendingResend> asked = new ArrayList<>();
    List<EndpointId> fresh = chosen.stream().filter(e -> !known.containsKey(e)).toList();
    if (!fresh.isEmpty()) {
      asked.add(new PendingResend(fresh, services.runtime().deliver(event, fresh)));
    }
    known.keySet().retainAll(chosen);
    known.forEach(
        (endpoint, delivery) ->
            asked.add(new PendingResend(List.of(endpoint), retry(endpoint, delivery))));
    return CompletableFuture.allOf(
            asked.stream().map(PendingResend::kind).toArray(CompletableFuture[]::new))
        .handleAsync((unused, failure) -> ended(asked, fresh, failure), services.blocking());
  }

  private CompletableFuture<Command.Kind> retry(EndpointId endpoint, DeliveryId delivery) {
    Endpoint known = services.configHolder().config().endpoints().get(endpoint);
    boolean ordered = known != null && known.order().isByKey();
    return services.runtime().retry(site, delivery, ordered ? event.options().orderingKey() : null);
  }

  /** A command in progress and the endpoints that it covers. */
  private record PendingResend(List<EndpointId> endpoints, CompletableFuture<Command.Kind> kind) {
    /** Returns whether it succeeded; an expired event may be deleted before the command runs. */
    boolean isDone() {
      return !kind.isCompletedExceptionally() && kind.join() != Command.Kind.NOT_FOUND && !waits();
    }

    /** Returns whether the delivery waits behind an earlier event of its ordering key. */
    boolean waits() {
      return !kind.isCompletedExceptionally() && kind.join() == Command.Kind.WAITING;
    }
  }

  /** Records the resend in the audit log, even if it succeeded only in part. */
  private List<Delivery> ended(
      List<PendingResend> asked, List<EndpointId> fresh, @Nullable Throwable failure) {
    Set<EndpointId> done =
        asked.stream()
            .filter(PendingResend::isDone)
            .flatMap(one -> one.endpoints().stream())
            .collect(Collectors.toSet());
    if (done.containsAll(chosen)) {
      note(done, fresh);
      return ofTheChosen();
    }
    RuntimeException cause = cause(asked, failure);
    if (!done.isEmpty()) {
      try {
        note(done, fresh);
      } catch (RuntimeException second) {
        cause.addSuppressed(second);
      }
    }
    throw cause;
  }

  private RuntimeException cause(List<PendingResend> asked, @Nullable Throwable failure) {
    if (failure == null && asked.stream().anyMatch(PendingResend::waits)) {
      return new ConflictException(
          event.id()
              + " waits behind an earlier event with its ordering key; retry or skip the earlier one first");
    }
    if (failure == null) {
      return new NotFoundException("event", event.id());
    }
    return failure.getCause() instanceof RuntimeException cause
        ? cause
        : new CompletionException(failure);
  }

  private void check() {
    Problems problems = new Problems();
    problems.require(
        !chosen.isEmpty() && chosen.size() <= MAX,
        "endpoints",
        "must name 1 to " + MAX + " endpoints");
    for (int i = 0; i < chosen.size(); i++) {
      Endpoint endpoint = services.configHolder().config().endpoints().get(chosen.get(i));
      String field = "endpoints[" + i + "]";
      if (endpoint == null || !endpoint.site().equals(site)) {
        String name = chosen.get(i).toString();
        UnknownName unknown = UnknownName.of(UnknownName.ENDPOINT, name);
        problems.add(new Problem(field, name + " is not an endpoint of this site", unknown));
      }
      if (endpoint != null) {
        endpoint
            .url()
            .problem(event.options().routing())
            .ifPresent(problem -> problems.add(field, "the event's routing " + problem));
      }
    }
    problems.throwIfAny();
    if (event.type().equals(EventType.TEST)) {
      throw new ConflictException(
          "a test event belongs to one endpoint and cannot be resent; send a new test instead");
    }
  }

  private void note(Set<EndpointId> done, List<EndpointId> fresh) {
    List<FieldChange> fields = new ArrayList<>();
    add(fields, "endpoints", chosen.stream().filter(done::contains).toList());
    add(fields, "firstTime", fresh.stream().filter(done::contains).toList());
    add(fields, "failed", chosen.stream().filter(endpoint -> !done.contains(endpoint)).toList());
    services
        .auditRecorder()
        .doneSince(started, AuditAction.EVENT_REPLAYED, site, event.id().value(), fields);
  }

  private static void add(List<FieldChange> fields, String name, List<EndpointId> endpoints) {
    if (!endpoints.isEmpty()) {
      String text = endpoints.stream().map(EndpointId::toString).collect(Collectors.joining(", "));
      fields.add(new FieldChange(name, null, text));
    }
  }

  private List<Delivery> ofTheChosen() {
    return finder.ofEvent(event).stream()
        .filter(delivery -> chosen.contains(delivery.endpoint()))
        .toList();
  }
}
