package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.endpoints.EndpointForm;
import dev.hookferry.http.console.endpoints.SettingCard;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SiteSettingFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The forms of endpoints and sites, held against the field tables. */
class EndpointFormTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String NEW = "url=https%3A%2F%2Fcrm.example%2Fhook&type=license_created";
  private static final Pattern FIELDS = Pattern.compile("data-fields=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void everyFieldOfTheTableHasAPlaceInTheForm() {
    assertThat(fields(LIST + "/new")).containsAll(EndpointFields.NEW.names());
    assertThat(fields("/sites/default/settings")).containsAll(SiteSettingFields.ALL.names());
  }

  @Test
  void aFormWithoutSettingsGivesEveryFieldItsDefault() {
    FieldValues values = EndpointForm.empty().change(true, RetrySettings.DEFAULT).values();
    assertThat(EndpointFields.CHANGE.fields())
        .filteredOn(field -> field != EndpointFields.ON_EXHAUSTION)
        .allMatch(field -> values.isReset(field) || values.get(field) != null);
  }

  @Test
  void cardIsOpenIfSetAndOtherwiseShowsTheDefault() {
    String blank = admin.get(LIST + "/new").body();
    assertThat(blank)
        .contains("site: 5 × 5 min", "site: envelope qlm", ">server: direct<")
        .containsPattern("<b>Timeout</b> <span class=\"soft small\">server: [0-9]+ s<")
        .doesNotContain("the server's<");
    assertThat(blank).as("there is no value to keep").doesNotContain("keeps the current one");
    for (SettingCard card : SettingCard.values()) {
      assertThat(blank).contains("id=\"" + card.id() + "\"");
      assertThat(card.isSet(EndpointForm.empty())).as(card.name()).isFalse();
    }
    admin.post(LIST, NEW + "&maxRetries=7");
    assertThat(admin.get(LIST + "/" + only().id() + "/edit").body())
        .contains("id=\"set-retry\" data-fields=\"retry\" open>")
        .containsPattern("<b>Timeout</b> <span class=\"soft small\">server: [0-9]+ s<")
        .contains("<b>Egress</b> <span class=\"soft small\">server: direct<")
        .doesNotContain("id=\"set-timeout\" data-fields=\"timeout\" open>");
  }

  @Test
  void theFieldForOtherTypesIsFoldedWhileItIsEmpty() {
    String folded = "<details class=\"more\" id=\"other-types\"><summary>Other types, or patterns<";
    assertThat(admin.get(LIST + "/new").body()).contains(folded);
    admin.post(LIST, NEW + "&patterns=billing.*");
    assertThat(admin.get(LIST + "/" + only().id() + "/edit").body()).doesNotContain(folded);
  }

  @Test
  void addressIsNotReportedAsAResolvedName() {
    String form = "&type=license_created&signature=standard";
    assertThat(admin.post(LIST + "/try", "url=https%3A%2F%2F93.184.216.34%2Fhook" + form).body())
        .contains(">Requests to this address are allowed.</p>");
    assertThat(admin.post(LIST + "/try", NEW).body()).contains(">The name resolves, and");
  }

  @Test
  void secretsAreTakenAndNeverShownAgain() {
    String secret = "an existing secret";
    Shown shown =
        admin.post(
            LIST,
            NEW
                + "&signature=github&secret=an+existing+secret&qlmSecret=the+qlm+key"
                + "&header-name-0=X-Customer&header-value-0=9933&header-secret-0=yes");
    assertThat(shown.body()).contains("id=\"secret\">" + secret);
    Endpoint made = only();
    assertThat(made.signing().qlmSecret()).isNotNull();
    assertThat(made.headers()).allMatch(CustomHeader::markedSecret);
    String edit = admin.get(LIST + "/" + made.id() + "/edit").body();
    assertThat(edit)
        .contains("value=\"X-Customer\"", "placeholder=\"unchanged unless you type\"")
        .doesNotContain(secret, "the qlm key", "9933");
    admin.post(
        LIST + "/" + made.id() + "/edit",
        NEW
            + "&signature=github&qlmSecret=********"
            + "&header-name-0=X-Customer&header-value-0=&header-secret-0=yes&header-kept-0=X-Customer");
    assertThat(only().signing().qlmSecret()).isEqualTo(made.signing().qlmSecret());
    admin.post(LIST + "/" + made.id() + "/edit", NEW + "&signature=github");
    assertThat(only().signing().qlmSecret()).isNull();
    assertThat(only().headers()).isEmpty();
    assertThat(admin.post(LIST, NEW + "&secret=short").body())
        .contains("Secret: enter 8 to 256 characters");
  }

  @Test
  void aStoredSecretValueStaysUnderItsOwnNameOnly() {
    admin.post(LIST, NEW + "&header-name-0=X-Shop&header-value-0=9933&header-secret-0=yes");
    String edit = LIST + "/" + only().id() + "/edit";
    CustomHeader stored = only().headers().get(0);
    String kept = "&header-value-0=&header-kept-0=X-Shop";
    assertThat(admin.post(edit, NEW + kept + "&header-name-0=X-New&header-secret-0=yes").body())
        .contains("must have a value for X-New: the stored value belongs to X-Shop");
    assertThat(admin.post(edit, NEW + kept + "&header-name-0=X-Shop").body())
        .contains("must have a value for X-Shop: enter it again so that it can be shown");
    assertThat(only().headers()).containsExactly(stored);
    admin.post(edit, NEW + kept.replace("=&", "=new&") + "&header-name-0=X-Shop");
    assertThat(admin.get(edit).body()).contains("value=\"new\"");
    admin.post(edit, NEW + "&header-name-0=Authorization&header-value-0=Bearer+x");
    assertThat(admin.get(edit).body())
        .contains("header-secret-0\" value=\"yes\" checked disabled>", "header-kept-0");
    admin.post(edit, NEW + "&header-name-0=&header-value-0=&header-kept-0=Authorization");
    assertThat(only().headers()).isEmpty();
  }

  @Test
  void successStatusesAreTypedAsAList() {
    admin.post(LIST, NEW + "&successStatuses=304,+2xx");
    Endpoint made = only();
    assertThat(made.successStatuses().entries()).containsExactly("2xx", "304");
    String page = LIST + "/" + made.id();
    assertThat(admin.get(page).body()).contains("Success statuses", "2xx, 304");
    assertThat(admin.get(page + "/edit").body())
        .contains("name=\"successStatuses\" value=\"2xx, 304\"")
        .contains("id=\"set-success\" data-fields=\"successStatuses\" open>");
    assertThat(admin.post(page + "/edit", NEW + "&successStatuses=2xx+4xx").body())
        .contains("successStatuses[1]: must be 2xx, 3xx or a status from 200 to 399")
        .contains("value=\"2xx 4xx\"");
    assertThat(only().successStatuses()).isEqualTo(made.successStatuses());
    admin.post(page + "/edit", NEW);
    assertThat(only().successStatuses().isDefault()).isTrue();
    assertThat(admin.get(page + "/edit").body())
        .doesNotContain("data-fields=\"successStatuses\" open>");
  }

  @Test
  void theSettingsOfASiteAreChangedAllOrNone() {
    String path = "/sites/default/settings";
    String rest =
        "&webHookRetryInterval=60&retryBackoff=exponential&envelope=raw&qlmEventTypeField=EventType"
            + "&qlmLicenseField=LicenseInfo&qlmCustomerField=CustomerInfo&endpointConcurrency=&portal.payload=full";
    assertThat(admin.post(path, "webHookMaxRetries=many" + rest).body())
        .contains("Retries: enter a whole number", "value=\"many\"");
    assertThat(admin.post(path, "webHookMaxRetries=many&webHookRetryInterval=soon" + rest).body())
        .as("all at once")
        .contains("Retries: enter a whole number", "Retry interval: enter");
    assertThat(admin.post(path, "webHookMaxRetries=99999" + rest).status()).isEqualTo(400);
    assertThat(place.webhooks().settings().get(SiteId.DEFAULT).webHooksEnabled()).isTrue();
    assertThat(
            admin
                .post(path, "webHookMaxRetries=7&eventTypes=order.paid%0Aorder.sent" + rest)
                .body())
        .contains("The settings were saved.", "order.paid\norder.sent");
    var saved = place.webhooks().settings().get(SiteId.DEFAULT);
    assertThat(saved.retry().maxRetries()).isEqualTo(7);
    assertThat(saved.webHooksEnabled()).isFalse();
    String again = "webHookMaxRetries=8&eventTypes=order.paid%0D%0Aorder.sent" + rest;
    String section = admin.postTo(path, again);
    assertThat(section).endsWith("/settings#retries");
    assertThat(admin.get(path).body())
        .contains("Changed: Retries.")
        .containsPattern(
            "/audit\\?site=default&amp;action=site.changed#aud_[a-z0-9]+\">Audit entry<");
    assertThat(admin.post(path, again).body()).contains("No changes.");
  }

  @Test
  void settingHintsAreWordedForAForm() {
    assertThat(admin.get("/sites/default/settings").body())
        .contains("empty the field to remove it", "Leave empty to connect directly.")
        .containsPattern("Leave empty for the server's [0-9]+ s\\.")
        .containsPattern("Leave empty for the server's [0-9]+\\.")
        .containsPattern("name=\"endpointConcurrency\"[^>]* value=\"\"")
        .contains("On by default.", "Off by default.")
        .as("a box says what happens while it is ticked")
        .containsSubsequence(
            "<label for=\"webHooksEnabled\">Deliver events to endpoints</label>",
            "id=\"webHooksEnabled-help\">While off, events are stored without deliveries")
        .contains("<label for=\"hideQlmEventTypes\">Leave QLM's event types out of lists</label>")
        .doesNotContain(
            "Reads show", "an empty string", "While false", ">Whether", "query parameters")
        .doesNotContain("A change replaces", "Default: true", "Default: false", "404");
  }

  @Test
  void settingsHaveSectionsAndShowQlmOnlyIfItMatters() {
    String path = "/sites/default/settings";
    String qlm = "id=\"qlm\"";
    assertThat(admin.get(path).body())
        .containsSubsequence("href=\"#sending\"", "href=\"#portal-look\"", "id=\"sending\"", qlm)
        .contains(qlm + " aria-labelledby", "<span class=\"unit\">seconds</span>");
    var settings = place.webhooks().settings();
    var unused = settings.changeByName(SiteId.DEFAULT, Map.of("envelope", "raw"));
    assertThat(admin.get(path).body()).contains(qlm + " hidden");
    unused = settings.changeByName(SiteId.DEFAULT, Map.of("qlmLicenseField", "License"));
    assertThat(admin.get(path).body()).contains(qlm + " aria-labelledby");
  }

  @Test
  void aTestIsTitledByTheNameOfItsEndpoint() {
    String asked = "/sites/default/endpoints/try";
    assertThat(admin.post(asked, NEW + "&description=Billing").body())
        .containsPattern("<h1 [^>]*>Test of Billing</h1>\\s*<p class=\"url tiny soft\">https://");
    assertThat(admin.post(asked, NEW).body()).contains(">Test of a new endpoint</h1>");
  }

  private Set<String> fields(String path) {
    Matcher found = FIELDS.matcher(admin.get(path).body());
    Set<String> names = new LinkedHashSet<>();
    found.results().forEach(one -> names.addAll(List.of(one.group(1).split(" ", -1))));
    return names;
  }

  private Endpoint only() {
    return place.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data().get(0);
  }
}
