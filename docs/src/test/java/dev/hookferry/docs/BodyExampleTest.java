package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodyMapper;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.body.MappedBody;
import dev.hookferry.body.TemplateFunction;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples and tables of the page on bodies. */
class BodyExampleTest {
  private static final String PAGE = JavaBlock.read(Path.of("bodies.md"));

  @Test
  void theTemplateMakesWhatThePageShows() {
    String template = one("(?ms)^```json\n(.*?)^```$");
    String data = one("With the data `([^`]+)`");
    String made = one("(?ms)the result is:\n\n```\n(.*?)\n```$");
    EventType type = new EventType("license_created");
    Instant time = Instant.parse("2026-04-29T16:39:49Z");
    Event event =
        new Event(
            new EventId("evt_1"),
            SiteId.DEFAULT,
            type,
            time,
            time,
            Envelope.DEFAULT.wrap(type, time, Payload.of(data)),
            null);

    assertThat(BodyTemplate.parse(template).render(event).text()).isEqualTo(made);
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionIsOnThePage(TemplateFunction function) {
    assertThat(PAGE)
        .contains(
            "\n| `%s` | `%s` | %s |\n"
                .formatted(function.symbol(), function.arguments(), function.help()));
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatIsOnThePage(BodyFormat format) {
    assertThat(PAGE).contains("\n| `" + format.code() + "` | ");
  }

  @Test
  void theMapperIsChosenByItsName() {
    ManualClock clock = ManualClock.atNoon();
    MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
    ScriptedTransport transport = new ScriptedTransport();
    List<String> printed = new ArrayList<>();
    SiteId site = SiteId.DEFAULT;
    // tag::mapper
    BodyMapper csv =
        event -> MappedBody.of("text/csv", Payload.of("data\n" + Envelope.dataOf(event).text()));
    try (Hookferry hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .bodyMapper("csv", csv)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      EndpointSpec erp =
          EndpointSpec.to("https://erp.example/in").types("*").body(BodySettings.mapper("csv"));
      EndpointId id = webhooks.endpoints().create(site, erp).endpoint().id();

      NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"K-7\"}");
      MappedBody body = webhooks.events().previewBody(site, event, BodySettings.mapper("csv"));
      printed.add(body.contentType() + " for " + webhooks.endpoints().get(site, id).url());
    }
    // end::mapper

    assertThat(printed).containsExactly("text/csv for https://erp.example/in");
  }

  private static String one(String pattern) {
    List<String> found =
        Pattern.compile(pattern).matcher(PAGE).results().map(match -> group(match)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }
}
