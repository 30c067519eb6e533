package dev.hookferry.jdbc.log;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The conditions of a query with their values, joined by AND. Not thread-safe. */
public final class WhereClause {
  /**
   * Number from which on ids are passed as constants: PostgreSQL builds a hash table of constants,
   * but compares each row with parameters one after another once it caches the plan.
   */
  private static final int MANY_IDS = 50;

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<?>> lists = new HashMap<>();

  /** Adds a condition with one parameter; no effect if the value is null. */
  public WhereClause and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  /** Adds a condition without a parameter. */
  WhereClause and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Adds the conditions of another clause. */
  WhereClause and(WhereClause other) {
    conditions.addAll(other.conditions);
    values.putAll(other.values);
    lists.putAll(other.lists);
    return this;
  }

  /** Adds an OR of a condition and another clause, which must not be empty. */
  WhereClause either(String condition, WhereClause other) {
    conditions.add("(" + condition + " OR " + other.sql() + ")");
    values.putAll(other.values);
    lists.putAll(other.lists);
    return this;
  }

  /**
   * Adds that a row exists; no effect if the clause is empty.
   *
   * @param rows a query whose last part is a condition
   * @param other additional conditions on such a row
   */
  WhereClause exists(String rows, WhereClause other) {
    if (!other.isEmpty()) {
      conditions.add("EXISTS (" + rows + " AND " + other.sql() + ")");
      values.putAll(other.values);
      lists.putAll(other.lists);
    }
    return this;
  }

  /** Adds a condition that a column is in the list, or is not if {@code only} is false. */
  WhereClause inList(String column, boolean only, String name, List<?> list) {
    if (!list.isEmpty()) {
      conditions.add(column + (only ? " IN (<" : " NOT IN (<") + name + ">)");
      lists.put(name, list);
    } else if (only) {
      conditions.add("1 = 0");
    }
    return this;
  }

  /** Adds a condition that an endpoint belongs to a scope. */
  WhereClause inScope(EndpointScope scope, String name, Dialect dialect) {
    List<UUID> ids = scope.ids().stream().map(EndpointId::value).toList();
    if (ids.size() < MANY_IDS) {
      return inList("endpoint_id", scope.only(), name, ids);
    }
    String all = ids.stream().map(dialect::literal).collect(Collectors.joining(","));
    return and("endpoint_id" + (scope.only() ? " IN (" : " NOT IN (") + all + ")");
  }

  /** Adds a condition that the event type is one of these; no effect if these are all types. */
  WhereClause types(TypeScope types) {
    if (types.patterns().isEmpty()) {
      return types.isAll() ? this : inList("type", true, "types", names(types.names()));
    }
    List<String> any = new ArrayList<>();
    if (!types.names().isEmpty()) {
      any.add("type IN (<types>)");
      lists.put("types", names(types.names()));
    }
    types.patterns().stream()
        .map(EventTypeFilter::pattern)
        .sorted()
        .forEach(pattern -> any.add(matches(pattern, "prefix" + any.size())));
    return and("(" + String.join(" OR ", any) + ")");
  }

  /**
   * Returns the condition for a pattern, which matches no operational event; see {@link
   * EventTypeFilter}.
   */
  private String matches(String pattern, String name) {
    String prefix = pattern.substring(0, pattern.length() - 1);
    values.put(name, prefix);
    String begins = "LEFT(type, " + prefix.length() + ") = :" + name;
    List<String> operational =
        OperationalEvents.ALL.stream()
            .map(EventType::name)
            .filter(type -> type.startsWith(prefix))
            .toList();
    if (operational.isEmpty()) {
      return begins;
    }
    lists.put(name + "Not", operational);
    return "(" + begins + " AND type NOT IN (<" + name + "Not>))";
  }

  /** Adds a condition that the outcome is one of these; no effect if there are none. */
  WhereClause outcomes(Set<OutcomeKind> outcomes) {
    if (outcomes.equals(OutcomeKind.failures())) {
      return and("outcome <> 'delivered'");
    }
    return outcomes.isEmpty()
        ? this
        : inList(
            "outcome",
            true,
            "outcomes",
            outcomes.stream().map(OutcomeKind::code).sorted().toList());
  }

  private static List<String> names(Set<EventType> types) {
    return types.stream().map(EventType::name).sorted().toList();
  }

  WhereClause typesOf(DeliveryQuery query) {
    WhereClause these = types(query.types());
    // The usual condition is a constant, so that all queries share its plan.
    return query.excludedTypes().equals(Set.of(EventType.TEST))
        ? these.and("type <> '" + EventType.TEST.name() + "'")
        : these.inList("type", false, "excludedTypes", names(query.excludedTypes()));
  }

  WhereClause within(String column, TimeWindow window) {
    return and(column + " >= :since", "since", window.since())
        .and(column + " < :until", "until", window.until());
  }

  /** Returns the number of conditions. */
  int size() {
    return conditions.size();
  }

  boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** Returns the SQL of all conditions; there must be at least one. */
  String sql() {
    return String.join(" AND ", conditions);
  }

  public Query bindTo(Query query) {
    values.forEach(query::bind);
    lists.forEach(query::bindList);
    return query;
  }
}
