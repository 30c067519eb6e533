package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.NewEvent;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer makes the filter of an endpoint from fields of the types that are ticked. */
class PortalFilterFormTest {
  private static final String ALL = ",\"can\":[\"manage\"]";
  private static final String SEEING = ",\"can\":[\"manage\",\"payload\"]";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String edit = "/portal/endpoints/" + scene.mine.id() + "/edit";
  private final String typed =
      "type=license_created&url=" + FormValues.encoded(PortalScene.MINE) + "&";

  @AfterEach
  void close() {
    scene.close();
  }

  private static String row(int number, String path, String operator, String value) {
    String start = "filter-%s-" + number + "=";
    return start.formatted("path")
        + FormValues.encoded(path)
        + "&"
        + start.formatted("operator")
        + operator
        + "&"
        + start.formatted("value")
        + FormValues.encoded(value)
        + "&";
  }

  private String stored() {
    Filter filter = served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).filter();
    return Objects.requireNonNull(filter).text();
  }

  /** Enter clicks the first button of a form; that once removed the first condition. */
  @Test
  void enterSavesTheForm() {
    for (String path : new String[] {edit, "/portal/endpoints/new"}) {
      String label = path.equals(edit) ? "Save" : "Create endpoint";
      String form =
          scene.page(scene.cookie(ALL), path).body().replaceFirst("(?s).*settings-form", "");
      assertThat(form.substring(form.indexOf("<button")))
          .startsWith(
              "<button class=\"visually-hidden\" tabindex=\"-1\" aria-hidden=\"true\">" + label);
    }
  }

  @Test
  void rowsMakeAFilterThatTheFormShowsAgain() {
    String cookie = scene.cookie(ALL);
    String rows = row(0, "Seats", "at_least", "10") + row(1, "Region", "is", "eu");

    Answer saved = scene.posted(cookie, edit, typed + rows + row(2, "", "is", ""));

    assertThat(saved.body()).contains("Event types and filter changed.");
    assertThat(stored()).isEqualTo("{\"Seats\":{\"$gte\":10},\"Region\":\"eu\"}");
    assertThat(scene.page(cookie, edit).body())
        .contains("name=\"filter-path-0\" value=\"Seats\"", "name=\"filter-value-1\" value=\"eu\"")
        .contains("value=\"at_least\" selected>is at least</option>")
        .containsPattern("id=\"filter-group\" open");
    assertThat(scene.page(scene.cookie(ALL + ",\"locale\":\"de\""), edit).body())
        .contains("selected>ist mindestens</option>", "Bedingung hinzufügen");
  }

  @Test
  void rowsAreAddedRemovedAndWrittenAsJsonWithoutAScript() {
    String cookie = scene.cookie(ALL);
    String rows = row(0, "a", "is", "1") + row(1, "b", "is", "2");
    Answer more = scene.post(cookie, edit, typed + rows + "row=filter-add");
    assertThat(more.status()).isEqualTo(200);
    assertThat(more.body()).contains("name=\"filter-path-2\"").doesNotContain("role=\"alert\"");
    assertThat(scene.post(cookie, edit, typed + rows + "row=filter-drop-0").body())
        .contains("name=\"filter-path-0\" value=\"b\"")
        .doesNotContain("value=\"a\"");
    assertThat(
            scene
                .post(cookie, edit, typed + rows + "row=filter-json")
                .body()
                .replace("&#34;", "\""))
        .contains(">{\"a\":1,\"b\":2}</textarea>");
    assertThat(served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).filter()).isNull();
    for (String path : List.of(edit, "/portal/endpoints/new")) {
      assertThat(scene.post(scene.cookie(",\"can\":[]"), path, "row=filter-add").status())
          .isEqualTo(403);
    }
  }

  @Test
  void wrongRowsAreSaidInTheLanguageOfThePage() {
    String german = scene.cookie(ALL + ",\"locale\":\"de\"");
    String json = "filter=" + FormValues.encoded("{\"a\":1}") + "&";
    for (String wrong :
        List.of(
            row(0, "a", "is", "") + "|Geben Sie einen Wert für a ein",
            row(0, "", "is", "1") + "|Geben Sie in jeder Zeile ein Feld ein",
            row(0, "a", "no", "1") + "|Wählen Sie eine der Bedingungen der Liste",
            row(0, "a", "is", "\"1") + "|Schließen Sie die Anführungszeichen im Wert von a",
            row(0, "a", "is", "1")
                + row(1, "a", "is", "2")
                + "|eine der beiden gleichen Bedingungen",
            row(0, "a", "is", "1") + json + "|Füllen Sie entweder Zeilen oder JSON aus")) {
      String[] parts = wrong.split("\\|", -1);
      Answer refused = scene.post(german, edit, typed + parts[0]);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body())
          .contains("<a href=\"#filter\">Filter</a></li>", parts[1])
          .doesNotContain("<span lang=\"en\"");
    }
  }

  @Test
  void fieldsAreOfferedFromExamplesAndSchemas() {
    put("license_created", "{\"example\":{\"key\":\"K-1\",\"owner\":{\"vip\":true}}}");
    put(
        "order.paid",
        "{\"schema\":{\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"number\"},"
            + "\"lines\":{\"type\":\"array\",\"items\":{\"properties\":{\"sku\":{}}}}}}}");

    String form = scene.page(scene.cookie(ALL), edit).body().replace("&#34;", "\"");

    assertThat(form)
        .contains("<li data-types=\"license_created\"><button type=\"button\" class=\"chip\"")
        .contains("data-pick=\"owner.vip\"", "<option value=\"owner.vip\"></option>")
        .contains("<code>key</code><span class=\"soft\">\"K-1\"</span>")
        .contains("data-pick=\"total\"", "data-pick=\"lines.sku\"")
        .doesNotContain("data-pick=\"lines\"");
  }

  private void publish(String customer, String data) {
    NewEvent event = NewEvent.of("license_created", data).labels(Map.of("customer", customer));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
  }

  @Test
  void aFilterIsTriedOnThePastEventsOfTheCustomer() {
    put("license_created", "{\"example\":{\"order\":{\"total\":1}}}");
    String cookie = scene.cookie(SEEING);
    String asked = typed + row(0, "order.totl", "greater", "100") + "row=filter-try";
    assertThat(scene.post(cookie, edit, asked).body())
        .contains("There are no events of these types yet to try the filter on.");
    publish("c-1", "{\"order\":{\"total\":40}}");
    publish("c-1", "{\"order\":{\"total\":400}}");
    publish("c-2", "{\"order\":{\"totl\":4000}}");

    Answer tried = scene.post(cookie, edit, asked);
    assertThat(tried.status()).isEqualTo(200);
    assertThat(tried.body())
        .contains(
            "<div class=\"note wait\" role=\"status\"><p>The filter matches 0 of the last 2 events of these"
                + " types.</p>",
            "<p>None of them has the field “order.totl”. Did you mean order.total?</p>");
    String right = typed + row(0, "order.total", "greater", "100") + "row=filter-try";
    assertThat(scene.post(cookie, edit, right).body())
        .contains(
            "<div class=\"note plain\" role=\"status\"><p>The filter matches 1 of the last 2 events")
        .doesNotContain("None of them has");
    String absent = typed + row(0, "vip", "missing", "") + "row=filter-try";
    assertThat(scene.post(cookie, edit, absent).body())
        .contains("The filter matches 2 of the last 2 events")
        .doesNotContain("None of them has");
    assertThat(scene.post(cookie, edit, typed + row(0, "a", "is", "") + "row=filter-try").status())
        .isEqualTo(400);
    assertThat(served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id()).filter()).isNull();
    assertThat(scene.posted(cookie, edit, asked.replace("row=filter-try", "")).body())
        .contains("Event types and filter changed.", "None of them has the field “order.totl”.");
    assertThat(scene.posted(cookie, edit, right.replace("row=filter-try", "")).body())
        .doesNotContain("The filter matches");
  }

  @Test
  void aFilterOnFieldsThatPayloadsHideIsNotTried() {
    publish("c-1", "{\"order\":{\"total\":40}}");
    String asked = typed + row(0, "order.total", "greater", "100") + "row=filter-try";
    assertThat(scene.post(scene.cookie(ALL), edit, asked).body())
        .contains("The filter cannot be tried here, because payloads are not shown.");
    scene.portal(
        "{\"enabled\":true,\"payloadByType\":{\"license_created\":{\"payload\":\"none\"}}}");
    assertThat(scene.post(scene.cookie(SEEING), edit, asked).body())
        .contains("The filter cannot be tried here, because payloads are not shown.");
  }

  @Test
  void thePageOfAnEndpointSaysItsFilterInSentences() {
    String cookie = scene.cookie(ALL);
    String rows = row(0, "Seats", "at_least", "10") + row(1, "Region", "exists", "");
    assertThat(scene.posted(cookie, edit, typed + rows).body())
        .contains(
            "<li><code>Seats</code> is at least <code>10</code></li>",
            "<li><code>Region</code> exists</li>",
            "<summary>As JSON</summary>");
    String json = "filter=" + FormValues.encoded("{\"$or\":[{\"a\":1},{\"b\":2}]}");
    assertThat(scene.posted(cookie, edit, typed + json).body())
        .contains("aria-label=\"Filter\">")
        .doesNotContain("<li><code>");
  }

  private void put(String type, String body) {
    Answer put = served.send("PUT", Served.DEFAULT + "/event-types/" + type, body);
    assertThat(put.status()).as(put.body()).isEqualTo(200);
  }
}
