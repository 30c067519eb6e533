package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

  @Test
  void absentParametersGiveTheFirstPageOfEverything() {
    QueryParameters query = query("");
    assertThat(query.page()).isEqualTo(PageRequest.FIRST);
    assertThat(query.window()).isEqualTo(TimeWindow.ALL);
    assertThat(query.types()).isEqualTo(TypeScope.ALL);
    query.check();
  }

  @Test
  void valuesAreDecodedOnceAndAPlusStaysOne() {
    QueryParameters query =
        query("since=2026-01-01T00:00:00+02:00&until=2026-01-01T00%3A00%3A00Z&cursor=a%2525");
    assertThat(query.window().since()).isEqualTo(Instant.parse("2025-12-31T22:00:00Z"));
    assertThat(query.window().until()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(query.page().cursor()).isEqualTo("a%25");
    query.check();
  }

  /** As most clients write it. */
  @Test
  void aPlusIsASpaceInTexts() {
    QueryParameters query = new QueryParameters("field=Name%3AJohn+Smith%2B1", Set.of("field"));
    assertThat(query.fields()).isEqualTo(Map.of("Name", "John Smith+1"));
    query.check();
  }

  @Test
  void namesAllProblemsTogether() {
    QueryParameters query =
        query("limit=0&since=yesterday&statsu=pending&status=x&endpoint=ep_1&endpoint=ep_2");
    query.page();
    query.window();
    var unused = query.states();
    query.id("endpoint", EndpointId::parse);
    assertThatThrownBy(query::check)
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("statsu: is not a parameter of this call; did you mean status?")
        .hasMessageContaining("endpoint: is given twice")
        .hasMessageContaining("limit: must be a whole number from 1 to 500")
        .hasMessageContaining("since: " + Times.FORM)
        .hasMessageContaining(
            "status: must be pending, held, waiting, blocked, delivered, exhausted, cancelled, poisoned or failed (got x)")
        .hasMessageContaining("endpoint: must be ep_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "501", "-1", "1e2", "1000000000", "99999999999", "", "٣", "0x10"})
  void aLimitOutsideIsRefused(String limit) {
    QueryParameters query = query("limit=" + limit);
    query.page();
    assertThatThrownBy(query::check).hasMessageContaining("limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%c3", "a%ed%a0%80", "%", "%4", "%zz", "%+1", "license%2"})
  void invalidTextIsRefusedUnderItsName(String value) {
    QueryParameters query = query("type=" + value + "&limit=1");
    assertThat(query.types()).isEqualTo(TypeScope.ALL);
    assertThatThrownBy(query::check).hasMessageContaining("type: must be percent-encoded UTF-8");
  }

  @Test
  void rejectsAnUndecodableName() {
    assertThatThrownBy(query("%ff=1")::check).hasMessageContaining("%ff: is not a parameter");
  }

  @Test
  void aPatternStandsForTheTypesThatItMatches() {
    EventTypeFilter license = new EventTypeFilter("license_*");
    assertThat(query("type=license_*").types()).isEqualTo(new TypeScope(Set.of(), Set.of(license)));
    assertThat(query("type=license_*&type=other").types())
        .isEqualTo(new TypeScope(Set.of(new EventType("other")), Set.of(license)));
    QueryParameters all = query("type=*&type=other");
    assertThat(all.types()).isEqualTo(TypeScope.ALL);
    assertThat(all.isImpossible()).isFalse();
    QueryParameters wrong = query("type=a*b*");
    assertThat(wrong.types()).isEqualTo(TypeScope.ALL);
    assertThat(wrong.isImpossible()).isTrue();
  }

  @Test
  void aTypeIsComparedAsItIs() {
    EventType created = new EventType("license_created");
    assertThat(query("type=license_created").types().names()).containsExactly(created);
    assertThat(query("type=license_created&type=license_deleted").types().names())
        .containsExactlyInAnyOrder(created, new EventType("license_deleted"));
    QueryParameters wildcard = query("type=%25");
    assertThat(wildcard.types()).isEqualTo(TypeScope.ALL);
    assertThat(wildcard.isImpossible()).isTrue();
    wildcard.check();
    QueryParameters one = query("type=%25&type=license_created");
    assertThat(one.types().names()).containsExactly(created);
    assertThat(one.isImpossible()).isFalse();
  }

  @Test
  void matchesAnyOfSeveralStatuses() {
    QueryParameters query = query("status=pending&status=held");
    assertThat(query.states()).containsExactlyInAnyOrder(DeliveryState.PENDING, DeliveryState.HELD);
    query.check();
    assertThat(query("").states()).isEmpty();
  }

  @Test
  void failedIsTwoStatuses() {
    QueryParameters query = query("status=failed&status=held");
    assertThat(query.states())
        .containsExactlyInAnyOrder(
            DeliveryState.EXHAUSTED, DeliveryState.POISONED, DeliveryState.HELD);
    query.check();
  }

  @Test
  void aWindowThatEndsBeforeItBeginsIsRefused() {
    QueryParameters query = query("since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z");
    query.window();
    assertThatThrownBy(query::check).hasMessageContaining("until");
  }

  private static QueryParameters query(String raw) {
    return new QueryParameters(
        raw, QueryParameters.names("since", "until", "status", "endpoint", "type"));
  }
}
