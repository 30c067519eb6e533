package dev.hookferry.rivals;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** db-scheduler with what its documentation recommends for a high throughput on PostgreSQL. */
public final class DbSchedulerRival implements Rival {
  /** The optional index for priorities would only slow it down. */
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamptz NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures integer,
        last_heartbeat timestamptz,
        version bigint NOT NULL,
        priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
      CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
      """;

  private static final double MIN_PER_THREAD = 1.0;
  private static final double MAX_PER_THREAD = 4.0;

  private final int workers;
  private final HikariDataSource pool;
  private final Sender sender = new Sender();
  private final OneTimeTask<Job> task;
  private final SchedulerClient client;
  private @Nullable Scheduler scheduler;

  /** Makes its table. */
  public DbSchedulerRival(String url, int workers) throws SQLException {
    this.workers = workers;
    pool = Pool.of(url, workers);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    task =
        Tasks.oneTime("webhook", Job.class)
            .execute((instance, context) -> sender.send(instance.getData()));
    client = SchedulerClient.Builder.create(pool, task).build();
  }

  @Override
  public void take(Stream<Job> jobs) {
    client.scheduleBatch(
        jobs.<TaskInstance<?>>map(job -> task.instance(UUID.randomUUID().toString(), job)),
        Instant.now());
  }

  @Override
  public void start() {
    scheduler =
        Scheduler.create(pool, task)
            .threads(workers)
            .pollUsingLockAndFetch(MIN_PER_THREAD, MAX_PER_THREAD)
            .pollingInterval(Duration.ofSeconds(1))
            .build();
    scheduler.start();
  }

  @Override
  public void stop() {
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  @Override
  public void close() {
    stop();
    sender.close();
    pool.close();
  }
}
