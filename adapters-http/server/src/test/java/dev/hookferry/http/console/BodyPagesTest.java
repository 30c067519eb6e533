package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodySettings;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies in the console: chosen with a preview, and shown with what was sent. */
class BodyPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + FormValues.encoded(CRM) + "&type=license_created&signature=qlm&bodyFormat=";
  private static final String TEMPLATE = "{\"k\":{\"$pointer\":\"/data/ActivationKey\"}}";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private Endpoint endpoint(EndpointId id) {
    return place.webhooks().endpoints().get(SiteId.DEFAULT, id);
  }

  @Test
  void aBodyIsSavedShownAndRemoved() {
    EndpointId id = place.endpoint(CRM, "*").id();
    String page = LIST + "/" + id;

    String template = "template&bodyTemplate=" + FormValues.encoded(TEMPLATE);
    assertThat(admin.post(page + "/edit", NEW + template).body())
        .contains("<dt>Body</dt>", "template, version 1: {\"k\"");
    assertThat(endpoint(id).body().settings()).isEqualTo(BodySettings.template(TEMPLATE));
    assertThat(admin.get(page + "/edit").body())
        .containsPattern("value=\"template\" selected")
        .contains("/data/ActivationKey\"}}</textarea>");
    admin.post(page + "/edit", NEW + "cloudevents-binary");
    assertThat(endpoint(id).body().settings()).isEqualTo(BodySettings.binaryCloudEvents());
    assertThat(admin.get(page + "/edit").body())
        .containsPattern("value=\"cloudevents-binary\" selected");
    assertThat(admin.post(page + "/edit", NEW).body()).contains("the site's envelope");
    assertThat(endpoint(id).body().settings()).isNull();
  }

  @Test
  void aBadTemplateIsRefusedAtItsField() {
    Shown refused =
        admin.post(
            LIST, NEW + "template&bodyTemplate=" + FormValues.encoded("{\"a\":{\"$uper\":1}}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("body.template.a.$uper: is not a function")
        .containsPattern("id=\"bodyFormat\"[^>]*aria-invalid=\"true\"");
  }

  @Test
  void aBodyIsPreviewedOnTheNewestEventOfItsTypes() {
    String check = LIST + "/body-check";
    assertThat(admin.post(check, NEW + "thin").body())
        .isEqualTo("There are no events of these types yet to preview it with.");
    place.publish("license_created", "{\"ActivationKey\":\"K-7\"}");
    place.publish("customer_created", "{}");

    assertThat(
            admin.post(check, NEW + "template&bodyTemplate=" + FormValues.encoded(TEMPLATE)).body())
        .startsWith("For license_created evt_")
        .endsWith(":\nContent-Type: application/json\n\n{\"k\":\"K-7\"}");
    assertThat(admin.post(check, NEW + "cloudevents-binary&type=customer_created").body())
        .contains("\nce-type: ");
    assertThat(admin.post(check, NEW).body()).isEmpty();
    Shown wrong = admin.post(check, NEW + "template&bodyTemplate=x");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).startsWith("body.template: must be valid JSON");
  }

  @Test
  void aDeliveryShowsWhatWasSent() {
    EndpointId id =
        place
            .webhooks()
            .endpoints()
            .create(
                SiteId.DEFAULT,
                EndpointSpec.to(CRM).types("*").body(BodySettings.of(BodyFormat.RAW)))
            .endpoint()
            .id();
    place.publish("license_created", "{\"ActivationKey\":\"K-7\"}");
    DeliveryQuery all = DeliveryQuery.ofSite(SiteId.DEFAULT);
    Poll.until(
        () ->
            place.webhooks().deliveries().list(all).data().stream()
                .anyMatch(d -> d.attempts() > 0));
    String page =
        "/sites/default/deliveries/" + place.webhooks().deliveries().list(all).data().get(0).id();

    assertThat(admin.get(page).body())
        .contains("Body: raw, version 1", "23 bytes, rendered as raw (version 1)")
        .contains("aria-label=\"Body, raw\">{\"ActivationKey\":\"K-7\"}</pre>");
    place
        .webhooks()
        .endpoints()
        .change(SiteId.DEFAULT, id, EndpointSpec.change().body(BodySettings.of(BodyFormat.THIN)));
    assertThat(admin.get(page).body())
        .contains("as version 2 renders them now; sent was raw, version 1");
  }
}
