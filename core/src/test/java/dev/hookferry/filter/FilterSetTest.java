package dev.hookferry.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.hookferry.event.Payload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterSetTest {
  @Test
  void tellsOnlyAboutItsFilters() {
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
  void endsOnTextsThatAreNotJson() {
    Filter filter = Filter.parse("{\"a\":[1]}".replace("[1]", "1"));
    for (String text :
        List.of("", "{", "{\"a", "{\"a\"", "{\"a\":", "[}", "[1", "{\"a\":}", "{x")) {
      assertThatThrownBy(() -> filter.matches(Payload.of(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void timeIsLinearEvenOnDataThatIsMadeToTakeLong() {
    String text = "a".repeat(1_000_000);
    Filter search = Filter.parse("{\"a\":{\"$contains\":\"" + "a".repeat(8_000) + "b\"}}");
    String numbers = "[" + ("1" + "0".repeat(999) + ",").repeat(1_000) + "0]";
    Filter in = Filter.parse("{\"a\":{\"$in\":[" + "1,".repeat(3_000) + "2]}}");

    long begin = System.nanoTime();
    assertThat(search.matches(Payload.of("{\"a\":\"" + text + "\"}"))).isFalse();
    assertThat(in.matches(Payload.of("{\"a\":" + numbers + "}"))).isFalse();

    // Quadratic time would be eight thousand million steps, or three million long divisions.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
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
