package dev.hookferry.app.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailLabelsTest {
  @ParameterizedTest
  @CsvSource({
    "id, ID",
    "eventTypes, Event types",
    "createdAt, Created",
    "nextAttemptAt, Next attempt",
    "retry.intervalSeconds, Retry interval",
    "health.failures, Consecutive failures",
    "health.ownFault.reason, Server fault reason",
    "clientCertificate.notAfter, Client certificate expires",
    "urlFrom, URL from",
    "trustedCa, Trusted CA",
    "at, At",
    "metadata.planName, Metadata planName"
  })
  void aFieldHasALabelForPeople(String path, String label) {
    assertThat(DetailLabels.of(path)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({"retry.intervalSeconds, ' s'", "durationMillis, ' ms'", "retry.maxRetries, ''"})
  void aDurationHasAUnit(String path, String unit) {
    assertThat(DetailLabels.unit(path)).isEqualTo(unit);
  }
}
