package dev.hookferry.http.console.frame;

import dev.hookferry.http.wire.RefusedRequests;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Renders error pages. Thread-safe. */
public final class ErrorPages {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.console");

  private final FrameRenderer frames;
  private final RandomGenerator random;
  private final RefusedRequests refused = new RefusedRequests(System::nanoTime);

  public ErrorPages(FrameRenderer frames, RandomGenerator random) {
    this.frames = frames;
    this.random = random;
  }

  /**
   * Returns the page for a failure.
   *
   * @param visit the visit that failed, or null if nobody is signed in
   */
  public ConsoleReply of(Throwable failure, @Nullable Visit visit) {
    String text = String.valueOf(failure.getMessage());
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return of(wrapped.getCause(), visit);
    }
    if (failure instanceof NotFoundException) {
      return page(visit, new Failure(404, "Not found", sentence(text)));
    }
    if (failure instanceof InvalidException) {
      return page(visit, new Failure(400, "Invalid request", sentence(text)));
    }
    if (failure instanceof ConflictException) {
      return page(visit, new Failure(409, "Not possible now", sentence(text)));
    }
    if (failure instanceof OverloadedException) {
      return page(visit, new Failure(503, "Overloaded", sentence(text)));
    }
    if (failure instanceof QueryTimeoutException) {
      LOG.log(System.Logger.Level.WARNING, "query timed out: page refused" + path(visit), failure);
      return page(visit, new Failure(503, "This took too long", sentence(text)));
    }
    if (failure instanceof StoreException store) {
      refused.failed(visit == null ? "" : visit.request().path(), store);
      return page(
          visit,
          new Failure(503, "The store is not available", "Please try again in a few seconds."));
    }
    String id = "err_" + HexFormat.of().toHexDigits(random.nextLong());
    LOG.log(
        System.Logger.Level.ERROR, "internal error: page failed id=" + id + path(visit), failure);
    return page(visit, new Failure(500, "Internal error", "See the server's log for " + id + "."));
  }

  private static String path(@Nullable Visit visit) {
    return visit == null ? "" : " path=" + visit.request().path();
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  public ConsoleReply forbidden(Visit visit, String text) {
    return page(visit, new Failure(403, "Not permitted", text));
  }

  /** Content of an error page. */
  public record Failure(int status, String title, String text) {}

  private ConsoleReply page(@Nullable Visit visit, Failure failure) {
    if (visit == null) {
      return TemplateRenderer.page(
          failure.status(), (out, i) -> JteBareErrorGenerated.render(out, i, Assets.PATH, failure));
    }
    // A site that this key may not know about must not appear in the frame.
    Visit home = visit.at(Map.of());
    Frame frame = frames.of(home, Nav.NONE, failure.title());
    return TemplateRenderer.page(
        failure.status(), (out, i) -> JteErrorGenerated.render(out, i, frame, failure));
  }
}
