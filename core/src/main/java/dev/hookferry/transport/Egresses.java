package dev.hookferry.transport;

import dev.hookferry.observe.EgressState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The egresses that the operator has defined: ways for connections to leave through proxies or from
 * a local address. Sites and endpoints select one by name and cannot define their own. Immutable.
 *
 * @param all all egresses in definition order, with their current states
 * @param standard the name of the default egress, used if neither the endpoint nor its site selects
 *     one; null if such connections leave directly
 */
public record Egresses(List<EgressState> all, @Nullable String standard) {
  /** No egresses: all connections leave directly. */
  public static final Egresses NONE = new Egresses(List.of(), null);

  public Egresses {
    Objects.requireNonNull(all, "all");
    all = List.copyOf(all);
  }

  /** Returns the names, in definition order. */
  public List<String> names() {
    return all.stream().map(EgressState::name).toList();
  }

  /**
   * Returns why a name cannot be selected, as text to append to the name of the field; empty if it
   * can.
   */
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
