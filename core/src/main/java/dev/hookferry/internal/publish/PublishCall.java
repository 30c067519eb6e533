package dev.hookferry.internal.publish;

import dev.hookferry.engine.intake.OutdatedConfigException;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to publish: decides which configuration its events are built and routed with, and on
 * which thread. It starts with the configuration in this node's memory. If the store reports that
 * this is outdated, or if the events would be refused because of it, the node refreshes it, and the
 * events are built and routed again.
 */
public final class PublishCall {
  private static final int TRIES = 100;

  private final CoreServices services;
  private final SiteId site;
  private final @Nullable Executor replyExecutor;
  private final EventFactory factory;
  private int triesLeft = TRIES;
  private boolean onOwnThread;

  public PublishCall(CoreServices services, SiteId site, @Nullable Executor replyExecutor) {
    this.services = services;
    this.site = site;
    this.replyExecutor = replyExecutor;
    factory = new EventFactory(services, site);
  }

  /**
   * Publishes with this configuration, or with a newer one if it is outdated. Does not hold on to
   * the submitted events until the commit, because the payloads contain their data.
   */
  public CompletableFuture<List<Receipt>> run(Config config, List<NewEvent> events) {
    if (!onOwnThread && services.process().schemas().takesLong(config, site, events)) {
      onOwnThread = true;
      return later(() -> config, events);
    }
    if (OptionsResolver.lacksSubjectKey(config.sites().get(site), events)) {
      return later(() -> OptionsResolver.withSubjectKey(services, site), events);
    }
    List<EventFactory.BuiltEvent> built;
    CompletableFuture<List<Receipt>> reply = new CompletableFuture<>();
    try {
      built = factory.build(config, events);
    } catch (RefusedException e) {
      boolean behind = services.configHolder().mayBeBehind();
      if (!behind && !factory.mayRepeat(config, events)) {
        throw factory.counted(e);
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
    List<Event> all = new ArrayList<>(built.size());
    built.forEach(one -> all.add(one.event()));
    // Evaluates filters here to keep this work off the single engine thread.
    List<@Nullable FilterVerdict> verdicts =
        services.process().filters().verdicts(config, all, events);
    CompletableFuture<List<Receipt>> published =
        services.runtime().publish(site, all, config.version(), verdicts, replyExecutor);
    var unused =
        published.whenComplete((receipts, failure) -> done(built, receipts, failure, reply));
    return reply;
  }

  /** Publishes on one of Hookferry's own threads, which also obtains the configuration. */
  private CompletableFuture<List<Receipt>> later(Supplier<Config> first, List<NewEvent> events) {
    CompletableFuture<List<Receipt>> reply = new CompletableFuture<>();
    var unused =
        CompletableFuture.completedFuture(events)
            .thenComposeAsync(same -> run(first.get(), same), services.blocking())
            .whenComplete((receipts, failure) -> end(receipts, failure, reply));
    return reply;
  }

  private static boolean isSame(Config before, Config current) {
    return current.version() == before.version();
  }

  /**
   * Refuses the events, unless some repeat accepted ones: repeats get their receipts even if
   * endpoints or schemas have changed since. Blocks.
   */
  private CompletableFuture<List<Receipt>> refused(
      RefusedException refusal, Config config, List<NewEvent> events) {
    if (refusal instanceof InvalidException && factory.findRepeats(config, events)) {
      return run(config, events);
    }
    return CompletableFuture.failedFuture(factory.counted(refusal));
  }

  private void done(
      List<EventFactory.BuiltEvent> built,
      @Nullable List<Receipt> receipts,
      @Nullable Throwable failure,
      CompletableFuture<List<Receipt>> reply) {
    if (failure == null) {
      EventFactory.countAccepted(built, Objects.requireNonNull(receipts, "receipts"));
      reply.complete(receipts);
    } else if (failure instanceof OutdatedConfigException outdated && --triesLeft > 0) {
      var unused =
          services
              .configHolder()
              .atLeast(outdated.version())
              .thenComposeAsync(
                  now -> run(now, built.stream().map(EventFactory.BuiltEvent::again).toList()),
                  services.blocking())
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
}
