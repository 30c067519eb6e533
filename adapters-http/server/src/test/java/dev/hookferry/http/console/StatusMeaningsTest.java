package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.StatusMeaning;
import dev.hookferry.observe.EndpointHealth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The words for states, each of which says in a sentence what it means. */
class StatusMeaningsTest {
  private static final String SITE = "/sites/default";
  private static final String ASK = ">Statuses explained</span></summary>";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void everyStateHasASentenceOfItsOwn() {
    for (List<StatePill> pills : List.of(StatePill.ofDeliveries(), StatePill.ofEndpoints())) {
      assertThat(pills)
          .extracting(StatePill::meaning)
          .doesNotHaveDuplicates()
          .allMatch(text -> text.matches("[A-Z].{15,115}\\."), "a sentence");
      assertThat(pills).extracting(StatePill::word).doesNotHaveDuplicates();
    }
    assertThat(StatePill.ofDeliveries())
        .as("one for each state, and one for tests")
        .hasSize(DeliveryState.values().length + 1);
  }

  @Test
  void everyListExplainsItsStates() {
    var unused = place.endpoint("https://crm.example/hook", "license_created");
    for (String list : List.of("/deliveries", "/retry-queue", "/events", "/find?q=nowhere")) {
      assertThat(admin.get(SITE + list).body())
          .as(list)
          .contains(ASK, "<dd>" + StatusMeaning.of(DeliveryState.POISONED) + "</dd>")
          .contains("test failed</span></dt><dd>A test was not accepted. Tests are not retried.<");
    }
    for (String list : List.of("/endpoints", "/problems")) {
      assertThat(admin.get(SITE + list).body())
          .as(list)
          .contains(ASK, "<dd>" + StatusMeaning.of(EndpointHealth.State.BACKING_OFF) + "</dd>");
    }
  }

  @Test
  void aPillHasItsMeaningAsTitle() {
    var unused = place.endpoint("https://crm.example/hook", "license_created");
    String title = "title=\"" + StatusMeaning.NO_TRAFFIC + "\"";
    assertThat(admin.get(SITE).body()).contains(title);
    Stream.of(EndpointHealth.State.values())
        .forEach(state -> assertThat(StatePill.of(state).meaning()).isNotEmpty());
  }
}
