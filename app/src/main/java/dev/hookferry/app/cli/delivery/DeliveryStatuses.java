package dev.hookferry.app.cli.delivery;

import dev.hookferry.http.wire.QueryFields;
import java.util.Iterator;
import java.util.List;

/** The statuses to filter deliveries by, as shell completion candidates. */
public final class DeliveryStatuses implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return List.copyOf(QueryFields.STATUSES.words()).iterator();
  }
}
