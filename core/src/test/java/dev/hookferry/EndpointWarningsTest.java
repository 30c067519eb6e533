package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndpointWarningsTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aSubscriptionThatMatchesNothingIsAWarning() {
    assertThat(subscribing("license_creatd"))
        .containsExactly(
            "license_creatd is not an event type of this site; did you mean license_created?"
                + " It matches no event until it is declared");
    assertThat(subscribing("endpoint_failng"))
        .containsExactly(
            "endpoint_failng is not an event type of this site; did you mean endpoint_failing?"
                + " It matches no event until it is declared");
    assertThat(subscribing("order_paid"))
        .containsExactly(
            "order_paid is not an event type of this site; it matches no event until it is"
                + " declared");
    assertThat(subscribing("licnse_*"))
        .containsExactly("licnse_* matches no event type of this site; did you mean license_*?");
    assertThat(subscribing("endpoint_*"))
        .containsExactly(
            "endpoint_* matches no event type of this site; name operational events one by one,"
                + " as patterns do not match them");
    assertThat(subscribing("*", "license_*", "license_created", "endpoint_failing", "test"))
        .isEmpty();
  }

  @Test
  void aDeclaredTypeAndAnOpenCatalogGiveNoWarning() {
    webhooks.settings().update(SITE, s -> s.eventTypes("order_paid"));
    assertThat(subscribing("order_paid", "order_*")).isEmpty();
    assertThat(subscribing("order_pad")).hasSize(1);

    webhooks.settings().update(SITE, s -> s.openCatalog(true));
    assertThat(subscribing("order_pad", "other_*")).isEmpty();
  }

  @Test
  void aChangeWarnsOnlyAboutWhatIsNew() {
    var id =
        webhooks
            .endpoints()
            .create(SITE, EndpointSpec.to("https://a.example/").types("later"))
            .endpoint()
            .id();

    assertThat(
            webhooks
                .endpoints()
                .change(SITE, id, EndpointSpec.change().types("later", "customer_creatd"))
                .warnings())
        .singleElement()
        .asString()
        .startsWith("customer_creatd is not");
    assertThat(
            webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(false)).warnings())
        .isEmpty();
  }

  private List<String> subscribing(String... types) {
    var made =
        webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/").types(types));
    webhooks.endpoints().remove(SITE, made.endpoint().id());
    return made.warnings();
  }
}
