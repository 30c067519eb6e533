package dev.hookferry.transport;

import dev.hookferry.observe.EgressState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways that the operator defined for connections to leave by: through proxies, or from a local
 * address. Sites and endpoints choose one by its name and cannot define any. Immutable.
 *
 * @param all in the order of their definition, with their current states
 * @param standard the name of the one for endpoints that choose none and whose site chooses none;
 *     null if their connections leave directly
 */
public record Egresses(List<EgressState> all, @Nullable String standard) {
  /** None: all connections leave directly. */
  public static final Egresses NONE = new Egresses(List.of(), null);

  public Egresses {
    Objects.requireNonNull(all, "all");
    all = List.copyOf(all);
  }

  /** Returns the names, in the order of their definition. */
  public List<String> names() {
    return all.stream().map(EgressState::name).toList();
  }

  /** Returns why a name cannot be chosen, to follow the name of the field; empty if it can. */
  public Optional<String> problem(String name) {
    Objects.requireNonNull(name, "name");
    if (names().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        all.isEmpty()
            ? "cannot be chosen, since the operator of this server has defined no egress"
            : "must be an egress that the operator has defined: " + String.join(", ", names()));
  }
}
