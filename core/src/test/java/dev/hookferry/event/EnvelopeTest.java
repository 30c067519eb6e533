package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Envelope.Style;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Instant TIME = Instant.parse("2026-04-29T16:39:49Z");
  private static final EventType LICENSE = new EventType("license_created");
  private static final EventType CUSTOMER = new EventType("customer_deleted");
  private static final EventType OWN = new EventType("order.paid");
  private static final String DATA =
      "{ \"b\":1.10,\"a\":12345678901234567890, \"b\":null,\"name\":\"clé-Ω\\ud800\" }\n";

  @Test
  void writesTheQlmEnvelope() {
    assertThat(wrapped(Envelope.DEFAULT, LICENSE))
        .isEqualTo(
            "{\"EventType\":\"license_created\",\"EventTime\":\"2026-04-29T16:39:49Z\","
                + "\"LicenseInfo\":"
                + DATA
                + "}");
    assertThat(wrapped(Envelope.DEFAULT, CUSTOMER))
        .isEqualTo(
            "{\"EventType\":\"customer_deleted\",\"EventTime\":\"2026-04-29T16:39:49Z\","
                + "\"CustomerInfo\":"
                + DATA
                + "}");
    assertThat(wrapped(Envelope.DEFAULT, OWN))
        .isEqualTo(
            "{\"EventType\":\"order.paid\",\"EventTime\":\"2026-04-29T16:39:49Z\",\"Data\":"
                + DATA
                + "}");
  }

  @ParameterizedTest
  @EnumSource
  void refusesDataOtherThanOneJsonValue(Style style) {
    Envelope envelope = new Envelope(style, "EventType", "LicenseInfo", "CustomerInfo");

    for (String data : List.of("{not json", "{\"k\":1},\"LicenseInfo\":{\"k\":\"forged\"}", "")) {
      assertThatThrownBy(() -> envelope.wrap(LICENSE, TIME, Payload.of(data)))
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("data: must ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheDataByteForByte(Style style) {
    Envelope envelope = new Envelope(style, "EventType", "LicenseInfo", "CustomerInfo");
    Payload data = Payload.of(DATA);

    Payload wrapped = envelope.wrap(OWN, TIME, data);

    assertThat(Envelope.dataOf(wrapped, data.size())).isEqualTo(data);
  }

  @ParameterizedTest
  @EnumSource
  void findsTheDataOfAnEvent(Style style) {
    Envelope envelope = new Envelope(style, "EventType", "LicenseInfo", "CustomerInfo");
    Payload data = Payload.of("{\"type\":\"license_created\",\"a\":1}");
    for (EventType type : List.of(LICENSE, CUSTOMER, OWN)) {
      Event event = event(type, envelope.wrap(type, TIME, data));
      assertThat(Envelope.dataOf(event)).isEqualTo(data);
    }
  }

  @Test
  void findsTheDataOfAnEventInAnotherStyle() {
    Payload data = Payload.of(" 5");
    Envelope standard = new Envelope(Style.STANDARD, "EventType", "LicenseInfo", "CustomerInfo");
    Envelope raw = new Envelope(Style.RAW, "EventType", "LicenseInfo", "CustomerInfo");

    Envelope renamed = new Envelope(Style.QLM, "kind", "license", "c".repeat(64));

    for (EventType type : List.of(LICENSE, CUSTOMER, OWN)) {
      for (Envelope each : List.of(Envelope.DEFAULT, standard, raw, renamed)) {
        assertThat(Envelope.dataOf(event(type, each.wrap(type, TIME, data)))).isEqualTo(data);
      }
    }
    assertThat(Envelope.dataOf(event(OWN, Payload.empty()))).isEqualTo(Payload.empty());
  }

  /** As from a producer that makes its own envelopes and has moved to raw. */
  @Test
  void rawDataThatLooksWrappedIsWhole() {
    for (Style style : List.of(Style.QLM, Style.STANDARD)) {
      Envelope own = new Envelope(style, "EventType", "LicenseInfo", "CustomerInfo");
      Payload data = own.wrap(OWN, TIME, Payload.of("{}"));

      assertThat(Envelope.looksWrapped(OWN, TIME, data)).isTrue();
      assertThat(Envelope.looksWrapped(LICENSE, TIME, data)).isFalse();
      assertThat(Envelope.looksWrapped(OWN, TIME.plusMillis(1), data)).isFalse();
      Event event = event(OWN, data).with(EventOptions.NONE.asUnwrapped());
      assertThat(Envelope.dataOf(event)).isEqualTo(data);
    }
    assertThat(Envelope.looksWrapped(OWN, TIME, Payload.of("{\"type\":\"own\"}"))).isFalse();
  }

  private static Event event(EventType type, Payload payload) {
    return new Event(new EventId("e"), SiteId.DEFAULT, type, TIME, TIME, payload, null);
  }

  @Test
  void usesTheConfiguredFieldNames() {
    Envelope envelope = new Envelope(Style.QLM, "kind", "_license", "c9");

    assertThat(wrapped(envelope, LICENSE))
        .isEqualTo(
            "{\"kind\":\"license_created\",\"EventTime\":\"2026-04-29T16:39:49Z\",\"_license\":"
                + DATA
                + "}");
    assertThat(wrapped(envelope, CUSTOMER)).contains(",\"c9\":" + DATA + "}");
  }

  @Test
  void writesTheStandardEnvelope() {
    assertThat(wrapped(new Envelope(Style.STANDARD, "a", "b", "c"), LICENSE))
        .isEqualTo(
            "{\"type\":\"license_created\",\"timestamp\":\"2026-04-29T16:39:49Z\",\"data\":"
                + DATA
                + "}");
  }

  @Test
  void sendsRawDataUnchanged() {
    Payload data = Payload.of(DATA);

    assertThat(new Envelope(Style.RAW, "a", "b", "c").wrap(LICENSE, TIME, data)).isEqualTo(data);
  }

  @Test
  void writesMillisecondsOnlyIfNotZero() {
    assertThat(Envelope.DEFAULT.wrap(OWN, TIME.plusNanos(123_456_789), Payload.of("1")).text())
        .contains("\"EventTime\":\"2026-04-29T16:39:49.123Z\"");
    assertThat(Envelope.DEFAULT.wrap(OWN, TIME.plusNanos(999), Payload.of("1")).text())
        .contains("\"EventTime\":\"2026-04-29T16:39:49Z\"");
  }

  private static String wrapped(Envelope envelope, EventType type) {
    return envelope.wrap(type, TIME, Payload.of(DATA)).text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a\"", "a-b", "é", "a\n", "EventTime", "Data"})
  void refusesInvalidAndReservedFieldNames(String name) {
    assertThatThrownBy(() -> new Envelope(Style.QLM, name, "b", "c"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("qlmEventTypeField: ");
    assertThatThrownBy(() -> new Envelope(Style.QLM, "a", name, "c"))
        .hasMessageStartingWith("qlmLicenseField: ");
    assertThatThrownBy(() -> new Envelope(Style.QLM, "a", "b", name))
        .hasMessageStartingWith("qlmCustomerField: ");
  }

  @Test
  void refusesDuplicateFieldNames() {
    assertThatThrownBy(() -> new Envelope(Style.QLM, "same", "same", "c"))
        .hasMessageContaining("already the name of another");
    assertThatThrownBy(() -> new Envelope(Style.QLM, "same", "b", "same"))
        .hasMessageContaining("already the name of another");
    assertThat(new Envelope(Style.QLM, "a", "same", "same").licenseField()).isEqualTo("same");
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(() -> new Envelope(Style.QLM, "1", "2", "x".repeat(65)))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly("qlmEventTypeField", "qlmLicenseField", "qlmCustomerField"));
  }
}
