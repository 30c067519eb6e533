package dev.hookferry.http.console.deliveries;

import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.WindowDeliveries;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.ReplayId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page of one replay: its progress, and its report once it has ended. */
public final class ReplayPage {
  /** The page's query for a replay that was just started. */
  static final String STARTED = "?started=yes";

  /** The query that shows a note about a retry of many deliveries, which runs as a replay. */
  static final String RETRIED = "?started=retry";

  /** The query that shows a note about delivered ones being resent. */
  static final String SENT_AGAIN = "?started=again";

  /**
   * Maximum numbers of deliveries that are read to count outcomes: while the replay runs, because
   * open pages reload every second; after it has ended; and on request.
   */
  private static final int MAX_WHILE_RUNNING = 500;

  private static final int MAX_READ = 2_000;

  private static final int MAX_ON_REQUEST = 20_000;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public ReplayPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param heading the title of the page
   * @param outcomes outcomes of the deliveries, or null if unknown
   * @param period the outcomes of all deliveries in its window, in sentences, if its own cannot be
   *     told apart; empty otherwise
   * @param shares the current state of the deliveries in its window, by endpoint
   * @param isSearchable whether its deliveries can be found by a search
   * @param isRequested whether the user asked to count many deliveries
   * @param uncounted the maximum number of deliveries, if there were too many to count outcomes; 0
   *     if they were counted
   * @param endpoint the endpoint of all deliveries; empty if there are several or it was removed
   * @param started the action just taken: yes, retry or again; empty if the replay is not new
   */
  public record View(
      ReplayRow row,
      String heading,
      @Nullable ReplayOutcomes outcomes,
      String period,
      List<WindowDeliveries.Share> shares,
      boolean isSearchable,
      boolean isRequested,
      int uncounted,
      String endpoint,
      String started) {
    /** Returns whether more deliveries can be read to count the outcomes. */
    public boolean isCountable() {
      return uncounted == MAX_READ;
    }

    /**
     * Returns whether the page updates itself. It does not if that would read too many deliveries
     * again.
     */
    public boolean isLive() {
      return !row.isFinal() || !isRequested;
    }

    /** Returns why the outcomes are unknown, as a sentence. */
    public String unknown() {
      if (!isSearchable) {
        return "Not known: it was limited to a value of a field that is no longer a search field.";
      }
      return uncounted == 0
          ? period
          : "Not counted: the period has more than " + NumberText.of(uncounted) + " deliveries.";
    }

    /** Returns whether the user has just started the replay. */
    public boolean isNew() {
      return !started.isEmpty();
    }

    /** Returns the title of the note about its progress. */
    public String title() {
      if (row.isFinal() && outcomes != null && outcomes.isKnown()) {
        return outcomes.title(started.equals("retry"));
      }
      return switch (started) {
        case "retry" -> row.isFinal() ? "Retry finished" : "Retry started";
        case "again" -> row.isFinal() ? "Resent" : "Resending";
        default -> row.isFinal() ? "Replay finished" : "Replay started";
      };
    }

    /** Returns the CSS class of the progress note: good once all were delivered. */
    public String tone() {
      if (!row.isFinal() || outcomes == null || outcomes.open() > 0) {
        return "plain";
      }
      return outcomes.failed() > 0 ? "bad" : outcomes.delivered() > 0 ? "good" : "plain";
    }

    /**
     * Returns the state of the replay, or the state of its deliveries once all have been attempted.
     */
    public StatePill pill() {
      return outcomes == null ? row.pill() : outcomes.pill(row);
    }

    /** Returns whether the replay has a single endpoint and something failed there. */
    public boolean isCheckable() {
      return row.isFinal() && outcomes != null && outcomes.failed() > 0 && !endpoint.isEmpty();
    }

    /** Returns the text of the link to the deliveries in the replay's window. */
    public String link() {
      long sent = outcomes == null ? 0 : outcomes.delivered() + outcomes.failed() + outcomes.open();
      return sent == 0
          ? "Show these deliveries"
          : sent == 1 ? "Show this delivery" : "Show these " + NumberText.of(sent) + " deliveries";
    }

    /** Returns whether the progress note already reports the outcome. */
    public boolean isOutcomeStated() {
      return isNew() && row.isFinal() && outcomes != null;
    }

    /**
     * Returns whether the report explains why the outcomes are unknown. It does not if the progress
     * note does.
     */
    public boolean isReported() {
      return row.hasOutcomes() && outcomes == null && (!isNew() || period.isEmpty());
    }

    /** Returns the text of the progress note; empty if everything was delivered. */
    public String text() {
      if (!row.isFinal()) {
        String how = started.equals("yes") ? "" : ", as a replay";
        return "It runs in the background" + how + ". This page shows the progress.";
      }
      if (outcomes != null && outcomes.isKnown() && outcomes.failed() == 0) {
        // The title says it all.
        return "";
      }
      if (outcomes != null && outcomes.isKnown() && outcomes.delivered() == 0) {
        // The title has the number.
        return outcomes.failures();
      }
      return outcomes == null
          ? (row.progress() + ". " + period).strip()
          : (outcomes.text() + ". " + outcomes.failures()).strip();
    }
  }

  public ConsoleReply show(Visit visit) {
    ReplayJob job = webhooks.replays().get(visit.site(), id(visit));
    EndpointList targets = new EndpointList(webhooks, visit.site());
    ReplayRow row = ReplayRow.of(job, targets, visit.now());
    boolean isRequested =
        visit.query().has("count") && visit.request().header("hookferry-live") == null;
    int most = most(row.isFinal(), isRequested);
    WindowDeliveries window =
        row.hasOutcomes() || !row.isFinal()
            ? WindowDeliveries.read(job, webhooks.deliveries(), most)
            : WindowDeliveries.NONE;
    ReplayOutcomes outcomes = ReplayOutcomes.of(job, window, webhooks.deliveries(), visit.now());
    View view =
        new View(
            row,
            ReplayRow.title(job, targets),
            outcomes,
            outcomes == null && row.hasOutcomes() && !window.more()
                ? PeriodOutcomes.text(job, window, webhooks.deliveries())
                : "",
            row.hasOutcomes() && !window.more() ? window.shares(targets, row.list()) : List.of(),
            window.isSearchable(),
            isRequested,
            window.more() ? most : 0,
            Optional.ofNullable(job.window().endpoint())
                .flatMap(targets::find)
                .map(endpoint -> endpoint.id().toString())
                .orElse(""),
            visit.query().text("started"));
    Frame frame = frames.of(visit, Nav.REPLAYS, "Replay");
    return TemplateRenderer.page((out, i) -> JteReplayGenerated.render(out, i, frame, view));
  }

  /** Returns the maximum number of deliveries that are read from the replay's window. */
  static int most(boolean isFinal, boolean isRequested) {
    if (!isFinal) {
      return MAX_WHILE_RUNNING;
    }
    return isRequested ? MAX_ON_REQUEST : MAX_READ;
  }

  /** Returns how many deliveries a new replay would send; empty while its form is incomplete. */
  public ConsoleReply count(Visit visit) {
    String text;
    try {
      text = ReplayDraft.of(visit, visit.query(), webhooks).count(webhooks);
    } catch (InvalidException e) {
      text = "";
    }
    return ConsoleReply.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public ConsoleReply pause(Visit visit) {
    return changed(
        visit, jobs -> jobs.pause(visit.site(), id(visit)), "The replay was paused.", "");
  }

  public ConsoleReply resume(Visit visit) {
    return changed(
        visit, jobs -> jobs.resume(visit.site(), id(visit)), "The replay was resumed.", "");
  }

  public ConsoleReply cancel(Visit visit) {
    return changed(
        visit,
        jobs -> jobs.cancel(visit.site(), id(visit)),
        "The replay was cancelled.",
        "Deliveries already sent are not recalled.");
  }

  private ConsoleReply changed(
      Visit visit, Function<Replays, ReplayJob> change, String title, String text) {
    String page = visit.path("/replays/" + id(visit));
    try {
      var unused = change.apply(visit.webhooks().replays());
      return visit.done(page, title, text);
    } catch (ConflictException e) {
      return visit.refused(page, e.getMessage());
    }
  }

  private static ReplayId id(Visit visit) {
    return visit.id("id", "replay", ReplayId::parse);
  }
}
