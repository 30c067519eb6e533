package dev.hookferry.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.EndpointListing;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.http.portal.PortalImageJson;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.AuditJson;
import dev.hookferry.http.resource.BlockedKeyJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.resource.EgressJson;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.resource.EndpointProblemJson;
import dev.hookferry.http.resource.EventJson;
import dev.hookferry.http.resource.EventTypeJson;
import dev.hookferry.http.resource.KeyJson;
import dev.hookferry.http.resource.OutboxJson;
import dev.hookferry.http.resource.OwnFaultJson;
import dev.hookferry.http.resource.PortalLinkJson;
import dev.hookferry.http.resource.ReplayJson;
import dev.hookferry.http.resource.RoutingJson;
import dev.hookferry.http.resource.SigningKeyJson;
import dev.hookferry.http.resource.SiteJson;
import dev.hookferry.http.resource.SystemJson;
import dev.hookferry.http.wire.ResponseShape;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A column shows a field that the API returns. */
class ListingColumnsTest {
  private static final Map<String, ResponseShape<?>> SHAPES =
      Map.ofEntries(
          Map.entry("ENDPOINTS", EndpointJson.ENDPOINT),
          Map.entry("CSV_ENDPOINTS", EndpointJson.ENDPOINT),
          Map.entry("FITTED_ENDPOINTS", EndpointJson.ENDPOINT),
          Map.entry("EVENTS", EventJson.EVENT),
          Map.entry("TYPES", EventTypeJson.TYPE),
          Map.entry("ROUTING", RoutingJson.ROUTING),
          Map.entry("FAILING", RoutingJson.SAMPLE),
          Map.entry("DELIVERIES", DeliveryJson.DELIVERY),
          Map.entry("FITTED_DELIVERIES", DeliveryJson.DELIVERY),
          Map.entry("FITTED_WITH_REASONS", DeliveryJson.DELIVERY),
          Map.entry("EVENT_DELIVERIES", DeliveryJson.DELIVERY),
          Map.entry("BLOCKED", BlockedKeyJson.KEY),
          Map.entry("ATTEMPTS", AttemptJson.ATTEMPT),
          Map.entry("FITTED_ATTEMPTS", AttemptJson.ATTEMPT),
          Map.entry("REPLAYS", ReplayJson.JOB),
          Map.entry("SITES", SiteJson.SITE),
          Map.entry("KEYS", KeyJson.KEY),
          Map.entry("SIGNING_KEYS", SigningKeyJson.KEY),
          Map.entry("SESSIONS", PortalLinkJson.SESSION),
          Map.entry("IMAGES", PortalImageJson.IMAGE),
          Map.entry("ENTRIES", AuditJson.ENTRY),
          Map.entry("PROBLEMS", EndpointProblemJson.PROBLEM),
          Map.entry("OUTBOXES", OutboxJson.OUTBOX),
          Map.entry("REJECTED", OutboxJson.ROW),
          Map.entry("FAULTS", OwnFaultJson.FAULT),
          Map.entry("EGRESSES", EgressJson.EGRESS),
          Map.entry("NODES", SystemJson.NODE));

  static Stream<Field> listings() {
    Stream<Class<?>> commands =
        flat(CommandLines.create()).map(line -> line.getCommandSpec().userObject().getClass());
    return Stream.concat(commands, Stream.of(EndpointListing.class))
        .flatMap(holder -> Stream.of(holder.getDeclaredFields()))
        .filter(field -> field.getType() == TableListing.class)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("listings")
  void everyColumnShowsAFieldOfTheApi(Field field) throws IllegalAccessException {
    field.setAccessible(true);
    TableListing listing = (TableListing) field.get(null);
    ResponseShape<?> shape = SHAPES.get(field.getName());
    assertThat(shape).as(field.toString()).isNotNull();

    Set<String> shown = asked(node -> listing.table(List.of(node)));

    assertThat(shown).isNotEmpty();
    if (shown.contains("endpoint") || shown.contains("target")) {
      // The uid of the endpoint is looked up.
      boolean unused = shown.remove("uid");
    }
    assertThat(names(shape)).containsAll(shown);
  }

  @Test
  void everyListingIsFound() {
    assertThat(listings().map(Field::getName)).hasSameElementsAs(SHAPES.keySet());
  }

  @Test
  void theLinesOfAnAttemptShowFieldsOfTheApi() {
    assertThat(names(AttemptJson.ATTEMPT)).containsAll(asked(AttemptLines::details));
  }

  @Test
  void theSystemShowsFieldsOfTheApi() {
    assertThat(names(SystemJson.SYSTEM)).containsAll(asked(SystemCommand::summary));
  }

  /** Returns the names of the fields that something reads from an object. */
  private static Set<String> asked(Consumer<JsonNode> reader) {
    Asked node = new Asked();
    reader.accept(node);
    return node.names;
  }

  private static List<String> names(ResponseShape<?> shape) {
    return shape.cells().stream().map(cell -> cell.field().name()).toList();
  }

  private static Stream<CommandLine> flat(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(ListingColumnsTest::flat));
  }

  /** An object without fields, which remembers those that it is asked for. */
  private static final class Asked extends ObjectNode {
    private static final long serialVersionUID = 1;

    private final Set<String> names = new TreeSet<>();

    Asked() {
      super(JsonNodeFactory.instance);
    }

    @Override
    public JsonNode path(String name) {
      names.add(name);
      return super.path(name);
    }

    @Override
    public JsonNode get(String name) {
      names.add(name);
      return super.get(name);
    }
  }
}
