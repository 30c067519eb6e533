package dev.hookferry.internal;

import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.observe.EgressState;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  /** Time limit for resolving all host names; transports give up slightly earlier. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final OutboundPolicy policy;
  private final Transport transport;

  public TargetChecker(Transport transport) {
    this.policy = transport.policy();
    this.transport = transport;
  }

  /**
   * Checks the URLs that a request sets. Blocks like {@link #check(Collection)}.
   *
   * @param shown the endpoint before the change, or null for a new one; its URL, if unchanged, is
   *     checked only if it becomes a customer's
   */
  public CheckedTargets check(EndpointSpec requested, @Nullable Endpoint shown) {
    Map<String, Boolean> strict = new LinkedHashMap<>();
    AuthSpec auth = requested.values().get(EndpointFields.AUTH);
    String tokenUrl = auth == null ? null : auth.values().get(AuthFields.TOKEN_URL);
    if (tokenUrl != null) {
      strict.put(tokenUrl, false);
    }
    String current = shown == null ? null : shown.url().text();
    String url = EndpointWriter.url(requested.values(), shown);
    boolean isStrict = Party.CUSTOMER.code().equals(requested.values().get(Ownership.URL_FROM));
    if (url != null && (isStrict || !url.equals(current))) {
      strict.put(url, isStrict);
    }
    return check(strict);
  }

  /**
   * Checks all URLs in parallel. Blocks while names are resolved, so do not call it with a lock
   * held.
   */
  public CheckedTargets check(Collection<String> urls) {
    Map<String, Boolean> strict = new LinkedHashMap<>();
    urls.forEach(url -> strict.put(url, false));
    return check(strict);
  }

  /** Checks URLs, each mapped to whether the operator's exceptions are ignored for it. */
  private CheckedTargets check(Map<String, Boolean> urls) {
    Map<String, CompletableFuture<Boolean>> lookups = new HashMap<>();
    for (Map.Entry<String, Boolean> entry : urls.entrySet()) {
      String text = entry.getKey();
      boolean strict = entry.getValue();
      TargetUrl url;
      try {
        TargetUrl registered = CheckedTargets.parse(policy.forTarget(strict), text);
        url = registered.expand(registered.samples());
      } catch (InvalidException e) {
        // The form is checked again where the URL is used, which reports the problem.
        continue;
      }
      if (url.literal().isEmpty()) {
        lookups.put(text, transport.judge(url, strict).toCompletableFuture());
      }
    }
    await(lookups.values());
    CheckedTargets judged = new CheckedTargets(policy);
    lookups.forEach(judged::put);
    return judged;
  }

  /**
   * Checks that an egress can be used; null always can.
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

  /** Returns the egresses with their current states. */
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
