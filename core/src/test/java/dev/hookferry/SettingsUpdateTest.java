package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Envelope;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingsUpdateTest {
  private static final SiteId SITE = Embedded.SITE;

  private final Embedded embedded = new Embedded();
  private final Settings settings = embedded.webhooks.settings();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void changesOnlyTheGivenSettings() {
    settings.update(SITE, s -> s.retry(r -> r.maxRetries(8)).secretKey("s3cr3t"));
    SiteSettings after =
        settings.update(
            SITE,
            s ->
                s.retry(r -> r.interval(Duration.ofSeconds(10)))
                    .webHooksEnabled(false)
                    .eventTypes("order.paid"));

    assertThat(after).isEqualTo(settings.get(SITE));
    assertThat(after.retry().maxRetries()).isEqualTo(8);
    assertThat(after.retry().interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(after.catalog().contains(new EventType("order.paid"))).isTrue();
    assertThat(after.envelope()).isEqualTo(Envelope.DEFAULT);
    assertThat(settings.byName(SITE))
        .containsEntry("webHookSecretKey", SettingsByName.MASK)
        .containsEntry("webHooksEnabled", false);
    assertThat(settings.update(SITE, s -> s.withoutSecretKey()).secretKey()).isNull();
  }

  @Test
  void refusesInvalidValuesAtOnceAndChangesNothing() {
    SiteSettings before = settings.get(SITE);
    assertThatThrownBy(() -> settings.update(SITE, s -> s.retry(r -> r.maxRetries(-1))))
        .hasMessage("maxRetries: must be a whole number from 0 to 1000 (got -1)");
    assertThatThrownBy(() -> settings.update(SITE, s -> s.secretKey("")))
        .hasMessage("webHookSecretKey: must have 1 to 256 characters (got 0 characters)");
    assertThatThrownBy(() -> settings.update(SITE, s -> s.eventTypes("ok", "test")))
        .hasMessage("eventTypes[1]: test is reserved for tests of endpoints");
    assertThatThrownBy(() -> settings.update(new SiteId("nobody"), s -> s))
        .isInstanceOf(NotFoundException.class);
    assertThat(settings.get(SITE)).isEqualTo(before);
  }
}
