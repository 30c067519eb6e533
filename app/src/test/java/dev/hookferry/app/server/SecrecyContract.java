package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nothing secret comes out of a server through a day's work, on one store. */
interface SecrecyContract {
  ServerFixture fixture();

  @Test
  default void nothingSecretComesOut() {
    Marker marker = new Marker();
    try (EchoReceiver echo = new EchoReceiver();
        LogTap log = new LogTap()) {
      new DayOfWork(fixture(), marker, echo).run();
      fixture().dump(marker);
      fixture().restart();
      marker.output("log", log.text());
    }
    assertThat(marker.output("log")).contains("attempt failed", "delivered");
    assertThat(marker.output("attempts")).contains("********");
    assertThat(marker.findings()).isEmpty();
  }

  @Test
  default void theMarkerTestCanFail() {
    Marker marker = new Marker();
    marker.secret("s3cr3t/ä");
    marker.output("a", "x s3cr3t/ä");
    marker.output("b", "x 7333637233742fc3a4 y");
    marker.output("c", "s3cr3t%2F%C3%A4");
    marker.output("d", "czNjcjN0L8Ok");
    marker.output("e", "s3cr3t");
    assertThat(marker.findings()).extracting(f -> f.substring(0, 1)).contains("a", "b", "c", "d");
    assertThat(marker.findings()).noneMatch(f -> f.startsWith("e"));
  }
}
