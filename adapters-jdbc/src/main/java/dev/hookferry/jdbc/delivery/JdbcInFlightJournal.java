package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;

/**
 * Records trials in the rows of the deliveries. Other in-flight deliveries need no note, since
 * their rows name the owner.
 */
public final class JdbcInFlightJournal implements InFlightJournal {
  private final Database database;

  public JdbcInFlightJournal(Database database) {
    this.database = database;
  }

  @Override
  public int begin(DeliveryId delivery) {
    return -1;
  }

  @Override
  public void end(int note) {}

  @Override
  public boolean beginTrial(Owner owner, Delivery delivery, CrashSuspicion trial) {
    return database.change(
        (handle, withAllChecks) ->
            handle
                    .createUpdate(
                        """
                        UPDATE hookferry_delivery_queue SET suspicion = :trial
                        WHERE site = :site AND id = :id AND owner = :owner
                        """)
                    .bind("trial", trial.code())
                    .bind("site", delivery.site().value())
                    .bind("id", delivery.id().value())
                    .bind("owner", owner.value())
                    .execute()
                == 1);
  }
}
