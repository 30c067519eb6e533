package org.example.store;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The events, deliveries and attempts of a ledger. */
final class LedgerLog implements AttemptLog {
  private final Ledger ledger;

  LedgerLog(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    return ledger.read(
        tables -> Pages.page(tables.attempts(), "att_[0-9a-z]{26}", query.page(), query::matches));
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    return ledger.read(
        tables ->
            Pages.page(
                    tables.deliveries().all(),
                    "dlv_[0-9a-z]{26}",
                    query.page(),
                    row -> isMatch(tables, query, row.delivery()))
                .map(DeliveryIndex.Row::delivery));
  }

  private static boolean isMatch(LedgerTables tables, DeliveryQuery query, Delivery delivery) {
    return query.matches(delivery)
        && (query.fields().isEmpty()
            || tables
                .event(delivery.site(), delivery.event())
                .filter(row -> query.matchesFields(row.event()))
                .isPresent());
  }

  @Override
  public Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max) {
    return ledger.read(
        tables ->
            orderingKeys.stream()
                .collect(
                    Collectors.toMap(
                        key -> key,
                        key -> Math.min(max, tables.deliveries().waiting(endpoint, key)))));
  }

  @Override
  public Page<Event> events(EventQuery query) {
    return ledger.read(
        tables ->
            Pages.page(
                    tables.events(),
                    "[0-9a-f]{16}-[0-9a-f]{16}",
                    query.page(),
                    row -> query.matches(row.event()),
                    row -> row.event().size())
                .map(EventRow::event));
  }

  @Override
  public Optional<Event> event(SiteId site, EventId id) {
    return ledger.read(tables -> tables.event(site, id).map(EventRow::event));
  }

  @Override
  public Optional<Event> eventByKey(SiteId site, String idempotencyKey) {
    return ledger.read(tables -> tables.eventByKey(site, idempotencyKey).map(EventRow::event));
  }

  @Override
  public Optional<Delivery> delivery(SiteId site, DeliveryId id) {
    return ledger.read(
        tables -> tables.deliveries().find(site, id).map(DeliveryIndex.Row::delivery));
  }

  @Override
  public long purge(Instant acceptedBefore) {
    return ledger.change(
        change -> {
          LedgerTables tables = change.tables();
          List<Fact.EventName> purged =
              tables.events().values().stream()
                  .filter(row -> row.event().acceptedAt().isBefore(acceptedBefore))
                  .filter(row -> !hasPending(tables, row))
                  .map(row -> new Fact.EventName(row.event().site(), row.event().id()))
                  .toList();
          if (!purged.isEmpty()) {
            change.add(new Fact.EventsPurged(purged));
          }
          return (long) purged.size();
        });
  }

  private static boolean hasPending(LedgerTables tables, EventRow row) {
    return row.deliveries().stream()
        .flatMap(id -> tables.deliveries().find(row.event().site(), id).stream())
        .anyMatch(DeliveryIndex.Row::isPending);
  }
}
