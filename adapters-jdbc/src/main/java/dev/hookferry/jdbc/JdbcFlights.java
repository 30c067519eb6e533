package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.port.Flights;
import dev.hookferry.port.Owner;

/** Notes trials with the deliveries themselves; who else was being sent, the owner tells. */
final class JdbcFlights implements Flights {
  private final Database database;

  JdbcFlights(Database database) {
    this.database = database;
  }

  @Override
  public int begin(DeliveryId delivery) {
    return -1;
  }

  @Override
  public void end(int note) {}

  @Override
  public boolean tryOut(Owner owner, Delivery delivery, Suspicion trial) {
    return database.change(
        (handle, careful) ->
            handle
                    .createUpdate(
                        """
                        UPDATE hookferry_delivery_queue SET suspicion = :trial
                        WHERE site = :site AND id = :id AND owner = :owner
                        """)
                    .bind("trial", trial.word())
                    .bind("site", delivery.site().value())
                    .bind("id", delivery.id().value())
                    .bind("owner", owner.value())
                    .execute()
                == 1);
  }
}
