package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters in the console: typed with hints, tried on past events, and told on the event's page. */
class FilterPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + FormValues.encoded(CRM) + "&type=license_created&signature=qlm&filter=";
  private static final String PRO = "{\"ProductName\":\"Pro\"}";

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @Test
  void aFilterIsSavedShownAndRemoved() {
    EndpointId id = place.endpoint(CRM, "*").id();
    String page = LIST + "/" + id;

    assertThat(admin.post(page + "/edit", NEW + FormValues.encoded(" " + PRO + "\n")).body())
        .contains("<dd class=\"mono\">" + PRO);
    assertThat(place.webhooks().endpoints().get(SiteId.DEFAULT, id).filter())
        .isEqualTo(Filter.parse(PRO));
    assertThat(admin.get(page + "/edit").body()).contains("{\"ProductName\":\"Pro\"}</textarea>");
    assertThat(admin.post(page + "/edit", NEW).body()).contains("<dt>Filter</dt><dd>none");
    assertThat(place.webhooks().endpoints().get(SiteId.DEFAULT, id).filter()).isNull();
  }

  @Test
  void aBadFilterIsRefusedAtItsField() {
    Shown refused = admin.post(LIST, NEW + FormValues.encoded("{\"a\":{\"$gte\":true}}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("filter.a.$gte: must be a number or a text")
        .containsPattern("id=\"filter\"[^>]*aria-invalid=\"true\"");
    assertThat(admin.post(LIST, NEW + "nonsense").body()).contains("filter: must be valid JSON");
  }

  @Test
  void theFormOffersThePathsOfTheNewestEventOfItsTypes() {
    EndpointId id = place.endpoint(CRM, "license_*").id();
    place.publish("license_created", "{\"Customer\":{\"Country\":\"AT\"}}");
    place.publish("customer_created", "{\"Other\":1}");

    assertThat(admin.get(LIST + "/" + id + "/edit").body())
        .contains("Paths of the newest event", "<code>Customer.Country</code>")
        .doesNotContain("<code>Other</code>");
    assertThat(admin.get(LIST + "/new").body()).contains("<code>Other</code>");
  }

  @Test
  void aFilterIsTriedWhileItIsTyped() {
    String check = LIST + "/filter-check";
    assertThat(admin.post(check, NEW + FormValues.encoded(PRO)).body())
        .isEqualTo("There are no events of these types yet to try it on.");
    place.publish("license_created", PRO);
    place.publish("license_created", "{\"ProductName\":\"Basic\"}");
    place.publish("customer_created", "{}");

    assertThat(admin.post(check, NEW + FormValues.encoded(PRO)).body())
        .isEqualTo(
            "Matches 1 of the last 2 events. The newest one that it does not match: ProductName"
                + " must meet {\"$eq\":\"Pro\"}, but is \"Basic\"");
    assertThat(admin.post(check, NEW).body()).isEmpty();
    Shown wrong = admin.post(check, NEW + FormValues.encoded("{\"a\":[]}"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).startsWith("filter.a: must not be a list");
    assertThat(admin.post(check, NEW + FormValues.encoded(PRO) + "&patterns=%21").status())
        .isEqualTo(400);
  }

  @Test
  void theEventSaysWhyAnEndpointDidNotGetIt() {
    place
        .webhooks()
        .endpoints()
        .create(
            SiteId.DEFAULT, EndpointSpec.to(CRM).types("*").filter("{\"Seats\":{\"$gte\":10}}"));
    String event =
        place
            .webhooks()
            .publish(SiteId.DEFAULT, NewEvent.of("license_created", "{\"Seats\":9.99}"))
            .join()
            .id()
            .value();

    assertThat(admin.get("/sites/default/events/" + event).body())
        .contains("its filter does not match", "Why did this endpoint not get it?")
        .contains("<code>Seats</code>", "<code>9.99</code>", "$gte");
  }
}
