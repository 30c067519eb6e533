package dev.hookferry.app.migration.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.ImportNote;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import dev.hookferry.app.migration.PlannedSite.Origin;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EndpointMappingTest {
  private final ImportNotes notes = new ImportNotes();

  private PlannedEndpoint planned(Consumer<EndpointMapping> with) {
    EndpointMapping draft = new EndpointMapping(new Origin("svix", "ep_1"), "acme", "", "", notes);
    draft.types(List.of("*"));
    with.accept(draft);
    return draft.planned().orElseThrow();
  }

  private List<String> noted() {
    return notes.all().stream().map(ImportNote::text).toList();
  }

  /** Its receiver would reject requests without the header. */
  @Test
  void anEndpointWithoutAHeaderThatItHadIsPaused() {
    PlannedEndpoint endpoint = planned(draft -> draft.header("X-Token", "clé"));
    assertThat(endpoint.state()).isEqualTo(State.INCOMPLETE);
    assertThat(endpoint.headers().kept()).containsExactly("X-Token");
    assertThat(noted().get(0)).startsWith("its header X-Token, whose value is not allowed");
  }

  @Test
  void anEndpointWithoutItsCredentialsIsPaused() {
    assertThat(planned(draft -> draft.secretHeader("Cookie", "s3cr3t")).state())
        .isEqualTo(State.INCOMPLETE);
    assertThat(noted().get(0))
        .startsWith("its credentials in the header Cookie")
        .doesNotContain("s3cr3t");
  }

  @Test
  void aNumberOfRetriesBeyondAllBoundsDoesNotFillTheMemory() {
    ObjectNode strategy =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "linear")
            .put("duration", 1)
            .put("retry_count", Integer.MAX_VALUE);
    assertThat(ConvoyEndpoints.delays(new SenderEntry(strategy, "GET /"))).hasSize(51);
  }

  @Test
  void aHeaderThatHookferrySetsItselfIsOnlyNoted() {
    assertThat(planned(draft -> draft.header("Content-Type", "text/plain")).state())
        .isEqualTo(State.ENABLED);
    assertThat(noted()).containsExactly("its header Content-Type, whose name is not allowed");
  }
}
