package dev.hookferry;

import dev.hookferry.catalog.EventTypeDefinition;
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
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.OptionsResolver;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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

  /** The options of events that repeat an accepted one, although they would be refused now. */
  private final Map<Integer, EventOptions> repeats = new HashMap<>();

  private int triesLeft = TRIES;
  private boolean onOwnThread;

  PublishCall(CoreServices services, SiteId site, @Nullable Executor replyExecutor) {
    this.services = services;
    this.site = site;
    this.replyExecutor = replyExecutor;
  }

  /**
   * Publishes with a configuration, or with a newer one if it is outdated. Does not keep the events
   * while they wait for their commit, because their payloads contain the data.
   */
  CompletableFuture<List<Receipt>> run(Config config, List<NewEvent> events) {
    if (!onOwnThread && services.process().schemas().takesLong(config, site, events)) {
      onOwnThread = true;
      return later(() -> config, events);
    }
    if (OptionsResolver.lacksSubjectKey(config.sites().get(site), events)) {
      return later(() -> OptionsResolver.withSubjectKey(services, site), events);
    }
    List<Made> made;
    CompletableFuture<List<Receipt>> reply = new CompletableFuture<>();
    try {
      made = made(config, events);
    } catch (RefusedException e) {
      boolean behind = services.configHolder().mayBeBehind();
      if (!behind && events.stream().noneMatch(event -> mayRepeat(config, event))) {
        throw e;
      }
      CompletableFuture<Config> upToDate =
          behind
              ? services.configHolder().upToDate().exceptionally(failure -> config)
              : CompletableFuture.completedFuture(config);
      var unused =
          upToDate
              .thenComposeAsync(
                  now -> isSame(config, now) ? refused(e, now, events) : run(now, events),
                  services.blocking())
              .whenComplete((receipts, failure) -> end(receipts, failure, reply));
      return reply;
    }
    List<Event> all = new ArrayList<>(made.size());
    made.forEach(one -> all.add(one.event()));
    CompletableFuture<List<Receipt>> published =
        services
            .runtime()
            .publish(site, all, config.version(), verdicts(config, made, events), replyExecutor);
    var unused =
        published.whenComplete((receipts, failure) -> done(made, receipts, failure, reply));
    return reply;
  }

  /** Publishes on one of Hookferry's own threads, after obtaining a configuration there. */
  private CompletableFuture<List<Receipt>> later(Supplier<Config> first, List<NewEvent> events) {
    CompletableFuture<List<Receipt>> reply = new CompletableFuture<>();
    var unused =
        CompletableFuture.completedFuture(events)
            .thenComposeAsync(same -> run(first.get(), same), services.blocking())
            .whenComplete((receipts, failure) -> end(receipts, failure, reply));
    return reply;
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

  private static boolean isSame(Config before, Config present) {
    return present.version() == before.version();
  }

  /** Whether endpoints or a schema could refuse this event although it was accepted. */
  private boolean mayRepeat(Config config, NewEvent event) {
    return (event.id() != null || event.idempotencyKey() != null)
        && (!event.to().isEmpty() || isChecked(config, event));
  }

  private boolean isChecked(Config config, NewEvent event) {
    EventTypeDefinition definition = config.typeInForce(site, event.type());
    return definition != null && definition.isChecked();
  }

  /**
   * Refuses the events, unless some of them repeat accepted ones: these get their receipts whatever
   * has happened to the endpoints and schemas since. Blocks.
   */
  private CompletableFuture<List<Receipt>> refused(
      RefusedException refusal, Config config, List<NewEvent> events) {
    Site present = config.sites().get(site);
    if (!(refusal instanceof InvalidException) || present == null || !repeats.isEmpty()) {
      return CompletableFuture.failedFuture(refusal);
    }
    OptionsResolver resolver = new OptionsResolver(services.cipher(), config, present);
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      boolean changed = !resolver.isAddressable(event) || isChecked(config, event);
      Event accepted = mayRepeat(config, event) && changed ? accepted(event) : null;
      if (accepted != null
          && accepted.idempotence() != null
          && accepted.idempotence().isOfSameContent(resolver.idempotence(event))) {
        repeats.put(i, accepted.options());
      }
    }
    return repeats.isEmpty() ? CompletableFuture.failedFuture(refusal) : run(config, events);
  }

  private @Nullable Event accepted(NewEvent event) {
    EventId id = event.id();
    String key = event.idempotencyKey();
    Event found = id == null ? null : services.store().log().event(site, id).orElse(null);
    return found == null && key != null
        ? services.store().log().eventByKey(site, key).orElse(null)
        : found;
  }

  private void done(
      List<Made> made,
      @Nullable List<Receipt> receipts,
      @Nullable Throwable failure,
      CompletableFuture<List<Receipt>> reply) {
    if (failure == null) {
      reply.complete(receipts);
    } else if (failure instanceof OutdatedConfigException && --triesLeft > 0) {
      var unused =
          services
              .configHolder()
              .upToDate()
              .thenComposeAsync(
                  now -> run(now, made.stream().map(Made::again).toList()), services.blocking())
              .whenComplete((more, again) -> end(more, again, reply));
    } else if (failure instanceof OutdatedConfigException) {
      reply.completeExceptionally(OverloadedException.soon("the configuration keeps changing"));
    } else {
      reply.completeExceptionally(failure);
    }
  }

  private static void end(
      @Nullable List<Receipt> receipts,
      @Nullable Throwable failure,
      CompletableFuture<List<Receipt>> reply) {
    if (failure == null) {
      reply.complete(receipts);
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    reply.completeExceptionally(refusal(cause == null ? failure : cause));
  }

  private static Throwable refusal(Throwable cause) {
    if (cause instanceof RejectedExecutionException) {
      return OverloadedException.soon("the server has stopped");
    }
    if (cause instanceof StoreException) {
      OverloadedException refusal = OverloadedException.soon("the store does not respond");
      refusal.initCause(cause);
      return refusal;
    }
    return cause;
  }

  private List<Made> made(Config config, List<NewEvent> events) {
    services.requireKey(config);
    Site present = ConfigHolder.site(config, site);
    Problems problems = new Problems();
    Instant now = services.clock().instant();
    OptionsResolver options = new OptionsResolver(services.cipher(), config, present);
    List<Made> all = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      EventOptions accepted = repeats.get(i);
      String field = events.size() == 1 ? "" : "[" + i + "]";
      Event made = problems.collect(field, () -> made(config, options, event, now, accepted));
      if (made != null) {
        all.add(Made.of(made, event));
      }
    }
    problems.throwIfAny();
    return all;
  }

  private Event made(
      Config config,
      OptionsResolver resolver,
      NewEvent event,
      Instant now,
      @Nullable EventOptions accepted) {
    Site present = ConfigHolder.site(config, site);
    EventType type = event.type();
    if (!present.settings().catalog().accepts(type)) {
      throw InvalidException.of("type", present.settings().catalog().unknownTypeMessage(type));
    }
    if (event.data().size() > Events.MAX_DATA) {
      throw InvalidException.of("data", "must be at most " + Events.MAX_DATA + " bytes");
    }
    Instant at = event.time(now).truncatedTo(ChronoUnit.MILLIS);
    Envelope envelope = present.settings().envelope();
    Payload payload = envelope.wrap(type, at, event.data());
    EventId id = event.id() == null ? EventId.of(services.ids().next(now)) : event.id();
    EventOptions options =
        accepted == null ? completed(config, event, resolver.resolve(event, now)) : accepted;
    if (envelope.style() == Envelope.Style.RAW && Envelope.looksWrapped(type, at, payload)) {
      options = options.asUnwrapped();
    }
    return new Event(
        id, present.id(), type, at, now, payload, resolver.idempotence(event), options);
  }

  /** Checks the data of a new event by its schema, and takes out the values to search by. */
  private EventOptions completed(Config config, NewEvent event, EventOptions options) {
    String violation = services.process().schemas().check(config, site, event.type(), event.data());
    EventOptions checked = violation == null ? options : options.withSchemaProblem(violation);
    return checked.withSearchFields(
        ConfigHolder.site(config, site).settings().searchFields().valuesOf(event.data()));
  }
}
