package dev.hookferry.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conjunction: conditions of which a value must meet all. */
record AllOf(List<Condition> parts) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value, Steps steps) {
    // By index: an iterator for each element of a large array would create too much garbage.
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).isMetBy(value, steps)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void want(WantedFields fields) {
    parts.forEach(part -> part.want(fields));
  }

  @Override
  public @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps) {
    for (Condition part : parts) {
      FilterMismatch mismatch = part.explain(path, value, whole, steps);
      if (mismatch != null) {
        return mismatch;
      }
    }
    return null;
  }
}
