package dev.hookferry.app.config;

import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.InvalidException;
import java.util.List;

/**
 * Targets that webhooks may call over plain HTTP.
 *
 * @param everywhere whether all targets are allowed
 * @param targets otherwise, the hosts and networks allowed
 */
public record HttpTargets(boolean everywhere, List<String> targets) {
  public static final ValueKind<HttpTargets> FORM =
      new ValueKind<>(
          "TARGET",
          "true, or a list of hosts such as crm.example.com and networks such as 10.20.0.0/16",
          ValueKind.Kind.LIST_OR_SWITCH,
          HttpTargets::read);

  public HttpTargets {
    targets = List.copyOf(targets);
  }

  /** Returns the policy with plain HTTP allowed to these targets. */
  OutboundPolicy open(OutboundPolicy policy) {
    return everywhere ? policy.allowingHttp() : policy.allowingHttpTo(targets);
  }

  private static HttpTargets read(List<String> texts) {
    if (texts.contains("true") || texts.contains("false")) {
      ValueKind.require(texts.size() == 1);
      return new HttpTargets(texts.contains("true"), List.of());
    }
    try {
      var unused = OutboundPolicy.strict().allowingHttpTo(texts);
    } catch (InvalidException e) {
      if (texts.stream().anyMatch(text -> text.contains("/"))) {
        throw e;
      }
      // The message about an invalid host does not say that true is allowed as well.
      throw new IllegalArgumentException(e);
    }
    return new HttpTargets(false, texts);
  }
}
