package dev.hookferry.internal;

import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Results of checking URLs before their registration. */
public final class CheckedTargets {
  private final OutboundPolicy policy;
  private final Map<String, InvalidException> refused = new HashMap<>();
  private final Set<String> unresolved = new HashSet<>();

  CheckedTargets(OutboundPolicy policy) {
    this.policy = policy;
  }

  /**
   * Records the outcome of a host name lookup; a lookup that failed or is unfinished counts as
   * unresolved.
   */
  void put(String text, CompletableFuture<Boolean> verdict) {
    try {
      if (!verdict.getNow(false)) {
        unresolved.add(text);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidException refusal) {
        refused.put(text, refusal);
      } else {
        unresolved.add(text);
      }
    }
  }

  /**
   * Returns the parsed URL unless it is blocked; an unresolved host name is accepted.
   *
   * @param strict whether to ignore the operator's exceptions, as for a customer's URL
   * @throws InvalidException for the field {@code url} if it is blocked
   */
  TargetUrl url(String text, boolean strict) {
    TargetUrl url = parse(policy.forTarget(strict), text);
    InvalidException refusal = refused.get(text);
    if (refusal != null) {
      throw refusal;
    }
    return url;
  }

  /** Returns whether the host name of this URL could not be resolved. */
  public boolean isUnresolved(String text) {
    return unresolved.contains(text);
  }

  /** Parses a URL and checks everything that needs no name resolution. */
  static TargetUrl parse(OutboundPolicy policy, String text) {
    TargetUrl url = TargetUrl.template(text);
    policy.check(url);
    return url;
  }
}
