package dev.hookferry.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several conditions that one value must meet together. */
record AllOf(List<Condition> parts) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value) {
    for (Condition part : parts) {
      if (!part.isMetBy(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void want(WantedFields here) {
    parts.forEach(part -> part.want(here));
  }

  @Override
  public @Nullable FilterMismatch explain(String path, PayloadValue value, PayloadValue whole) {
    for (Condition part : parts) {
      FilterMismatch mismatch = part.explain(path, value, whole);
      if (mismatch != null) {
        return mismatch;
      }
    }
    return null;
  }
}
