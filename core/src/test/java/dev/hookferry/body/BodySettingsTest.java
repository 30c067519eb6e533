package dev.hookferry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.refusal.InvalidException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BodySettingsTest {
  /** Blanks, repeated names and exact numbers must survive. */
  private static final String DATA =
      "{ \"b\":1.10,\"a\":12345678901234567890, \"b\":\"\\ud800\" }\n";

  private static MappedBody made(BodyFormat format, Event event) {
    return BodySettings.of(format).make(event, Envelope.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void copiesDataFromEveryEnvelope(Envelope.Style stored) {
    Event event = BodyEvents.of(DATA, Envelope.DEFAULT.as(stored));
    String time = "2026-04-29T16:39:49.120Z";

    assertThat(made(BodyFormat.RAW, event).body().text()).isEqualTo(DATA);
    assertThat(made(BodyFormat.QLM, event).body().text())
        .isEqualTo(
            "{\"EventType\":\"license_created\",\"EventTime\":\"%s\",\"LicenseInfo\":%s}"
                .formatted(time, DATA));
    assertThat(made(BodyFormat.STANDARD, event).body().text())
        .isEqualTo(
            "{\"type\":\"license_created\",\"timestamp\":\"%s\",\"data\":%s}"
                .formatted(time, DATA));
    MappedBody cloudEvent = made(BodyFormat.CLOUDEVENTS, event);
    assertThat(cloudEvent.contentType()).isEqualTo("application/cloudevents+json");
    assertThat(cloudEvent.body().text())
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"evt_1\",\"source\":\"/sites/acme\","
                + "\"type\":\"license_created\",\"time\":\""
                + time
                + "\",\"datacontenttype\":\"application/json\",\"data\":"
                + DATA
                + "}");
    MappedBody binary = BodySettings.binaryCloudEvents().make(event, Envelope.DEFAULT);
    assertThat(binary.body().text()).isEqualTo(DATA);
    assertThat(binary.contentType()).isEqualTo("application/json");
    assertThat(binary.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce-specversion", "1.0",
                "ce-id", "evt_1",
                "ce-source", "/sites/acme",
                "ce-type", "license_created",
                "ce-time", time));
  }

  @Test
  void usesTheNamesOfTheSite() {
    Envelope site = new Envelope(Envelope.Style.RAW, "Kind", "Lic", "Cust");

    assertThat(BodySettings.of(BodyFormat.QLM).make(BodyEvents.of("{}", site), site).body().text())
        .startsWith("{\"Kind\":\"license_created\"")
        .endsWith("\"Lic\":{}}");
  }

  @Test
  void thinHasNoData() {
    assertThat(made(BodyFormat.THIN, BodyEvents.of(DATA)).body().text())
        .isEqualTo("{\"id\":\"evt_1\",\"type\":\"license_created\"}");
  }

  @Test
  void writesChatMessages() {
    Event event = BodyEvents.of("{\"Key\":\"<!channel> & K\\n7\",\"N\":null,\"O\":{},\"Seats\":5}");

    assertThat(made(BodyFormat.SLACK, event).body().text())
        .isEqualTo(
            "{\"text\":\"license_created\\nKey: &lt;!channel&gt; &amp; K 7\\nSeats: 5\\n"
                + "evt_1, 2026-04-29T16:39:49Z\",\"mrkdwn\":false}");
    assertThat(made(BodyFormat.DISCORD, event).body().text())
        .isEqualTo(
            "{\"content\":\"**license\\\\_created**\\n```\\nKey: <!channel> & K 7\\n"
                + "Seats: 5\\n```\\nevt\\\\_1, 2026-04-29T16:39:49Z\","
                + "\"allowed_mentions\":{\"parse\":[]}}");
    assertThat(made(BodyFormat.TEAMS, event).body().text())
        .startsWith(
            "{\"type\":\"message\",\"attachments\":[{\"contentType\":"
                + "\"application/vnd.microsoft.card.adaptive\",\"contentUrl\":null,\"content\":{")
        .contains(
            "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"weight\":\"bolder\","
                + "\"text\":\"Seats: \"},{\"type\":\"TextRun\",\"text\":\"5\"}]}");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"SLACK", "TEAMS", "DISCORD"})
  void keepsChatMessagesShort(BodyFormat format) {
    StringBuilder data = new StringBuilder("{");
    for (int i = 0; i < 1_000; i++) {
      data.append("\"").append("n`".repeat(40)).append(i).append("\":\"");
      data.append("💶`*_<".repeat(100)).append("\",");
    }
    for (String json : new String[] {data + "\"z\":1}", "\"\\ud800```\"", "[1]", "null", "{}"}) {
      MappedBody body = made(format, BodyEvents.of(json));

      JsonValidator.require("body", body.body());
      assertThat(body.body().size()).isLessThan(28_000);
      if (format == BodyFormat.DISCORD) {
        assertThat(body.body().text().split("\"")[3].length()).isLessThanOrEqualTo(2_000 + 14);
        assertThat(body.body().text().split("```", -1)).hasSizeBetween(1, 3);
      }
    }
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatThrownBy(() -> BodySettings.of(BodyFormat.TEMPLATE))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("template: is missing");
    assertThatThrownBy(() -> BodySettings.of(BodyFormat.MAPPER))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("mapper: is missing");
    assertThatThrownBy(
            () -> new BodySettings(BodyFormat.THIN, false, BodyTemplate.parse("{}"), null))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("template: belongs to the format template");
    assertThatThrownBy(() -> new BodySettings(BodyFormat.RAW, false, null, "x"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("mapper: belongs to the format mapper");
    assertThatThrownBy(() -> new BodySettings(BodyFormat.RAW, true, null, null))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("mode: belongs to the format cloudevents");
    assertThatThrownBy(() -> BodySettings.mapper("a b"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("mapper: must be 1 to 64 characters");
  }

  @Test
  void versionsAreTexts() {
    BodyVersion version = new BodyVersion("template", 3);

    assertThat(version.text()).isEqualTo("template:3");
    assertThat(BodyVersion.parse("template:3")).isEqualTo(version);
    assertThat(BodyVersion.parse(null)).isNull();
    for (String damaged : new String[] {"", "template", "template:", "template:0", "T:1"}) {
      assertThatThrownBy(() -> BodyVersion.parse(damaged))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
