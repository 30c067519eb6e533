package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.delivery.ClaimQuery;
import dev.hookferry.jdbc.delivery.DeliveryQueue.Room;
import dev.hookferry.jdbc.delivery.PlainQueue;
import dev.hookferry.jdbc.delivery.PostgresQueue;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.MariaDbDialect;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.jdbc.log.ListPart;
import dev.hookferry.jdbc.log.PostgresPageReader;
import dev.hookferry.jdbc.log.WhereClause;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

/** The statements of a claim walk along the index and look at nothing else. */
final class PlanTest {
  private static final String INDEX = "hookferry_delivery_queue_due";
  private static final int COUNT = 5_000;

  @Test
  void followsTheIndexInPostgres() {
    try (TestDatabase database = new Postgres();
        TestNode node = new TestNode(database.url())) {
      List<EndpointId> endpoints = fill(node);
      PostgresDialect dialect = new PostgresDialect();
      try (Database looking = database.connectAsStore()) {
        String firsts =
            looking.query(h -> plan(firsts(dialect, explain(h, ClaimQuery.FIRSTS), endpoints)));
        List<Room> rooms = endpoints.stream().map(e -> new Room(e, 10)).toList();
        String due =
            looking.query(
                h ->
                    plan(
                        new PostgresQueue(dialect)
                            .due(
                                explain(h, PostgresQueue.LOCK_DUE),
                                rooms,
                                TestNode.FAR_AHEAD,
                                50)));

        String all = new PostgresQueue(dialect).endpoints();
        String skips = looking.query(h -> plan(explain(h, all)));
        String found = looking.query(h -> plan(explain(h, new PostgresQueue(dialect).firsts())));

        assertThat(skips).contains(INDEX).doesNotContain("Seq Scan on hookferry", "Sort");
        assertThat(found).contains(INDEX).doesNotContain("Seq Scan on hookferry", "Sort");
        assertThat(firsts).contains(INDEX).doesNotContain("Seq Scan", "Sort");
        assertThat(due).contains(INDEX).doesNotContain("Seq Scan", "Sort");
      }
    }
  }

  /** Whatever it thinks of the filter: there are no statistics yet. */
  @Test
  void walksOrPicksAListInPostgres() {
    try (TestDatabase database = new Postgres();
        TestNode node = new TestNode(database.url())) {
      fill(node);
      WhereClause type = new WhereClause().and("type = :type", "type", "no.such.type");
      ListPart part =
          new ListPart(
              "id",
              "hookferry_event",
              Samples.SITE,
              ListPart.Key.ACCEPTED,
              new WhereClause(),
              type);
      try (Database looking = database.connectAsStore()) {
        String walk =
            looking.query(h -> list(part, explain(h, PostgresPageReader.walking(part, COUNT))));
        String pick =
            looking.query(
                h -> {
                  h.begin().execute(PostgresPageReader.TO_PICK);
                  String plan = list(part, explain(h, PostgresPageReader.picking(part)));
                  h.rollback();
                  return plan;
                });

        assertThat(walk).contains("Backward").doesNotContain("Seq Scan", "Sort  (");
        assertThat(pick).contains("Bitmap Index Scan on", "_type_idx").doesNotContain("Seq Scan");
      }
    }
  }

  private static String list(ListPart part, Query query) {
    return plan(part.where().bindTo(query).bind("rows", 51));
  }

  @Test
  void followsTheIndexInMariaDb() {
    try (TestDatabase database = new MariaDb();
        TestNode node = new TestNode(database.url())) {
      List<EndpointId> endpoints = fill(node);
      MariaDbDialect dialect = new MariaDbDialect();
      try (Database looking = database.connectAsStore()) {
        String firsts =
            looking.query(h -> plan(firsts(dialect, explain(h, ClaimQuery.FIRSTS), endpoints)));
        Room room = new Room(endpoints.get(0), 10);
        String due =
            looking.query(
                h ->
                    plan(
                        PlainQueue.due(explain(h, PlainQueue.LOCK_DUE), room, TestNode.FAR_AHEAD)));

        String all = new PlainQueue(dialect).endpoints();
        looking.query(h -> plan(h.createQuery("ANALYZE TABLE hookferry_delivery_queue")));
        String skips = looking.query(h -> plan(explain(h, all)));
        String found = looking.query(h -> plan(explain(h, new PlainQueue(dialect).firsts())));

        assertThat(skips).contains("Using index for group-by");
        assertThat(found).contains("Using index for group-by").doesNotContain("filesort");
        assertThat(firsts).contains(INDEX).doesNotContain("filesort");
        assertThat(due).contains(INDEX).doesNotContain("filesort");
      }
    }
  }

  private static List<EndpointId> fill(TestNode node) {
    Samples samples = node.samples;
    List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(20).toList();
    List<PublishEntry> publications =
        IntStream.range(0, COUNT)
            .mapToObj(
                i -> {
                  Event event = samples.event();
                  PublishEntry.Queued queued =
                      new PublishEntry.Queued(
                          samples.delivery(event, samples.oneOf(endpoints)), false);
                  return PublishEntry.of(event, List.of(queued));
                })
            .toList();
    node.commit(new Batch(publications, List.of(), List.of(), List.of()));
    return endpoints;
  }

  private static Query explain(Handle handle, String sql) {
    return handle.createQuery("EXPLAIN " + sql);
  }

  private static Query firsts(Dialect dialect, Query query, List<EndpointId> endpoints) {
    ColumnRows keys = ColumnRows.of(ColumnRows.uuid("endpoint_id"));
    endpoints.forEach(endpoint -> keys.add(endpoint.value()));
    return dialect.with(query, "keys", keys);
  }

  private static String plan(Query query) {
    return query.mapToMap().list().stream().map(Map::toString).toList().toString();
  }
}
