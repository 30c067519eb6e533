package dev.hookferry.filter;

import org.jspecify.annotations.Nullable;

/** A condition on a member of an object: on one of its elements, if it is an array. */
record FieldCondition(String name, Condition inner) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value) {
    return value.member(name).meets(inner);
  }

  @Override
  public void want(WantedFields here) {
    inner.want(here.add(name));
  }

  @Override
  public @Nullable FilterMismatch explain(String path, PayloadValue value, PayloadValue whole) {
    return value.member(name).explain(path.isEmpty() ? name : path + '.' + name, inner);
  }
}
