package dev.hookferry.internal;

import dev.hookferry.observe.EgressState;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks URLs before their registration: their form, literal addresses, and the addresses that host
 * names resolve to. Thread-safe.
 */
public final class TargetChecker {
  /** Time limit for all names together; transports give up slightly earlier. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final OutboundPolicy policy;
  private final Transport transport;

  public TargetChecker(Transport transport) {
    this.policy = transport.policy();
    this.transport = transport;
  }

  /**
   * Checks all URLs in parallel. Blocks while names are resolved, so do not call it with a lock
   * held.
   */
  public CheckedTargets check(Collection<String> urls) {
    Map<String, CompletableFuture<Boolean>> asked = new HashMap<>();
    for (String text : urls) {
      TargetUrl url;
      try {
        TargetUrl registered = CheckedTargets.parse(policy, text);
        url = registered.expand(registered.samples());
      } catch (InvalidException e) {
        // The form is checked again, and its problem reported, where the URL is used.
        continue;
      }
      if (url.literal().isEmpty()) {
        asked.computeIfAbsent(text, t -> transport.judge(url).toCompletableFuture());
      }
    }
    await(asked.values());
    CheckedTargets judged = new CheckedTargets(policy);
    asked.forEach(judged::put);
    return judged;
  }

  /**
   * Checks that an egress can be chosen; null can.
   *
   * @throws InvalidException for the field {@code egress} if it cannot
   */
  void requireEgress(@Nullable String name) {
    if (name != null) {
      transport
          .egresses()
          .problem(name)
          .ifPresent(
              why -> {
                throw InvalidException.of("egress", why);
              });
    }
  }

  /** Returns the ways that connections leave by, with their present states. */
  public List<EgressState> egresses() {
    return transport.egresses().all();
  }

  private static void await(Collection<CompletableFuture<Boolean>> all) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Failures are handled per URL.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
