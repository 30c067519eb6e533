package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.EgressForm;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.http.client.Egress;
import java.util.List;

/** The configuration keys of egresses, whose values may be objects in the file. */
final class EgressKeys {
  static final ConfigKey<List<Egress>> EGRESSES =
      new ConfigKey<>(
          "outbound.egresses",
          EgressForm.FORM,
          "",
          "--egress",
          "Ways for connections to leave: through proxies or from a local address; a flag may be"
              + " repeated.");
  static final ConfigKey<String> DEFAULT_EGRESS =
      new ConfigKey<>(
          "outbound.defaultEgress",
          ValueKind.text("NAME", "a name"),
          "",
          "--default-egress",
          "The egress of endpoints that choose none; empty to connect directly.");

  private EgressKeys() {}

  /** Adds a problem if the default is not one of the egresses. */
  static void check(EffectiveConfig values, CollectedValues problems) {
    String name = values.get(DEFAULT_EGRESS);
    List<String> names = values.get(EGRESSES).stream().map(Egress::name).toList();
    problems.require(
        name.isEmpty() || names.contains(name) || problems.isRefused(EGRESSES),
        DEFAULT_EGRESS,
        "must be the name of one of outbound.egresses"
            + (names.isEmpty() ? ", which is empty" : ": " + String.join(", ", names)));
  }
}
