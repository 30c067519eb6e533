package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters in the console: typed with hints, tried on past events, and told on the event's page. */
class FilterPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + FormValues.encoded(CRM) + "&type=license_created&signature=qlm&filter=";
  private static final String PRO = "{\"ProductName\":\"Pro\"}";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aFilterIsSavedShownAndRemoved() {
    EndpointId id = place.endpoint(CRM, "*").id();
    String page = LIST + "/" + id;

    assertThat(admin.post(page + "/edit", NEW + FormValues.encoded(" " + PRO + "\n")).body())
        .contains("<li><code>ProductName</code> is <code>Pro</code></li>")
        .doesNotContain("An event must meet all");
    assertThat(place.webhooks().endpoints().get(SiteId.DEFAULT, id).filter())
        .isEqualTo(Filter.parse(PRO));
    assertThat(admin.get(page + "/edit").body())
        .contains("name=\"filter-path-0\" value=\"ProductName\"", "value=\"Pro\"");
    assertThat(admin.post(page + "/edit", NEW).body()).contains("<dt>Filter</dt><dd>none");
    assertThat(place.webhooks().endpoints().get(SiteId.DEFAULT, id).filter()).isNull();
  }

  @Test
  void conditionsAreTypedInRows() {
    EndpointId id = place.endpoint(CRM, "*").id();
    String edit = LIST + "/" + id + "/edit";
    String rows =
        row(0, "ProductName", "is", "Pro")
            + row(1, "Seats", "at_least", "10")
            + row(2, "Seats", "less", "500")
            + row(3, "Country", "one_of", "DE, AT")
            + row(4, "Code", "is", "\"70\"")
            + row(5, "Key", "begins", "10")
            + row(6, "Trial", "missing", "")
            + row(7, "", "is", "");
    String json =
        "{\"ProductName\":\"Pro\",\"Seats\":{\"$gte\":10,\"$lt\":500},\"Country\":{\"$in\":[\"DE\",\"AT\"]},"
            + "\"Code\":\"70\",\"Key\":{\"$startsWith\":\"10\"},\"Trial\":{\"$exists\":false}}";

    admin.post(edit, NEW + rows);

    assertThat(filter(id)).isEqualTo(json);
    assertThat(admin.get(LIST + "/" + id).body())
        .as("the page of the endpoint says them in words")
        .contains(
            "An event must meet all of these:",
            "<li><code>Seats</code> is at least <code>10</code></li>",
            "<li><code>Country</code> is one of <code>DE, AT</code></li>",
            "<li><code>Trial</code> does not exist</li>",
            "<summary>As JSON</summary>",
            "  \"ProductName\": \"Pro\",\n");
    assertThat(admin.get(edit).body())
        .as("they are read back")
        .contains("value=\"at_least\" selected>", "value=\"DE, AT\"", "value=\"&#34;70&#34;\"")
        .contains("name=\"filter-path-6\" value=\"Trial\"", "value=\"missing\" selected>");
    assertThat(admin.post(edit, NEW + rows + "&row=filter-json").body())
        .as("and can be written as JSON")
        .contains("{&#34;$gte&#34;:10".replace("&#34;", "\""), "id=\"filter-json\" open>");
    assertThat(admin.post(edit, NEW + FormValues.encoded(PRO) + rows).body())
        .contains("must be either rows or JSON", "name=\"filter-path-1\" value=\"Seats\"");
    assertThat(admin.post(edit, NEW + row(0, "Seats", "at_least", "")).body())
        .contains("must have a value");
    assertThat(filter(id)).as("nothing of that is saved").isEqualTo(json);
  }

  @Test
  void whatRowsCannotExpressStaysJsonAsItIs() {
    EndpointId id = place.endpoint(CRM, "*").id();
    String edit = LIST + "/" + id + "/edit";
    String spaced = "{ \"ProductName\" : \"Pro\" }";
    admin.post(edit, NEW + FormValues.encoded(spaced));
    assertThat(admin.get(edit).body()).contains("name=\"filter-path-0\" value=\"ProductName\"");
    admin.post(
        edit,
        NEW + row(0, "ProductName", "is", "Pro") + "&filter-was=" + FormValues.encoded(spaced));
    assertThat(filter(id)).as("unchanged, so no change").isEqualTo(spaced);
    for (String other :
        new String[] {
          "{\"$or\":[{\"a\":1},{\"b\":2}]}", "{\"a\":{\"b\":1}}", "{\"a\":{\"$in\":[\"x,y\"]}}"
        }) {
      assertThat(admin.post(edit, NEW + FormValues.encoded(other)).body())
          .as("formatted on the page of the endpoint")
          .contains("<pre tabindex=\"0\" aria-label=\"Filter\">{\n  \"")
          .doesNotContain("id=\"filter-as-json\"");
      assertThat(admin.get(edit).body())
          .contains(other + "</textarea>", "name=\"filter-path-0\" value=\"\"");
    }
  }

  @Test
  void rowsAreAddedAndRemovedWithoutAScript() {
    assertThat(admin.get(LIST + "/new").body())
        .contains("name=\"filter-path-0\"")
        .doesNotContain("name=\"filter-path-1\"", "name=\"header-name-1\"");
    String typed = NEW + row(0, "Seats", "less", "9") + "&header-name-0=X-Pick&header-value-0=1";
    Shown more = admin.post(LIST + "/new", typed + "&row=filter-add");
    assertThat(more.body())
        .contains("value=\"Seats\"", "value=\"less\" selected>", "name=\"filter-path-1\"")
        .contains("name=\"header-name-0\" value=\"X-Pick\"");
    assertThat(admin.post(LIST + "/new", typed + "&row=filter-drop-0").body())
        .doesNotContain("value=\"Seats\"")
        .contains("name=\"header-name-0\" value=\"X-Pick\"");
    assertThat(place.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data())
        .isEmpty();
    String edit = LIST + "/" + place.endpoint(CRM, "*").id() + "/edit";
    assertThat(admin.post(edit, typed + "&row=header-add").body())
        .contains("name=\"header-name-1\" value=\"\"", "value=\"Seats\"");
    assertThat(admin.post(edit, typed + "&row=header-drop-0").body()).doesNotContain("X-Pick");
  }

  private static String row(int number, String path, String operator, String value) {
    String end = "-" + number + "=";
    return "&filter-path"
        + end
        + path
        + "&filter-operator"
        + end
        + operator
        + "&filter-value"
        + end
        + FormValues.encoded(value);
  }

  private String filter(EndpointId id) {
    return place.webhooks().endpoints().get(SiteId.DEFAULT, id).filter().text();
  }

  @Test
  void aBadFilterIsRefusedAtItsField() {
    Shown refused = admin.post(LIST, NEW + FormValues.encoded("{\"a\":{\"$gte\":true}}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("filter.a.$gte: must be a number or a string")
        .containsPattern("id=\"filter\"[^>]*aria-invalid=\"true\"");
    assertThat(admin.post(LIST, NEW + "nonsense").body()).contains("filter: must be valid JSON");
  }

  @Test
  void theFormOffersThePathsOfTheNewestEventOfItsTypes() {
    EndpointId id = place.endpoint(CRM, "license_*").id();
    place.publish("license_created", "{\"Customer\":{\"Country\":\"AT\"}}");
    place.publish("customer_created", "{\"Other\":1}");

    assertThat(admin.get(LIST + "/" + id + "/edit").body())
        .contains("Fields of the newest event of these types", "<code>Customer.Country</code>")
        .doesNotContain("<code>Other</code>");
    assertThat(admin.get(LIST + "/new").body()).contains("<code>Other</code>");
    assertThat(admin.post(LIST + "/filter-paths", "type=license_created").body())
        .isEqualTo("Customer.Country\t\"AT\"");
    assertThat(admin.post(LIST + "/filter-paths", "type=customer_deleted").body()).isEmpty();
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
                + " must be \"Pro\", but is \"Basic\"");
    String misspelt = FormValues.encoded("{\"ProductNam\":\"Pro\"}");
    assertThat(admin.post(check, NEW + misspelt).body())
        .isEqualTo("Matches 0 of the last 2 events. None has ProductNam: check for typos.");
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
