package dev.hookferry.filter;

import org.jspecify.annotations.Nullable;

/** A condition on a member of an object; one element suffices if the member is an array. */
record FieldCondition(String name, Condition inner) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value, Steps steps) {
    return value.member(name).meets(inner, steps);
  }

  @Override
  public void want(WantedFields fields) {
    inner.want(fields.add(name));
  }

  @Override
  public @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps) {
    return value.member(name).explain(path.isEmpty() ? name : path + '.' + name, inner, steps);
  }
}
