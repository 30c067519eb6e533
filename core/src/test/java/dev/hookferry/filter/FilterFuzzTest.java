package dev.hookferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Compares the evaluation of random filters on random payloads with {@link NaiveFilter}. */
class FilterFuzzTest {
  private static final int SEEDS = Integer.getInteger("hookferry.filter.seeds", 150);

  @Test
  void agreesWithTheNaiveEvaluation() {
    int matched = 0;
    int evaluated = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomFilters random = new RandomFilters(new Random(seed));
      List<Object> trees = new ArrayList<>();
      List<Filter> filters = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Object tree = random.filter();
        trees.add(tree);
        filters.add(Filter.parse(random.text(tree, false)));
      }
      FilterSet set = FilterSet.of(filters);
      for (int i = 0; i < 20; i++) {
        Object value = random.value(4);
        Payload data = Payload.of(random.text(value, true));
        FilterVerdict verdict = set.evaluate(data);
        for (int f = 0; f < filters.size(); f++) {
          Filter filter = filters.get(f);
          boolean expected = NaiveFilter.matches(trees.get(f), value);
          String at = "seed " + seed + ": ";
          Supplier<String> what = () -> at + filter + " on " + data.text();
          assertThat(verdict.of(filter)).as(what).isEqualTo(expected);
          assertThat(filter.matches(data)).as(what).isEqualTo(expected);
          assertThat(filter.explain(data).isEmpty()).as(what).isEqualTo(expected);
          matched += expected ? 1 : 0;
          evaluated++;
        }
      }
    }
    // Both outcomes must be frequent, or the comparison shows little.
    assertThat(matched).isBetween(evaluated / 20, evaluated * 19 / 20);
  }
}
