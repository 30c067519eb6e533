package dev.hookferry.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.hookferry.contract.support.CpuTime;
import dev.hookferry.event.Payload;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterSetTest {
  @Test
  void verdictCoversOnlyItsFilters() {
    Filter one = Filter.parse("{\"a\":1}");
    Filter two = Filter.parse("{\"a\":2}");
    FilterVerdict verdict = FilterSet.of(List.of(one, two, one)).evaluate(Payload.of("{\"a\":1}"));

    assertThat(verdict.of(one)).isEqualTo(true);
    assertThat(verdict.of(Filter.stored("{\"a\":1}"))).isEqualTo(true);
    assertThat(verdict.of(two)).isEqualTo(false);
    assertThat(verdict.of(Filter.parse("{\"a\": 1}"))).isNull();
  }

  @Test
  void readsNoFurtherThanItNeeds() {
    Filter filter = Filter.parse("{\"a\":{\"b\":1},\"c\":2}");

    assertThat(filter.matches(Payload.of("{\"a\":{\"b\":1},\"c\":2,#"))).isTrue();
    assertThat(Filter.parse("{}").matches(Payload.of("#"))).isTrue();
  }

  @Test
  void failsOnInvalidJson() {
    Filter filter = Filter.parse("{\"a\":[1]}".replace("[1]", "1"));
    for (String text :
        List.of("", "{", "{\"a", "{\"a\"", "{\"a\":", "[}", "[1", "{\"a\":}", "{x")) {
      assertThatThrownBy(() -> filter.matches(Payload.of(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void timeIsLinearEvenOnAdversarialData() {
    String text = "a".repeat(1_000_000);
    Filter search = Filter.parse("{\"a\":{\"$contains\":\"" + "a".repeat(8_000) + "b\"}}");
    String numbers = "[" + ("1" + "0".repeat(999) + ",").repeat(1_000) + "0]";
    Filter in = Filter.parse("{\"a\":{\"$in\":[" + "1,".repeat(3_000) + "2]}}");

    Duration searching =
        CpuTime.of(
            () -> assertThat(search.matches(Payload.of("{\"a\":\"" + text + "\"}"))).isFalse());
    Duration comparing =
        CpuTime.of(() -> assertThat(in.matches(Payload.of("{\"a\":" + numbers + "}"))).isFalse());

    // Quadratic time would be eight thousand million steps, or three million long divisions.
    assertThat(searching).isLessThan(Duration.ofSeconds(2));
    assertThat(comparing).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void memoryFollowsThePayloadAndNotTheFieldsOfTheFilters() {
    // 100 filters with 64 fields each, and a payload of many objects with one of these fields.
    List<Filter> filters =
        IntStream.range(0, 100)
            .mapToObj(
                filter ->
                    IntStream.range(0, Filter.MAX_CLAUSES)
                        .mapToObj(field -> "\"f" + filter + "_" + field + "\":1")
                        .collect(Collectors.joining(",", "{\"Items\":{", "}}")))
            .map(Filter::parse)
            .toList();
    FilterSet set = FilterSet.of(filters);
    Payload data = items("{\"f0_0\":1}", 20_000);

    long before = threads().getCurrentThreadAllocatedBytes();
    assertThat(set.evaluate(data).of(filters.get(0))).isEqualTo(false);
    long allocated = threads().getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(60L * data.size());
  }

  private static com.sun.management.ThreadMXBean threads() {
    return (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  }

  private static Payload items(String item, int count) {
    String all = (item + ",").repeat(count);
    return Payload.of("{\"Items\":[" + all.substring(0, all.length() - 1) + "]}");
  }

  @Test
  void anEventThatTakesTooManyStepsDoesNotMatch() {
    Filter filter = Filter.parse(wide("{\"$or\":[%s]}", "{\"a\":%d}"));
    int fitting = Filter.MAX_STEPS / (Filter.MAX_CLAUSES + 1);

    assertThat(filter.matches(items("{\"a\":1,\"b\":2}", 30_000))).isTrue();
    assertThat(filter.explain(items("{\"a\":-1}", fitting)))
        .get()
        .asString()
        .contains("Items must meet {\"$or\":");
    assertThat(filter.explain(items("{\"a\":-1}", fitting + 1)))
        .get()
        .asString()
        .isEqualTo("the data must meet a filter of at most 250000 steps");
    assertThat(filter.matches(items("{\"a\":-1}", 30_000))).isFalse();
  }

  /** Not even a negation matches then. */
  @Test
  void aNegationThatTakesTooManyStepsDoesNotMatchEither() {
    Filter filter =
        Filter.parse(wide("{\"$not\":{\"$or\":[%s]}}", "{\"a\":{\"$contains\":\"x%d\"}}"));

    assertThat(filter.matches(items("{\"a\":\"" + "y".repeat(200) + "\"}", 10))).isTrue();
    assertThat(filter.matches(items("{\"a\":\"" + "y".repeat(200) + "\"}", 1_000))).isTrue();
    Filter all = Filter.parse("{\"$not\":" + wide("{\"$or\":[%s]}", "{\"a\":%d}") + "}");
    assertThat(all.matches(items("{\"a\":-1}", 100))).isTrue();
    assertThat(all.matches(items("{\"a\":-1}", 30_000))).isFalse();
  }

  /** A filter on items with as many clauses as there may be. */
  private static String wide(String outer, String clause) {
    return "{\"Items\":"
        + outer.formatted(
            IntStream.range(0, Filter.MAX_CLAUSES)
                .mapToObj(clause::formatted)
                .collect(Collectors.joining(",")))
        + "}";
  }

  @Test
  void explainsAllFiltersInOnePass() {
    Filter one = Filter.parse("{\"a\":1}");
    Filter two = Filter.parse("{\"a\":2,\"b\":{\"$exists\":true}}");

    assertThat(FilterSet.of(List.of(one, two)).explain(Payload.of("{\"a\":1}")))
        .containsExactly(entry(two, new FilterMismatch("{\"$eq\":2}", "a", "1")));
  }

  /** Filters that name many members of one object. */
  @Test
  void findsEachOfManyMembersAndTheFirstOfEqualNames() {
    String fields =
        IntStream.range(0, 40)
            .mapToObj(i -> "\"m" + i + "\":" + i)
            .collect(Collectors.joining(","));

    assertThat(Filter.parse("{" + fields + "}").matches(Payload.of("{" + fields + "}"))).isTrue();
    assertThat(
            Filter.parse("{" + fields + ",\"z\":1}")
                .matches(Payload.of("{" + fields + ",\"m20\":0,\"z\":1,\"z\":2}")))
        .isTrue();
  }

  @Test
  void listsThePathsOfAPayload() {
    Payload data =
        Payload.of(
            "{\"a\":1.10,\"b\":{\"c\":\"x\",\"d\":[{\"e\":null},{\"e\":1,\"f\":[true]}]},\"x.y\":1,"
                + "\"$z\":1,\"\":1,\"g\":{},\"a\":2,\"long\":\""
                + "x".repeat(100)
                + "\"}");

    assertThat(PayloadPaths.of(data, 100))
        .containsExactly(
            entry("a", "1.10"),
            entry("b.c", "\"x\""),
            entry("b.d.e", "null"),
            entry("b.d.f", "true"),
            entry("long", "\"" + "x".repeat(59) + "…"));
    assertThat(PayloadPaths.of(data, 2)).containsOnlyKeys("a", "b.c");
    assertThat(PayloadPaths.of(Payload.of("5"), 2)).isEmpty();
  }

  @Test
  void theBenchmarkMeasuresWhatItSays() {
    FilterSetBench bench = new FilterSetBench();
    bench.parse();

    FilterVerdict verdict = bench.evaluate();

    assertThat(verdict.of(FilterSetBench.filter(17))).isEqualTo(true);
    assertThat(verdict.of(FilterSetBench.filter(18))).isEqualTo(false);
    assertThat(verdict.of(FilterSetBench.filter(37))).isEqualTo(false);
  }
}
