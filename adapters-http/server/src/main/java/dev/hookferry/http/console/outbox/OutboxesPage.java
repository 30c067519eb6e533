package dev.hookferry.http.console.outbox;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The list of outboxes that this node relays, and actions on their rejected rows. */
public final class OutboxesPage {
  private static final String PATH = "/outboxes";

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public OutboxesPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * The rejected rows of an outbox.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param fault why the rows cannot be shown, or empty
   */
  public record View(
      OutboxSummary outbox, List<RejectedView> rows, @Nullable String next, String fault) {}

  /**
   * Rows to discard, for confirmation.
   *
   * @param rows which rows to discard; "all" ends at the newest row, so that later ones stay
   * @param what their number as text
   */
  public record Question(String outbox, RowSelection rows, String what) {
    /** Returns the ids of the chosen rows in ascending order; none for all. */
    public Set<Long> ids() {
      return new TreeSet<>(rows.ids());
    }
  }

  public ConsoleReply list(Visit visit) {
    List<OutboxSummary> rows =
        webhooks.outboxes().list().stream()
            .map(status -> OutboxSummary.of(status, visit.now()))
            .toList();
    Frame frame = frames.of(visit, Nav.OUTBOXES, "Outboxes");
    return TemplateRenderer.page((out, i) -> JteOutboxesGenerated.render(out, i, frame, rows));
  }

  /** Shows an outbox with its rejected rows. */
  public ConsoleReply show(Visit visit) {
    OutboxSummary outbox = outbox(visit);
    Page<RejectedRow> page = new Page<>(List.of(), null);
    String fault = "";
    try {
      page = webhooks.outboxes().rejected(outbox.name(), ListFilters.page(visit.query()));
    } catch (OverloadedException e) {
      fault = String.valueOf(e.getMessage());
    }
    View view =
        new View(
            outbox,
            page.data().stream().map(row -> RejectedView.of(row, visit.now())).toList(),
            page.next() == null ? null : visit.query().queryWith("cursor", page.next()),
            fault);
    Frame frame = frames.of(visit, Nav.OUTBOXES, "Outbox " + outbox.name());
    return TemplateRenderer.page((out, i) -> JteOutboxGenerated.render(out, i, frame, view));
  }

  /** Moves the selected rows, or all, back into the outbox. */
  public ConsoleReply retry(Visit visit) {
    String name = outbox(visit).name();
    return changed(
        visit,
        name,
        rows -> visit.webhooks().outboxes().retry(name, rows),
        " moved back into the outbox.",
        "A row that is rejected again comes back to this list.");
  }

  /** Asks for confirmation before rows are discarded. */
  public ConsoleReply confirmDiscard(Visit visit) {
    OutboxSummary outbox = outbox(visit);
    RowSelection rows;
    try {
      rows = selection(visit.form());
      if (rows.all()) {
        rows = RowSelection.allUpTo(newest(outbox.name()));
      }
    } catch (InvalidException e) {
      return visit.refused(path(outbox.name()), "Select 1 to 500 rows, or discard all.");
    } catch (OverloadedException e) {
      return visit.refused(path(outbox.name()), e.getMessage());
    }
    Frame frame = frames.of(visit, Nav.OUTBOXES, "Discard rejected rows");
    Question question = new Question(outbox.name(), rows, named(rows, outbox));
    return TemplateRenderer.page(
        (out, i) -> JteDiscardRowsGenerated.render(out, i, frame, question));
  }

  private long newest(String outbox) {
    return webhooks.outboxes().rejected(outbox, PageRequest.of(1)).data().stream()
        .mapToLong(RejectedRow::id)
        .findFirst()
        .orElse(0);
  }

  private static String named(RowSelection rows, OutboxSummary outbox) {
    if (rows.all()) {
      return "all rejected rows (" + outbox.rejected() + ")";
    }
    int count = rows.ids().size();
    return count + (count == 1 ? " rejected row" : " rejected rows");
  }

  /** Deletes the confirmed rows. */
  public ConsoleReply discard(Visit visit) {
    String name = outbox(visit).name();
    return changed(
        visit,
        name,
        rows -> visit.webhooks().outboxes().discard(name, rows),
        " deleted.",
        "Their events will not be sent.");
  }

  private ConsoleReply changed(
      Visit visit, String outbox, ToIntFunction<RowSelection> change, String done, String text) {
    try {
      int count = change.applyAsInt(selection(visit.form()));
      String rows = NumberText.counted(count, "row") + (count == 1 ? " is" : " are");
      return visit.done(path(outbox), rows + done, text);
    } catch (InvalidException e) {
      return visit.refused(path(outbox), "Select 1 to 500 rows, or choose all.");
    } catch (ConflictException | OverloadedException e) {
      return visit.refused(path(outbox), e.getMessage());
    }
  }

  private OutboxSummary outbox(Visit visit) {
    String name = String.valueOf(visit.named().get("outbox"));
    return webhooks.outboxes().list().stream()
        .filter(status -> status.name().equals(name))
        .map(status -> OutboxSummary.of(status, visit.now()))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("outbox", name));
  }

  private static RowSelection selection(FormValues form) {
    if (form.has("all")) {
      return form.has("newest")
          ? RowSelection.allUpTo(rowId(form.text("newest")))
          : RowSelection.ALL;
    }
    Set<Long> ids = new TreeSet<>();
    form.texts("id").forEach(text -> ids.add(rowId(text)));
    return RowSelection.of(ids);
  }

  private static long rowId(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw InvalidException.of("id", "must be the id of a rejected row");
    }
  }

  private static String path(String outbox) {
    return PATH + "/" + outbox;
  }
}
