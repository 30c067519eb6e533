package dev.hookferry;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.ServerPropertiesPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** QLM's flat view. */
class ServerPropertiesTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final Embedded embedded = new Embedded();
  private final Settings settings = embedded.webhooks.settings();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aNewSiteShowsAllEightEventsAndTheFourSettings() {
    assertThat(settings.serverProperties(SITE))
        .containsOnlyKeys(
            "license_activated",
            "license_created",
            "license_deleted",
            "license_modified",
            "license_released",
            "customer_created",
            "customer_deleted",
            "customer_modified",
            "webHooksEnabled",
            "webHookMaxRetries",
            "webHookRetryInterval",
            "webHookSecretKey")
        .containsEntry("webHooksEnabled", true)
        .containsEntry("webHookMaxRetries", 5)
        .containsEntry("webHookRetryInterval", 300L)
        .containsEntry("license_created", "");
  }

  @Test
  void anUnresolvableNameIsAWarningInTheReply() {
    embedded.transport.unresolvable("later.example");

    Map<String, Object> mistyped =
        settings.changeServerProperties(
            SITE, Map.of("license_created", "https://later.example/x;https://b.example/y"));
    Map<String, Object> unrelated =
        settings.changeServerProperties(SITE, Map.of("webHookMaxRetries", 3));

    assertThat(mistyped)
        .containsEntry("license_created", "https://later.example/x;https://b.example/y")
        .containsEntry(
            "warnings", List.of("the name later.example does not resolve at this moment"));
    assertThat(unrelated).doesNotContainKey("warnings");
    assertThat(settings.serverProperties(SITE)).doesNotContainKey("warnings");
  }

  @Test
  void aPatternThatBecomesAFixedListIsAWarning() {
    create("https://all.example/", "*");
    create("https://both.example/", "license_*", "customer_*");

    Map<String, Object> after =
        settings.changeServerProperties(
            SITE, Map.of("license_created", "", "webHookMaxRetries", 3));

    assertThat(after.get("warnings"))
        .asInstanceOf(list(String.class))
        .containsExactlyInAnyOrder(
            fixed("https://all.example/", "*"), fixed("https://both.example/", "license_*"));
    assertThat(settings.planServerProperties(SITE, Map.of("customer_deleted", "")).warnings())
        .containsExactly(fixed("https://both.example/", "customer_*"));
    assertThat(settings.changeServerProperties(SITE, Map.of("license_deleted", "")))
        .doesNotContainKey("warnings");
  }

  /** The file of one site, written to another one, has the mask instead of the key. */
  @Test
  void aMaskForNoKeyAndBlanksAroundOneAreWarnings() {
    Map<String, String> mask = Map.of("webHookSecretKey", "********");
    assertThat(settings.changeServerProperties(SITE, mask))
        .containsEntry("webHookSecretKey", "")
        .extractingByKey("warnings", as(InstanceOfAssertFactories.LIST))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .contains("webHookSecretKey is a masked value, and the site has no key");
    assertThat(
            settings.planServerProperties(SITE, Map.of("webHookSecretKey", "s3cr3t ")).warnings())
        .containsExactly(
            "webHookSecretKey begins or ends with white space, which is part of the key");
    assertThat(settings.changeServerProperties(SITE, Map.of("webHookSecretKey", "s3cr3t")))
        .doesNotContainKey("warnings");
    assertThat(settings.changeServerProperties(SITE, mask)).doesNotContainKey("warnings");
  }

  private static String fixed(String url, String pattern) {
    return "the subscription of "
        + url
        + " to "
        + pattern
        + " becomes a fixed list: event types that are added later are not sent to it";
  }

  @Test
  void patternsSurviveARoundTripEvenIfATypeIsAddedMeanwhile() {
    create("https://all.example/", "*");
    create("https://prefix.example/", "order_*", "license_*");
    Map<String, Object> view = settings.serverProperties(SITE);
    settings.update(SITE, s -> s.eventTypes("order_paid"));

    for (Map<String, Object> same : List.of(view, settings.serverProperties(SITE))) {
      assertThat(settings.changeServerProperties(SITE, same))
          .containsEntry("order_paid", "https://all.example/;https://prefix.example/")
          .doesNotContainKey("warnings");
    }

    assertThat(endpoints())
        .flatExtracting(Endpoint::eventTypes)
        .extracting(EventTypeFilter::pattern)
        .containsExactly("order_*", "license_*", "*");
  }

  @Test
  void warningsFromAnEarlierReplyAreIgnored() {
    put(Map.of("warnings", List.of("the name a.example does not resolve at this moment")));

    assertThatThrownBy(() -> put(Map.of("warnings", "https://a.example/")))
        .hasMessageContaining("warnings: is neither a known event nor a QLM setting");
    settings.update(SITE, s -> s.eventTypes("warnings"));
    put(Map.of("warnings", "https://a.example/"));
    assertThat(settings.serverProperties(SITE)).containsEntry("warnings", "https://a.example/");
  }

  @Test
  void aPlanReportsChangesWithoutMakingThem() {
    put(Map.of("license_created", "https://a.example/x;https://b.example/y"));
    Map<String, Object> before = settings.serverProperties(SITE);

    ServerPropertiesPlan plan =
        settings.planServerProperties(
            SITE,
            Map.of(
                "license_created", "https://c.example/z",
                "license_deleted", "https://b.example/y",
                "webHookMaxRetries", 3));

    assertThat(plan.added()).extracting(e -> e.url().text()).containsExactly("https://c.example/z");
    assertThat(plan.changed())
        .extracting(e -> e.url().text())
        .containsExactly("https://b.example/y");
    assertThat(plan.removed())
        .extracting(e -> e.url().text())
        .containsExactly("https://a.example/x");
    assertThat(settings.serverProperties(SITE)).isEqualTo(before);
    assertThat(
            catchThrowableOfType(
                InvalidException.class,
                () -> settings.planServerProperties(SITE, Map.of("license_created", "ftp://x"))))
        .isNotNull();
  }

  @Test
  void theSameUrlUnderSeveralEventsIsOneEndpoint() {
    put(
        Map.of(
            "license_created", " https://a.example/x ;; https://b.example/y;",
            "license_deleted", "https://a.example/x"));

    assertThat(endpoints())
        .extracting(e -> e.url().text(), e -> List.copyOf(e.eventTypes()).size())
        .containsExactlyInAnyOrder(
            tuple("https://a.example/x", 2), tuple("https://b.example/y", 1));
    assertThat(settings.serverProperties(SITE))
        .containsEntry("license_created", "https://a.example/x;https://b.example/y")
        .containsEntry("license_deleted", "https://a.example/x");
  }

  @Test
  void absentValuesAreKeptAndEmptyValuesRemove() {
    put(Map.of("license_created", "https://a.example/", "license_deleted", "https://a.example/"));

    put(Map.of("license_created", ""));
    assertThat(settings.serverProperties(SITE))
        .containsEntry("license_created", "")
        .containsEntry("license_deleted", "https://a.example/");

    put(Map.of("license_deleted", ""));
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void anEndpointKeepsItsIdentityWhenItsEventsChange() {
    put(Map.of("license_created", "https://a.example/"));
    var before = endpoints().get(0).id();

    put(Map.of("license_deleted", "https://a.example/", "license_created", ""));

    assertThat(endpoints()).singleElement().extracting(Endpoint::id).isEqualTo(before);
  }

  @Test
  void removingOneEventFromAWildcardKeepsTheOthers() {
    embedded
        .webhooks
        .endpoints()
        .create(SITE, EndpointSpec.to("https://a.example/").types("customer_*"));

    put(Map.of("customer_deleted", ""));

    assertThat(endpoints().get(0).eventTypes())
        .extracting(EventTypeFilter::pattern)
        .containsExactly("customer_created", "customer_modified");
  }

  @Test
  void removingOneEventFromAWildcardKeepsThoseThatTheSiteHides() {
    settings.changeByName(
        SITE, Map.of("eventTypes", List.of("order.paid"), "hideQlmEventTypes", true));
    create("https://a.example/", "*");

    put(Map.of("order.paid", ""));

    assertThat(endpoints().get(0).eventTypes())
        .extracting(EventTypeFilter::pattern)
        .hasSize(8)
        .contains("license_created");
  }

  /** The site accepts order.shipped, too, which no list of its types can name. */
  @Test
  void aPatternThatMatchesUndeclaredTypesIsNotTakenApart() {
    settings.changeByName(SITE, Map.of("eventTypes", List.of("order.paid"), "openCatalog", true));
    create("https://a.example/", "order.*");

    assertThatThrownBy(() -> put(Map.of("order.paid", "")))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("order.paid: cannot be taken from an endpoint that gets order.*");

    assertThat(endpoints()).hasSize(1);
  }

  /** QLM's two numbers cannot tell it. */
  @Test
  void aScheduleSurvivesARoundTrip() {
    RetrySettings schedule =
        RetrySettings.schedule(List.of(Duration.ofSeconds(5), Duration.ofHours(2)));
    settings.update(SITE, s -> s.retry(schedule));

    settings.changeServerProperties(SITE, settings.serverProperties(SITE));
    assertThat(settings.get(SITE).retry()).isEqualTo(schedule);

    put(Map.of("webHookMaxRetries", "7"));
    assertThat(settings.get(SITE).retry())
        .as("not every five seconds")
        .isEqualTo(RetrySettings.DEFAULT.maxRetries(7));
    List<Duration> days = List.of(Duration.ofDays(2), Duration.ofDays(3));
    settings.update(SITE, s -> s.retry(RetrySettings.schedule(days)));
    put(Map.of("webHookMaxRetries", "7"));
    assertThat(settings.get(SITE).retry().maxRetries()).isEqualTo(7);
  }

  @Test
  void writingBackTheViewChangesNothing() {
    put(Map.of("license_created", "https://a.example/", "webHookSecretKey", "s3cr3t"));
    var view = settings.serverProperties(SITE);
    long version = embedded.store.config().version();

    settings.changeServerProperties(SITE, view);

    assertThat(embedded.store.config().version()).isEqualTo(version);
    assertThat(view.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void valuesAreReadAsInAPropertiesFile() {
    put(Map.of("webHookMaxRetries", "4", "webHookRetryInterval", "30", "webHooksEnabled", "false"));

    assertThat(settings.serverProperties(SITE))
        .containsEntry("webHookMaxRetries", 4)
        .containsEntry("webHookRetryInterval", 30L)
        .containsEntry("webHooksEnabled", false);
  }

  @Test
  void allProblemsAreReportedAndNothingChanges() {
    put(Map.of("license_created", "https://a.example/"));
    var before = settings.serverProperties(SITE);

    InvalidException refusal =
        catchThrowableOfType(
            InvalidException.class,
            () ->
                put(
                    Map.of(
                        "license_created", "ftp://x/y;https://ok.example/",
                        "license_deleted", "not a url",
                        "webHookMaxRetries", -1,
                        "webHooksEnabled", "maybe",
                        "licence_created", "https://b.example/")));

    assertThat(refusal.problems())
        .extracting(Problem::field)
        .contains("webHookMaxRetries", "webHooksEnabled", "licence_created");
    assertThat(refusal.problems()).anyMatch(p -> p.field().startsWith("license_created"));
    assertThat(refusal.problems()).anyMatch(p -> p.field().startsWith("license_deleted"));
    assertThat(refusal.problems())
        .anyMatch(p -> p.reason().contains("did you mean license_created"));
    assertThat(settings.serverProperties(SITE)).isEqualTo(before);
  }

  @Test
  void aNameThatResolvesToABlockedNetworkIsReportedUnderItsEvent() {
    put(Map.of("license_created", "https://was.fine.example/"));
    embedded.transport.refusing("inside.example").refusing("was.fine.example");

    InvalidException refusal =
        catchThrowableOfType(
            InvalidException.class,
            () ->
                put(
                    Map.of(
                        "license_created", "https://was.fine.example/",
                        "license_deleted", "https://ok.example/;https://inside.example/",
                        "customer_created", "https://inside.example/")));

    assertThat(refusal.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder("license_deleted.url", "customer_created.url");
    assertThat(endpoints()).hasSize(1);
  }

  @Test
  void aSemicolonInsideAUrlIsWrittenEncoded() {
    embedded.webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/x;y").types("*"));

    var view = settings.serverProperties(SITE);

    assertThat(view).containsEntry("license_created", "https://a.example/x%3By");
    settings.changeServerProperties(SITE, view);
    assertThat(endpoints()).hasSize(1);
  }

  private void put(Map<String, ?> changes) {
    settings.changeServerProperties(SITE, changes);
  }

  private void create(String url, String... types) {
    embedded.webhooks.endpoints().create(SITE, EndpointSpec.to(url).types(types));
  }

  private List<Endpoint> endpoints() {
    return embedded.webhooks.endpoints().list(SITE, PageRequest.FIRST).data();
  }
}
