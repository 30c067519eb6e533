package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.TimeRange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of replays, with the form for a new one. */
public final class ReplaysPage {
  private static final String PATH = "/replays";

  /** Choice of all ended deliveries, delivered ones included; never the default. */
  static final String ALL = "all";

  /** Choice of events that the chosen endpoint never received. */
  static final String MISSING = "missing";

  /** The default choice: deliveries that were given up, whatever the cause. */
  static final String GIVEN_UP = "given-up";

  /** Statuses to choose from, failed ones first. */
  private static final List<String> STATUSES =
      List.of(GIVEN_UP, "cancelled", "delivered", ALL, MISSING);

  /** Default period of a new replay. */
  private static final TimeRange DEFAULT_RANGE = TimeRange.WEEK;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public ReplaysPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /** The form as typed. */
  public record Typed(
      String range,
      String since,
      String until,
      String endpoint,
      String type,
      String status,
      String rate) {
    /** Returns a copy with the default period, unless one is set. */
    Typed from(String defaultSince) {
      return since.isEmpty() && range.isEmpty()
          ? new Typed(DEFAULT_RANGE.code(), defaultSince, until, endpoint, type, status, rate)
          : this;
    }

    /** Returns a copy with any status and the last hour as defaults for unset choices. */
    Typed recent() {
      boolean isOpen = since.isEmpty() && range.isEmpty();
      return new Typed(
          isOpen ? TimeRange.HOUR.code() : range, since, until, endpoint, type, ALL, rate);
    }

    /** Returns whether the period has a custom start and end. */
    public boolean isCustom() {
      return TimeRange.fromCode(range).isEmpty();
    }

    /** Returns a copy that shows the endpoint's URL instead of its id. */
    Typed at(EndpointList targets) {
      return new Typed(range, since, until, targets.shown(endpoint), type, status, rate);
    }

    /** Returns whether to send events that the endpoint never received. */
    public boolean missing() {
      return status.equals(MISSING);
    }

    static Typed of(FormValues form) {
      return new Typed(
          form.text("range"),
          form.text("since"),
          form.text("until"),
          form.text("endpoint"),
          form.text("type"),
          form.has("status") ? form.text("status") : GIVEN_UP,
          form.has("rate") ? form.text("rate") : "10");
    }
  }

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param outcomes the outcomes of the newest replays, by replay id
   * @param typed the form of a new replay
   * @param isFormFirst whether the user opened the page for the form, which is then shown above the
   *     list
   * @param types event types to choose from
   * @param operational the types of Hookferry's own events that are not in {@code types}
   * @param empty the period in which nothing matches, as a phrase; empty if unknown
   * @param problems the errors in the form
   */
  public record View(
      List<ReplayRow> rows,
      Map<String, ReplayOutcomes> outcomes,
      Typed typed,
      boolean isFormFirst,
      List<String> types,
      List<String> operational,
      String empty,
      List<Problem> problems) {
    /** Returns the message for a field, or an empty string. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }

    /** Returns the statuses to choose from, including the chosen one. */
    public List<String> statuses() {
      boolean isOther =
          DeliveryState.fromCode(typed.status()).filter(DeliveryState::isFinal).isPresent();
      return isOther
          ? Stream.concat(STATUSES.stream(), Stream.of(typed.status())).distinct().toList()
          : STATUSES;
    }

    /** Returns the label of a status to choose from. */
    public static String words(String status) {
      return switch (status) {
        case ALL -> "any status";
        case GIVEN_UP -> StatePill.GIVEN_UP;
        case MISSING -> "never sent to the endpoint";
        default -> DeliveryState.fromCode(status).map(StatePill::words).orElse(status);
      };
    }
  }

  /**
   * Preview of a replay.
   *
   * @param draft id of the reviewed replay, sent back to start it
   * @param typed the form as typed, sent back in case the session ends
   * @param period when the deliveries were created, as a phrase
   * @param form the query of the page with the form as it was typed
   * @param count number of deliveries, as text
   * @param length expected duration
   * @param parts by status, to choose from
   * @param failing endpoints where they will probably fail again
   * @param shares by endpoint, largest first
   * @param samples the newest
   */
  public record Review(
      String draft,
      Typed typed,
      String period,
      String form,
      String count,
      String length,
      List<RetryableDeliveries.Part> parts,
      List<RetryHint> failing,
      List<ReplayCounts.Share> shares,
      List<DeliveryRow> samples) {}

  public ConsoleReply show(Visit visit) {
    FormValues query = visit.query();
    boolean isForEndpoint = query.has("endpoint") && !query.has("status");
    Typed typed = isForEndpoint ? Typed.of(query).recent() : Typed.of(query);
    return list(visit, 200, typed.from(DEFAULT_RANGE.since(visit.now())), List.of(), "");
  }

  /** Shows a preview; nothing is sent yet. */
  public ConsoleReply review(Visit visit) {
    ReplayDraft draft;
    try {
      draft = ReplayDraft.of(visit, visit.form(), webhooks);
    } catch (InvalidException e) {
      return list(visit, 400, Typed.of(visit.form()), e.problems(), "");
    }
    ReplayCounts found = ReplayCounts.of(webhooks.replays(), visit.site(), draft.window());
    if (found.parts().isEmpty()) {
      String period = ReplayRow.period(draft.window());
      return list(visit, 200, Typed.of(visit.form()), List.of(), period);
    }
    Review review = review(visit, draft, found);
    Frame frame = frames.of(visit, Nav.REPLAYS, "Review the replay");
    return TemplateRenderer.page(
        (out, i) -> JteReviewReplayGenerated.render(out, i, frame, review));
  }

  /** Returns the form as it was typed. */
  private static FormValues form(Visit visit) {
    return visit.form().without("csrf").without("draft").without("choice");
  }

  private Review review(Visit visit, ReplayDraft draft, ReplayCounts found) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    Duration length = Duration.ofSeconds((found.count() + draft.rate() - 1) / draft.rate());
    String least = found.more() ? "more than " : "";
    return new Review(
        visit.session().draft(draft),
        Typed.of(visit.form()),
        ReplayRow.period(draft.window()),
        form(visit).query(),
        NumberText.of(found.count(), found.more()),
        least + DisplayTime.length(length),
        found.choices(),
        RetryHint.failing(webhooks, visit.site(), found.endpoints()),
        found.shares(targets),
        found.samples().stream()
            .map(delivery -> DeliveryRow.of(delivery, targets, visit.now()))
            .toList());
  }

  /**
   * Starts the reviewed replay for the ticked statuses. Shows the review again if its session has
   * ended.
   */
  public ConsoleReply begin(Visit visit) {
    if (!visit.form().has("draft") && visit.form().has("since")) {
      return review(visit);
    }
    if (visit.form().has("choice") && !visit.form().has("send")) {
      return visit.refused(visit.path(PATH) + form(visit).query(), "Select at least one status.");
    }
    Optional<ReplayDraft> draft =
        visit.session().takeDraft(visit.form().text("draft"), ReplayDraft.class);
    if (draft.isEmpty() || !draft.get().site().equals(visit.site().value())) {
      return visit.refused(visit.path(PATH), "This review has expired. Please choose again.");
    }
    ReplayWindow window = draft.get().ticked(visit.form());
    ReplayJob job = visit.webhooks().replays().start(visit.site(), window, draft.get().rate());
    return ConsoleReply.seeOther(visit.path(PATH + "/" + job.id()) + ReplayPage.STARTED);
  }

  private static List<String> operational(List<String> types) {
    return Visit.withOperational(types).stream().filter(type -> !types.contains(type)).toList();
  }

  private ConsoleReply list(
      Visit visit, int status, Typed typed, List<Problem> problems, String empty) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<ReplayJob> jobs = webhooks.replays().list(visit.site());
    View view =
        new View(
            jobs.stream().map(job -> ReplayRow.of(job, targets, visit.now())).toList(),
            ReplayOutcomes.ofNewest(jobs, webhooks.deliveries(), visit.now()),
            typed.at(targets),
            visit.query().has("endpoint") || !problems.isEmpty() || !empty.isEmpty(),
            visit.types(),
            operational(visit.types()),
            empty,
            problems);
    Frame frame = frames.of(visit, Nav.REPLAYS, "Replays");
    return TemplateRenderer.page(
        status, (out, i) -> JteReplaysGenerated.render(out, i, frame, view));
  }
}
