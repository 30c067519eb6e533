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

/** What was found out about URLs that somebody wants to register. */
public final class CheckedTargets {
  private final OutboundPolicy policy;
  private final Map<String, InvalidException> refused = new HashMap<>();
  private final Set<String> unresolved = new HashSet<>();

  CheckedTargets(OutboundPolicy policy) {
    this.policy = policy;
  }

  /** Notes what came of resolving the name of a URL; what has not ended counts as unresolved. */
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
   * A URL that may be called, as far as is known now; one whose name does not resolve is.
   *
   * @throws InvalidException for the field {@code url} if it may not be called
   */
  TargetUrl url(String text) {
    TargetUrl url = parse(policy, text);
    InvalidException refusal = refused.get(text);
    if (refusal != null) {
      throw refusal;
    }
    return url;
  }

  /** Whether the name of this URL could not be resolved. */
  public boolean isUnresolved(String text) {
    return unresolved.contains(text);
  }

  /** A URL that is right in itself. */
  static TargetUrl parse(OutboundPolicy policy, String text) {
    TargetUrl url = TargetUrl.parse(text);
    policy.check(url);
    return url;
  }
}
