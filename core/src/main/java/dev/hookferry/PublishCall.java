package dev.hookferry;

import dev.hookferry.engine.intake.OutdatedConfigException;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.OptionsResolver;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call to publish. It uses the configuration in this node's memory. If the store reports that
 * it is outdated, or if it would be the reason for a refusal, the node refreshes it, and the events
 * are validated and routed again.
 */
final class PublishCall {
  private static final int TRIES = 20;

  private final CoreServices services;
  private final SiteId site;
  private final @Nullable Executor replyExecutor;
  private int left = TRIES;

  PublishCall(CoreServices parts, SiteId site, @Nullable Executor answering) {
    this.services = parts;
    this.site = site;
    this.replyExecutor = answering;
  }

  /**
   * Publishes with a configuration, or with a newer one if it is outdated. Does not keep the events
   * while they wait for their commit, because their payloads contain the data.
   */
  CompletableFuture<List<Receipt>> run(Config config, List<NewEvent> events) {
    if (OptionsResolver.lacksSubjectKey(config.sites().get(site), events)) {
      return withSubjectKey(events);
    }
    List<Made> made;
    CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    try {
      made = made(config, events);
    } catch (RefusedException e) {
      if (!services.configHolder().mayBeBehind()) {
        throw e;
      }
      var unused =
          services
              .configHolder()
              .upToDate()
              .exceptionally(failure -> config)
              .thenComposeAsync(
                  now -> isSame(config, now) ? refused(e) : run(now, events), services.blocking())
              .whenComplete((receipts, failure) -> end(receipts, failure, answer));
      return answer;
    }
    List<Event> all = new ArrayList<>(made.size());
    made.forEach(one -> all.add(one.event()));
    CompletableFuture<List<Receipt>> published =
        services
            .runtime()
            .publish(site, all, config.version(), verdicts(config, made, events), replyExecutor);
    var unused =
        published.whenComplete((receipts, failure) -> done(made, receipts, failure, answer));
    return answer;
  }

  /** Publishes once the site has a key for subjects, which happens once in its life. */
  private CompletableFuture<List<Receipt>> withSubjectKey(List<NewEvent> events) {
    CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    var unused =
        CompletableFuture.supplyAsync(
                () -> OptionsResolver.withSubjectKey(services, site), services.blocking())
            .thenCompose(config -> run(config, events))
            .whenComplete((receipts, failure) -> end(receipts, failure, answer));
    return answer;
  }

  /** Evaluates the filters of the endpoints here, so that the engine's one thread need not. */
  private List<@Nullable FilterVerdict> verdicts(
      Config config, List<Made> made, List<NewEvent> events) {
    List<@Nullable FilterVerdict> verdicts = List.of();
    for (int i = 0; i < events.size(); i++) {
      FilterSet filters = services.process().filters().of(config, made.get(i).event());
      if (filters != null) {
        verdicts = verdicts.isEmpty() ? new ArrayList<>(nulls(events.size())) : verdicts;
        verdicts.set(i, filters.evaluate(events.get(i).data()));
      }
    }
    return verdicts;
  }

  private static List<@Nullable FilterVerdict> nulls(int size) {
    return Collections.nCopies(size, null);
  }

  /**
   * An event that can be made again by another configuration.
   *
   * @param bare the submitted event without its data
   * @param size the size of its data in bytes
   */
  private record Made(Event event, NewEvent bare, int size) {
    static Made of(Event event, NewEvent from) {
      return new Made(event, from.data(Payload.empty()), from.data().size());
    }

    NewEvent again() {
      return bare.data(Envelope.dataOf(event.payload(), size));
    }
  }

  /** While the store is unavailable, the configuration in memory decides. */
  private static boolean isSame(Config before, Config present) {
    return present.version() == before.version();
  }

  private static CompletableFuture<List<Receipt>> refused(RefusedException refusal) {
    return CompletableFuture.failedFuture(refusal);
  }

  private void done(
      List<Made> made,
      @Nullable List<Receipt> receipts,
      @Nullable Throwable failure,
      CompletableFuture<List<Receipt>> answer) {
    if (failure == null) {
      answer.complete(receipts);
    } else if (failure instanceof OutdatedConfigException && --left > 0) {
      var unused =
          services
              .configHolder()
              .upToDate()
              .thenComposeAsync(
                  now -> run(now, made.stream().map(Made::again).toList()), services.blocking())
              .whenComplete((more, again) -> end(more, again, answer));
    } else if (failure instanceof OutdatedConfigException) {
      answer.completeExceptionally(
          new OverloadedException(
              "the configuration is being changed all the time", Duration.ofSeconds(1)));
    } else {
      answer.completeExceptionally(failure);
    }
  }

  private static void end(
      @Nullable List<Receipt> receipts,
      @Nullable Throwable failure,
      CompletableFuture<List<Receipt>> answer) {
    if (failure == null) {
      answer.complete(receipts);
      return;
    }
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    Throwable cause = wrapped ? failure.getCause() : failure;
    answer.completeExceptionally(
        cause instanceof StoreException store ? unavailable(store) : cause);
  }

  private static OverloadedException unavailable(StoreException cause) {
    OverloadedException refusal =
        new OverloadedException("the store does not answer", Duration.ofSeconds(1));
    refusal.initCause(cause);
    return refusal;
  }

  private List<Made> made(Config config, List<NewEvent> events) {
    services.requireKey(config);
    Site present = Sites.require(config, site);
    Problems problems = new Problems();
    Instant now = services.clock().instant();
    OptionsResolver options = new OptionsResolver(services.cipher(), config, present);
    List<Made> all = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      String field = events.size() == 1 ? "" : "[" + i + "]";
      Event made = problems.collect(field, () -> made(options, present, event, now));
      if (made != null) {
        all.add(Made.of(made, event));
      }
    }
    problems.throwIfAny();
    return all;
  }

  private Event made(OptionsResolver resolver, Site present, NewEvent event, Instant now) {
    EventType type = event.type();
    if (!present.settings().catalog().contains(type)) {
      throw InvalidException.of("type", present.settings().catalog().unknownTypeMessage(type));
    }
    if (event.data().size() > Events.MAX_DATA) {
      throw InvalidException.of("data", "must have " + Events.MAX_DATA + " bytes at most");
    }
    Instant occurredAt = event.occurredAt();
    Instant at = occurredAt == null ? now : occurredAt.truncatedTo(ChronoUnit.MILLIS);
    Payload payload = present.settings().envelope().wrap(type, at, event.data());
    EventId id = event.id() == null ? EventId.of(services.ids().next(now)) : event.id();
    EventOptions options = resolver.resolve(event, now);
    return new Event(id, present.id(), type, at, now, payload, event.idempotence(options), options);
  }
}
