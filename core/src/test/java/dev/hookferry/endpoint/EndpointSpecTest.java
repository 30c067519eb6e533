package dev.hookferry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.field.FieldValues;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointSpecTest {
  @Test
  void distinguishesAbsentEmptyAndReset() {
    FieldValues untouched = EndpointSpec.change().values();
    assertThat(untouched.get(EndpointFields.HEADERS)).isNull();
    assertThat(untouched.isReset(EndpointFields.RETRY)).isFalse();

    FieldValues emptied = EndpointSpec.change().headers(Map.of()).description("").values();
    assertThat(emptied.get(EndpointFields.HEADERS)).isEmpty();
    assertThat(emptied.get(EndpointFields.DESCRIPTION)).isEmpty();

    FieldValues reset =
        EndpointSpec.change()
            .without(EndpointFields.RETRY)
            .without(EndpointFields.QLM_SECRET)
            .values();
    assertThat(reset.isReset(EndpointFields.RETRY)).isTrue();
    assertThat(reset.isReset(EndpointFields.QLM_SECRET)).isTrue();
    assertThat(reset.get(EndpointFields.RETRY)).isNull();
  }

  @Test
  void isUnaffectedByChangesToCopies() {
    EndpointSpec plain = EndpointSpec.to("https://a.example/").types("*");
    EndpointSpec more =
        plain
            .header("X-Team", "blue")
            .secretHeader("X-Pin", "1234")
            .signatures(SignatureProfile.QLM)
            .retry(RetrySettings.of(8, Duration.ofSeconds(10)).exponential())
            .qlmSecret("own");

    assertThat(plain.values().get(EndpointFields.HEADERS)).isNull();
    assertThat(more.values().get(EndpointFields.HEADERS))
        .containsExactly(Map.entry("X-Team", "blue"), Map.entry("X-Pin", "1234"));
    assertThat(more.values().get(EndpointFields.SECRET_HEADERS)).containsExactly("X-Pin");
    assertThat(more.values().get(EndpointFields.SIGNATURES))
        .containsExactly(Signature.of(SignatureProfile.QLM));
    assertThat(more.toString()).contains("a.example").doesNotContain("blue", "own");
  }

  @Test
  void refusesInvalidValuesAtOnce() {
    EndpointSpec spec = EndpointSpec.change();
    assertThatThrownBy(() -> EndpointSpec.to("ftp://a.example/")).hasMessageStartingWith("url: ");
    assertThatThrownBy(() -> spec.types())
        .hasMessage("eventTypes: must be a list of 1 to 100 (got 0)");
    assertThatThrownBy(() -> spec.types("no type")).hasMessageStartingWith("eventTypes: ");
    assertThatThrownBy(() -> spec.description("x".repeat(501)))
        .hasMessage("description: must have at most 500 characters (got 501 characters)");
    assertThatThrownBy(() -> spec.header("Host", "x")).hasMessageContaining("Host: is reserved");
    assertThatThrownBy(() -> spec.qlmSecret("")).hasMessageStartingWith("qlmSecret: ");
  }
}
