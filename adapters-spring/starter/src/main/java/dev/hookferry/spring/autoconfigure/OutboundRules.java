package dev.hookferry.spring.autoconfigure;

import dev.hookferry.http.client.Egress;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.spring.autoconfigure.HookferryProperties.EgressProperties;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboundProperties;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Builds the outbound policy and the options of the transport from the properties. */
final class OutboundRules {
  private OutboundRules() {}

  /** Returns the options of the transport. */
  static HttpTransportOptions options(OutboundProperties rules) {
    HttpTransportOptions options = HttpTransportOptions.of(policy(rules));
    for (EgressProperties egress : rules.egresses()) {
      HttpTransportOptions before = options;
      options = checked("egresses", egress, () -> before.withEgress(egress(egress)));
    }
    HttpTransportOptions all = options;
    String standard = rules.defaultEgress();
    return standard == null
        ? all
        : checked("default-egress", standard, () -> all.withDefaultEgress(standard));
  }

  private static Egress egress(EgressProperties entry) {
    String source = entry.sourceAddress();
    Stream<Boolean> kinds = Stream.of(!entry.proxy().isEmpty(), source != null, entry.direct());
    if (kinds.filter(isSet -> isSet).count() != 1) {
      throw InvalidException.of(
          "egress", "must have exactly one of proxy, source-address and direct");
    }
    Egress egress =
        entry.direct()
            ? Egress.direct(entry.name())
            : source == null
                ? Egress.proxy(entry.name(), entry.proxy().toArray(String[]::new))
                : Egress.from(entry.name(), source);
    String user = entry.user();
    String password = entry.password();
    if ((user == null) != (password == null)) {
      throw InvalidException.of("user", "and password must be given together");
    }
    if (user != null && password != null) {
      egress = egress.withCredentials(user, password);
    }
    return entry.trustedCa() == null ? egress : egress.withTrustedCa(entry.trustedCa());
  }

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
