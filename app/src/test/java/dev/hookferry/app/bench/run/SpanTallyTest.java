package dev.hookferry.app.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.BenchException;
import org.junit.jupiter.api.Test;

class SpanTallyTest {
  @Test
  void reportsSpansPerEventAndDroppedSpans() {
    SpanTally all = new SpanTally(9_000, 8_500).plus(new SpanTally(1_000, 1_000));
    assertThat(all.text(2)).isEqualTo("1.90 spans per event; 500 of 10,000 dropped");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    all.writeTo(json, 2);
    assertThat(json).hasToString("{\"spans\":9500,\"spansPerEvent\":1.9,\"spansDropped\":500}");
  }

  @Test
  void deliveriesWithoutASpanMeanThatNothingWasMeasured() {
    assertThatThrownBy(() -> new SpanTally(7_000, 0).requireSpans())
        .isInstanceOf(BenchException.class)
        .hasMessage("no span of 7,000 deliveries reached the collector");
    assertThatCode(() -> new SpanTally(7_000, 1).requireSpans()).doesNotThrowAnyException();
  }
}
