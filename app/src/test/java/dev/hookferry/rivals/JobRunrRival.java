package dev.hookferry.rivals;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.stream.Stream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr in its open-source edition, with the shortest poll interval that it allows. */
public final class JobRunrRival implements Rival {
  private static final Duration POLL = Duration.ofSeconds(5);

  private final HikariDataSource pool;
  private final Sender sender = new Sender();
  private final BackgroundJobServer server;
  private final JobRequestScheduler scheduler;

  /** Makes its tables. */
  public JobRunrRival(String url, int workers) {
    pool = Pool.of(url, workers);
    var made =
        JobRunr.configure()
            .useStorageProvider(new PostgresStorageProvider(pool))
            .useJobActivator(new Activator(new Handler(sender)))
            .useBackgroundJobServer(
                usingStandardBackgroundJobServerConfiguration()
                    .andWorkerCount(workers)
                    .andPollInterval(POLL),
                false)
            .initialize();
    server = made.getBackgroundJobServer();
    scheduler = made.getJobRequestScheduler();
  }

  @Override
  public void take(Stream<Job> jobs) {
    scheduler.enqueue(jobs.map(Request::new));
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    stop();
    sender.close();
    pool.close();
  }

  /** A job as JobRunr writes it; its JSON needs a class that is filled field by field. */
  public static final class Request implements JobRequest {
    private String url = "";
    private String body = "";

    /** To be filled. */
    public Request() {}

    Request(Job job) {
      url = job.url();
      body = job.body();
    }

    @Override
    public Class<Handler> getJobRequestHandler() {
      return Handler.class;
    }
  }

  /** Does a job. */
  public static final class Handler implements JobRequestHandler<Request> {
    private final Sender sender;

    Handler(Sender sender) {
      this.sender = sender;
    }

    @Override
    public void run(Request request) {
      sender.send(new Job(request.url, request.body));
    }
  }

  /** In the place of a container; a lambda cannot have its type parameter. */
  private record Activator(Handler handler) implements JobActivator {
    @Override
    public <T> T activateJob(Class<T> type) {
      return type.cast(handler);
    }
  }
}
