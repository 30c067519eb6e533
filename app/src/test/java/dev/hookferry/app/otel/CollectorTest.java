package dev.hookferry.app.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CollectorTest {
  @Test
  void waitsForAnExportThatHangsForAShortTimeOnly() {
    CompletableResultCode hanging = new CompletableResultCode();

    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> Collector.await(hanging));

    assertThat(hanging.isDone()).isFalse();
  }
}
