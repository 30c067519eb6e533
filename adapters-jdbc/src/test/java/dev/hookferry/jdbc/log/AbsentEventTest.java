package dev.hookferry.jdbc.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.query.DeliveryQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether an event exists is not told by the number of lists that are read for it. */
class AbsentEventTest {
  @TempDir private Path folder;

  /** Notes the size of each list that is read, in parts. */
  private record Noting(PageReader reader, List<Integer> sizes) implements PageReader {
    @Override
    public <T> List<T> read(
        List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order) {
      sizes.add(parts.size());
      return reader.read(parts, rows, mapper, order);
    }
  }

  @Test
  void itIsLookedForLikeOneThatOtherEndpointsGot() {
    H2File file = new H2File(folder);
    try (TestNode node = new TestNode(file.url());
        Database database = file.connectAsStore()) {
      EndpointId mine = node.samples.endpoint();
      Delivery theirs = node.owned(node.samples.endpoint());
      Delivery own = node.owned(mine);
      Noting noting = new Noting(PageReader.of(database), new ArrayList<>());
      JdbcLog log = new JdbcLog(database, SqlRetention.of(database), noting, EventPages.NEWEST);
      DeliveryQuery scoped = DeliveryQuery.ofSite(Samples.SITE).endpoint(mine);

      assertThat(log.deliveries(scoped.event(own.event())).data()).containsExactly(own);
      assertThat(log.deliveries(scoped.event(theirs.event())).data()).isEmpty();
      assertThat(log.deliveries(scoped.event(new EventId("none"))).data()).isEmpty();
      assertThat(noting.sizes()).containsExactly(2, 2, 2);
    }
  }
}
