package dev.hookferry.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disjunction: conditions of which a value must meet at least one.
 *
 * @param clause the condition as JSON
 */
record AnyOf(String clause, List<Condition> parts) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value, Steps steps) {
    // By index: an iterator for each element of a large array would create too much garbage.
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).isMetBy(value, steps)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void want(WantedFields fields) {
    parts.forEach(part -> part.want(fields));
  }

  @Override
  public @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps) {
    return isMetBy(value, steps) ? null : FilterMismatch.at(path, clause, whole);
  }
}
