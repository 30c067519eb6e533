package dev.hookferry.app.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanSinkTest {
  private final SpanSink sink;

  SpanSinkTest() throws IOException {
    sink = SpanSink.start();
  }

  @AfterEach
  void close() {
    sink.close();
  }

  private static byte[] export(int spans) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder().addAllSpans(Collections.nCopies(spans, Span.getDefaultInstance()));
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private int post(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sink.url() + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void countsSpansPackedOrNot() throws Exception {
    assertThat(post("/v1/traces", export(3))).isEqualTo(200);
    assertThat(post("/v1/traces", packed(export(512)), "Content-Encoding", "gzip")).isEqualTo(200);
    assertThat(sink.spans()).isEqualTo(515);
  }

  @Test
  void doesNotCountMetricsAndRefusesGarbage() throws Exception {
    assertThat(post("/v1/metrics", export(3))).isEqualTo(200);
    assertThat(post("/v1/traces", new byte[] {0x0A})).isEqualTo(400);
    assertThat(sink.spans()).isZero();
  }
}
