package dev.hookferry.app.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCountTest {
  /** A span with fields of every wire type, also with links, whose number is not that of spans. */
  private static Span span() {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[16]))
        .setName("deliver license_created".repeat(20))
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(1_764_038_400_000_000_000L)
        .setFlags(257)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("hookferry.phase.dns")
                .setValue(AnyValue.newBuilder().setDoubleValue(0.25)))
        .addLinks(Span.Link.newBuilder().setSpanId(ByteString.copyFrom(new byte[8])))
        .build();
  }

  private static ScopeSpans scope(int spans) {
    return ScopeSpans.newBuilder()
        .setSchemaUrl("https://opentelemetry.io/schemas/1.0.0")
        .addAllSpans(Collections.nCopies(spans, span()))
        .build();
  }

  private static byte[] export() {
    Resource resource =
        Resource.newBuilder().addAttributes(KeyValue.newBuilder().setKey("service.name")).build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(scope(3))
                .addScopeSpans(scope(0)))
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope(512)))
        .build()
        .toByteArray();
  }

  @Test
  void countsSpansOfAllResourcesAndScopes() {
    assertThat(SpanCount.of(export())).isEqualTo(515);
    assertThat(SpanCount.of(new byte[0])).isZero();
  }

  @Test
  void fieldsOfOtherWireTypesAreSkipped() {
    byte[] export = {
      0x18,
      (byte) 0x96,
      0x01, // field 3: 150
      0x21,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8, // field 4: 8 bytes
      0x2D,
      1,
      2,
      3,
      4, // field 5: 4 bytes
      0x0A,
      4,
      0x12,
      2,
      0x12,
      0 // field 1, 2 and 2: an empty span
    };
    assertThat(SpanCount.of(export)).isEqualTo(1);
  }

  @Test
  void refusesATruncatedMessage() {
    byte[] export = export();
    byte[] cut = Arrays.copyOf(export, export.length - 1);
    assertThatThrownBy(() -> SpanCount.of(cut)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0F", "0AFFFFFFFFFFFFFFFFFF01", "FFFFFFFFFFFFFFFFFFFFFFFF", "0A"})
  void invalidMessagesAreRefused(String hex) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> SpanCount.of(bytes)).isInstanceOf(IllegalArgumentException.class);
  }
}
