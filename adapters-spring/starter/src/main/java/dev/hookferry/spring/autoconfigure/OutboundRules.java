package dev.hookferry.spring.autoconfigure;

import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboundProperties;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes the outbound policy from the properties. */
final class OutboundRules {
  private OutboundRules() {}

  static OutboundPolicy policy(OutboundProperties rules) {
    OutboundPolicy policy = OutboundPolicy.strict().allowingPorts(rules.allowPorts());
    policy =
        policy.allowingNetworks(
            checked(
                "allow-networks",
                rules.allowNetworks(),
                () -> rules.allowNetworks().stream().map(Network::parse).toList()));
    policy = withHttp(policy, rules.allowHttp());
    return rules.allowPublic() ? policy : policy.withoutInternet();
  }

  private static OutboundPolicy withHttp(OutboundPolicy policy, List<String> targets) {
    if (targets.equals(List.of("true"))) {
      return policy.allowingHttp();
    }
    if (targets.isEmpty() || targets.equals(List.of("false"))) {
      return policy;
    }
    return checked("allow-http", targets, () -> policy.allowingHttpTo(targets));
  }

  private static <T> T checked(String name, Object value, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (RefusedException e) {
      throw new InvalidConfigurationPropertyValueException(
          "hookferry.outbound." + name, value, e.getMessage());
    }
  }
}
