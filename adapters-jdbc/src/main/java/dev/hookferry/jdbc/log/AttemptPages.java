package dev.hookferry.jdbc.log;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads pages of attempts, ordered by id. */
final class AttemptPages {
  private static final Comparator<Attempt> NEWEST_FIRST =
      Comparator.comparing((Attempt attempt) -> attempt.id().toString()).reversed();

  private static final Instant LATEST = Instant.ofEpochMilli(1L << 47);

  private final Database database;
  private final RowReader reading;
  private final PageReader lists;

  AttemptPages(Database database, PageReader lists) {
    this.database = database;
    reading = new RowReader(database.dialect());
    this.lists = lists;
  }

  Page<Attempt> page(AttemptQuery query) {
    AttemptId after = Cursors.read(query.page(), AttemptId::parse);
    List<ListPart> parts =
        split(query).stream()
            .map(
                one ->
                    new ListPart(
                        RowReader.ATTEMPT,
                        "hookferry_attempt",
                        query.site(),
                        key(one),
                        indexConditions(one, after),
                        filterConditions(one)))
            .toList();
    if (query.endpoints().only() && query.endpoints().ids().isEmpty()) {
      return new Page<>(List.of(), null);
    }
    List<Attempt> rows =
        lists.read(parts, Cursors.rows(query.page()), reading.attempt(), NEWEST_FIRST);
    return Cursors.page(rows, query.page(), attempt -> attempt.id().toString());
  }

  /**
   * Splits a query for a few endpoints into one per endpoint, since an index lists the attempts of
   * each in order.
   */
  private List<AttemptQuery> split(AttemptQuery query) {
    Set<EndpointId> ids = query.endpoints().ids();
    boolean splits =
        lists.readsOneByOne()
            && query.endpoints().only()
            && ids.size() <= ListPart.MAX_ENDPOINTS
            && query.delivery() == null
            && (query.statusCode() != null || !selectsFailures(query));
    return splits ? ids.stream().map(query::endpoint).toList() : List.of(query);
  }

  /** Returns the last attempt of each of these deliveries. */
  Map<DeliveryId, Attempt> last(SiteId site, Set<DeliveryId> deliveries) {
    if (deliveries.isEmpty()) {
      return Map.of();
    }
    // The site is compared in a way that keeps the planner from using the indexes by site. If a
    // clock went back, ids do not show which attempt was the last.
    String sql =
        """
        SELECT %s FROM (
          SELECT a.*, ROW_NUMBER() OVER (PARTITION BY delivery_id ORDER BY number DESC) AS place
          FROM hookferry_attempt a WHERE delivery_id IN (<deliveries>) AND (site = :site) IS TRUE
        ) placed WHERE place = 1
        """
            .formatted(RowReader.ATTEMPT);
    return database.list(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bindList("deliveries", deliveries.stream().map(DeliveryId::value).toList())
                .map(reading.attempt())
                .stream()
                .collect(Collectors.toMap(Attempt::delivery, attempt -> attempt)));
  }

  private static ListPart.Key key(AttemptQuery query) {
    if (query.delivery() != null) {
      return ListPart.Key.FEW;
    }
    boolean hasEndpointAndCode = query.endpoint() != null && query.statusCode() != null;
    if (selectsFailures(query) && !hasEndpointAndCode) {
      return ListPart.Key.FAILED;
    }
    return query.endpoint() != null ? ListPart.Key.ENDPOINT : ListPart.Key.ID;
  }

  private WhereClause indexConditions(AttemptQuery query, @Nullable AttemptId after) {
    Instant until = query.started().until();
    WhereClause indexed =
        IdBounds.within(query.started(), after == null ? null : after.value())
            .and(
                "delivery_id = :delivery",
                "delivery",
                query.delivery() == null ? null : query.delivery().value())
            .and(
                // Nothing is sent before it is accepted, so this condition prunes partitions.
                "accepted_at < :accepted_until",
                "accepted_until",
                until == null || until.isAfter(LATEST) ? null : until.plus(IdBounds.SLACK));
    indexed.within("started_at", query.started());
    if (key(query) == ListPart.Key.ENDPOINT) {
      indexed.and(endpoints(query));
    }
    if (selectsFailures(query) && key(query) != ListPart.Key.ENDPOINT) {
      // A literal, so that PostgreSQL can use the partial index of failures.
      indexed.and("outcome <> 'delivered'");
    }
    return indexed;
  }

  private WhereClause endpoints(AttemptQuery query) {
    EndpointId only = query.endpoint();
    return only == null
        ? new WhereClause().inScope(query.endpoints(), "endpoints", database.dialect())
        : new WhereClause().and("endpoint_id = :endpoint", "endpoint", only.value());
  }

  private static boolean selectsFailures(AttemptQuery query) {
    Set<OutcomeKind> outcomes = query.outcomes();
    Integer status = query.statusCode();
    return (!outcomes.isEmpty() && !outcomes.contains(OutcomeKind.DELIVERED))
        || (status != null && !SuccessStatuses.canInclude(status));
  }

  private WhereClause filterConditions(AttemptQuery query) {
    WhereClause others = new WhereClause().types(query.types()).outcomes(query.outcomes());
    if (key(query) != ListPart.Key.ENDPOINT) {
      others.and(endpoints(query));
    }
    Integer status = query.statusCode();
    if (status != null && status == 0) {
      others.and("status IS NULL");
    } else {
      others.and("status = :status", "status", status);
    }
    return others;
  }
}
