package dev.hookferry.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several conditions of which a value must meet one.
 *
 * @param clause the condition as JSON
 */
record AnyOf(String clause, List<Condition> parts) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value) {
    for (Condition part : parts) {
      if (part.isMetBy(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void want(WantedFields here) {
    parts.forEach(part -> part.want(here));
  }

  @Override
  public @Nullable FilterMismatch explain(String path, PayloadValue value, PayloadValue whole) {
    return isMetBy(value) ? null : FilterMismatch.at(path, clause, whole);
  }
}
